import { diffPasses } from '../../cards/diff/diff-passes.js'
import { type HolderChange, holderChanges } from '../../cards/diff/holder-changes.js'
import type { PassChange } from '../../cards/diff/pass-change.js'
import { type SilentChange, silentChanges } from '../../cards/diff/silent-changes.js'
import { type UpdateObstacle, updateObstacles } from '../../cards/diff/update-obstacles.js'
import { mostLanguages, passLanguages } from '../../cards/view/languages.js'
import { viewPass } from '../../cards/view/view-pass.js'
import { AppError } from '../../kit/errors/index.js'
import { visibleText } from '../../kit/visible-text.js'
import type { PassSigner } from '../../signing/verify/verify-signature.js'
import type { Verdict } from '../../verifying/types.js'
import type { Launch } from '../launch.js'
import { localeOf } from './describe-pass.js'
import { type PassWorld, type ReadPass, readPasses } from './read-passes.js'
import { pictureFile } from './show-pass.js'

export interface PassDiffRequest extends PassWorld {
  /** Files, folders, addresses; one of them may be `-`. */
  readonly before: string
  readonly after: string
  /** PNG file for the two fronts. */
  readonly picture?: string | undefined
  /** Only this language is told, and the picture is in it. */
  readonly locale?: string | undefined
  openLaunch(): Promise<Launch>
}

export interface ComparedFile {
  readonly title: string
  readonly verdict: Verdict
  readonly sentence: string
  readonly signer: PassSigner | null
}

/** What `pass diff --json` prints. */
export interface PassDiff {
  /** True when a phone shows and does the same with both; the signatures may differ. */
  readonly same: boolean
  /** The same to a phone, though the files differ: in white space, comments or the order of keys. */
  readonly differsInLayoutOnly: boolean
  readonly before: ComparedFile
  readonly after: ComparedFile
  readonly changes: readonly PassChange[]
  /** What the holder notices, by language: on the front, on the back, on the lock screen. */
  readonly holder: readonly HolderChange[]
  /** Changed fields of which the lock screen says nothing. */
  readonly silent: readonly SilentChange[]
  /** What keeps the second pass from taking the place of the first. */
  readonly obstacles: readonly UpdateObstacle[]
  readonly notes: readonly string[]
  readonly picture: string | null
}

/** The manifest and the signature follow from the rest; pass.json is compared by its content. */
const NOT_COMPARED = new Set(['pass.json', 'manifest.json', 'signature'])

/**
 * What somebody who has the first pass would see change when the second comes.
 *
 * @throws AppError PASS_NOT_FOUND, PASS_DOWNLOAD, PASS_UNREADABLE, USAGE, OUTPUT_UNWRITABLE
 */
export async function diffPassFiles(request: PassDiffRequest): Promise<PassDiff> {
  const { before: old, after: now, environment } = request
  if (old === '-' && now === '-') throw new AppError('USAGE', 'Only one of the two passes can come by the pipe.')
  const picture = await pictureFile({ ...request, name: old })
  if (picture !== undefined) await pictureFile({ ...request, name: now })
  const notes: string[] = []
  const before = await oneOf(old, request, notes)
  const after = await oneOf(now, request, notes)
  const changes = diffPasses(compared(before), compared(after))
  const time = environment.now().getTime()
  const view = ({ json, files }: ReadablePass, locale: string) =>
    viewPass({ passJson: json, files }, { locale, now: time })
  const locales = localesOf(request, before, after, notes)
  const [first = 'en'] = locales
  if (picture !== undefined) await writeFronts(picture, [before, after], { locale: first, now: time })
  const same = changes.length === 0
  const [was, is] = [before.files.get('pass.json'), after.files.get('pass.json')]
  return {
    same,
    differsInLayoutOnly: same && was !== undefined && is !== undefined && Buffer.compare(was, is) !== 0,
    before: told(before),
    after: told(after),
    changes,
    holder: locales.flatMap((locale) => holderChanges(view(before, locale), view(after, locale), new Set())),
    silent: silentChanges(view(before, first), view(after, first)),
    obstacles: updateObstacles(
      { json: before.json, signedAt: before.report.signer?.signedAt },
      { json: after.json, signedAt: after.report.signer?.signedAt },
    ),
    notes,
    picture: picture ?? null,
  }
}

type ReadablePass = ReadPass & { readonly json: Readonly<Record<string, unknown>> }

async function oneOf(name: string, world: PassWorld, notes: string[]): Promise<ReadablePass> {
  const { passes } = await readPasses(name, world)
  const [{ json, ...pass }] = passes
  const shown = visibleText(pass.file)
  if (json === undefined) {
    const [reason] = pass.report.findings
    throw new AppError('PASS_UNREADABLE', `The pass.json of ${shown} cannot be read. ${reason?.message ?? ''}`.trim(), {
      details: { path: name },
    })
  }
  if (passes.length > 1) notes.push(`${visibleText(name)} holds ${passes.length} passes; ${shown} was compared.`)
  return { ...pass, json }
}

function compared({ json, files }: ReadablePass) {
  return { passJson: json, files: new Map([...files].filter(([name]) => !NOT_COMPARED.has(name))) }
}

function told({ file, report }: ReadPass): ComparedFile {
  return { title: file, verdict: report.verdict, sentence: report.sentence, signer: report.signer ?? null }
}

function localesOf({ locale }: PassDiffRequest, before: ReadPass, after: ReadPass, notes: string[]): readonly string[] {
  if (locale !== undefined) return [localeOf(after.file, after.files, locale)]
  const languages = [...new Set([before, after].flatMap(({ files }) => passLanguages(files)))].sort()
  if (languages.length === 0) return ['en']
  const most = mostLanguages(Math.max(...[before, after].map(({ files }) => files.get('pass.json')?.length ?? 0)))
  if (languages.length > most)
    notes.push(`Of ${languages.length} languages the first ${most} were compared; --locale names another one.`)
  return languages.slice(0, most)
}

async function writeFronts(
  path: string,
  passes: readonly ReadablePass[],
  options: { readonly locale: string; readonly now: number },
): Promise<void> {
  const [{ drawFronts }, { writeWholeFile }] = await Promise.all([
    import('./draw-fronts.js'),
    import('../../jobs/whole-file.js'),
  ])
  const fronts = passes.map(({ file, json, files }) => ({ title: file, bundle: { passJson: json, files } }))
  await writeWholeFile(path, await drawFronts(fronts, options))
}
