import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { diffPasses } from '../cards/diff/diff-passes.js'
import { type HolderChange, holderChanges } from '../cards/diff/holder-changes.js'
import type { PassChange } from '../cards/diff/pass-change.js'
import { withoutCardData } from '../cards/diff/without-card-data.js'
import { passLanguages } from '../cards/view/languages.js'
import { viewPass } from '../cards/view/view-pass.js'
import { AppError } from '../kit/errors/index.js'
import { type ComparedSide, comparedSides } from './compared-design.js'
import { launchParts } from './issuing.js'
import type { Launch } from './launch.js'
import { assertSafeOutputs } from './safe-outputs.js'

export interface DiffRequest {
  /** Relative paths are relative to it. */
  readonly cwd: string
  readonly before: string
  /** When undefined, `before` is a design, and its published version is compared with the folder as edited. */
  readonly after?: string | undefined
  /** PNG file for the two fronts. */
  readonly picture?: string | undefined
  /** Language of the picture, and the only one whose texts are told; that of the launch and all others when undefined. */
  readonly locale?: string | undefined
}

export interface DesignDiff {
  readonly same: boolean
  /** The same to a phone, though the files differ: in white space, comments or the order of keys. */
  readonly differsInLayoutOnly: boolean
  readonly before: { readonly title: string; readonly path: string }
  readonly after: { readonly title: string; readonly path: string }
  readonly changes: readonly PassChange[]
  /** What holders notice, by language. */
  readonly holder: readonly HolderChange[]
  readonly picture: string | null
}

/**
 * What changed between two designs, versions of a design, or passes.
 *
 * @throws AppError DESIGN_VERSION, DESIGN_NOT_FOUND, DESIGN_INVALID, PASS_UNREADABLE, OUTPUT_UNWRITABLE
 */
export async function diffDesigns(launch: Launch, request: DiffRequest): Promise<DesignDiff> {
  const picture = request.picture === undefined ? undefined : resolve(request.cwd, request.picture)
  assertSafeOutputs(launch, [picture])
  const [before, after] = await comparedSides(launch, { ...request, after: request.after })
  const { changes, holder } = sideDifferences(launch, [before, after], request.locale)
  if (picture !== undefined) await writePicture(launch, { before, after, picture, locale: request.locale })
  const same = changes.length === 0
  const hashes = [before.design?.hash, after.design?.hash]
  return {
    same,
    differsInLayoutOnly: same && hashes[0] !== undefined && hashes[1] !== undefined && hashes[0] !== hashes[1],
    before: { title: before.title, path: before.path },
    after: { title: after.title, path: after.path },
    changes,
    holder,
    picture: picture ?? null,
  }
}

/**
 * What differs between two sides, and what holders notice of it.
 *
 * @param locale - the only language whose texts are told; all that the sides have when undefined.
 */
export function sideDifferences(
  launch: Launch,
  [before, after]: readonly [ComparedSide, ComparedSide],
  locale?: string | undefined,
): Pick<DesignDiff, 'changes' | 'holder'> {
  const fed = fedKeys(before, after)
  const all = diffPasses(before.pass, after.pass)
  const designAndCard = (before.design === undefined) !== (after.design === undefined)
  return {
    changes: designAndCard ? withoutCardData(all, fed) : all,
    holder: languagesOf(launch, locale, before, after).flatMap((language) =>
      holderChanges(view(launch, before, language), view(launch, after, language), fed),
    ),
  }
}

function fedKeys(...sides: readonly ComparedSide[]): ReadonlySet<string> {
  return new Set(sides.flatMap(({ design }) => design?.fields.map(({ key }) => key) ?? []))
}

function languagesOf(launch: Launch, locale: string | undefined, ...sides: readonly ComparedSide[]): readonly string[] {
  if (locale !== undefined) return [locale]
  const languages = [...new Set(sides.flatMap(({ pass }) => passLanguages(pass.files)))].sort()
  return languages.length > 0 ? languages : [launch.config.locale]
}

function view(launch: Launch, { pass }: ComparedSide, locale: string) {
  return viewPass(pass, { locale, now: launch.now().getTime() })
}

interface PictureRequest {
  readonly before: ComparedSide
  readonly after: ComparedSide
  readonly picture: string
  readonly locale: string | undefined
}

/** Draws both fronts beside one another; designs show their samples. */
async function writePicture(launch: Launch, { before, after, picture, locale: given }: PictureRequest): Promise<void> {
  const { drawFronts } = await import('./passes/draw-fronts.js')
  const locale = given ?? launch.config.locale
  const fronts = await Promise.all(
    [before, after].map(async (side) => ({ title: side.title, bundle: await sampleBundle(launch, side, locale) })),
  )
  const png = await drawFronts(fronts, { locale, now: launch.now().getTime() })
  try {
    await writeFile(picture, png)
  } catch (cause) {
    throw new AppError('OUTPUT_UNWRITABLE', `${picture} cannot be written: ${(cause as Error).message}.`, { cause })
  }
}

async function sampleBundle(launch: Launch, { design, pass }: ComparedSide, locale: string) {
  if (design === undefined) return pass
  const [{ designBundle }, { sampleCard }] = await Promise.all([
    import('../cards/design/design-bundle.js'),
    import('../cards/design/sample-card.js'),
  ])
  const { pass: identity, values, folders } = launchParts(launch, undefined)
  return designBundle(design, sampleCard(design, { locale }), {
    identity,
    currency: values.currency,
    cacheDir: folders.cache,
    picturesDir: folders.pictures,
  })
}
