import { basename, resolve } from 'node:path'
import { isLitter } from '../signing/verify/archive/names.js'
import { whatIs } from './unpack/kinds.js'
import { readUnpackable, type Unpackable } from './unpack/read-unpackable.js'
import { assertTarget, type Refused, stageAt } from './unpack/write-unpacked.js'

export interface UnpackRequest {
  /** A file, or `-` for what is piped in. */
  readonly file: string
  /** The folder to make; called after the file when undefined. */
  readonly dir: string | undefined
  readonly force: boolean
  readonly dryRun: boolean
  /** Relative paths are relative to it. */
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
}

export interface UnpackedPass {
  /** `card.pkpass`, or `set.pkpasses/ann.pkpass`. */
  readonly source: string
  /** Below the target; '' for a pass of its own. */
  readonly folder: string
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly what: string }[]
}

export interface Unpacked {
  readonly dir: string
  readonly dryRun: boolean
  readonly passes: readonly UnpackedPass[]
  /** What is in the archive and was not written; the command ends with 6 when there is any. */
  readonly leftOut: readonly { readonly source: string; readonly rule?: string; readonly reason: string }[]
  /** What file managers left behind and no manifest lists: not worth writing. */
  readonly litter: readonly string[]
  /** What is wrong with the archive besides. */
  readonly notes: readonly { readonly source: string; readonly rule: string; readonly message: string }[]
}

/**
 * Writes the files of a pass, or of the passes of an archive, into a new folder; all of it or nothing.
 *
 * @throws AppError PASS_NOT_FOUND, PASS_UNREADABLE, OUTPUT_UNWRITABLE
 */
export async function unpackPass(request: UnpackRequest): Promise<Unpacked> {
  const { file, cwd, force, dryRun } = request
  const name = file === '-' ? 'pass' : basename(file).replace(/\.(?:pkpass|pkpasses|zip)$/i, '')
  const own = file !== '-' && name === basename(file) ? `${name}.unpacked` : name
  const dir = resolve(cwd, request.dir ?? own)
  await assertTarget(dir, force)
  const passes: UnpackedPass[] = []
  const leftOut: { source: string; rule?: string; reason: string }[] = []
  const litter: string[] = []
  const notes: { source: string; rule: string; message: string }[] = []
  const staging = dryRun ? undefined : await stageAt(dir)
  const refuse = (source: string, refused: Refused): void => {
    for (const { path, reason } of refused) leftOut.push({ source, reason: `${path} ${reason}.` })
  }
  try {
    for await (const pass of readUnpackable(file, request)) {
      const { source, folder } = pass
      const { files, ignored } = withoutLitter(pass.files)
      litter.push(...ignored.map((path) => (folder === '' ? path : `${folder}/${path}`)))
      for (const finding of pass.findings) {
        const { rule, message } = finding
        if (isLeftOut(pass, finding.place.file, rule)) leftOut.push({ source, rule, reason: message })
        else if (rule !== 'archive.litter') notes.push({ source, rule, message })
      }
      const refused = (await staging?.write(folder, files)) ?? []
      refuse(source, refused)
      const missing = new Set(refused.map(({ path }) => path))
      const written = [...files].filter(([path]) => !missing.has(folder === '' ? path : `${folder}/${path}`))
      if (written.length === 0) continue
      const list = written.map(([path, { length }]) => ({ path, bytes: length, what: whatIs(path) }))
      passes.push({ source, folder, files: list })
    }
    if (passes.length > 0) refuse(basename(file), (await staging?.finish()) ?? [])
  } finally {
    await staging?.discard()
  }
  return { dir, dryRun, passes, leftOut, litter, notes }
}

/** What is told of files that are read all the same. */
const READ_ANYWAY: ReadonlySet<string> = new Set([
  'archive.name-case',
  'archive.name-unicode',
  'archive.name-encoding',
  'archive.header-mismatch',
  'archive.ratio',
])

/** A finding of a file that was not read. Places are as in the archive, with the folder that was taken away. */
function isLeftOut({ files }: Unpackable, place: string, rule: string): boolean {
  if (rule === 'archive.name-twice' || rule === 'archive.overlap') return true
  if (place === '' || READ_ANYWAY.has(rule)) return false
  return !files.has(place) && ![...files.keys()].some((path) => place.endsWith(`/${path}`))
}

function withoutLitter(files: ReadonlyMap<string, Uint8Array>): { files: Map<string, Uint8Array>; ignored: string[] } {
  const ignored: string[] = []
  const kept = new Map<string, Uint8Array>()
  let listed: ReadonlySet<string> | undefined
  for (const [path, bytes] of files) {
    listed ??= isLitter(path) ? listedIn(files.get('manifest.json')) : undefined
    if (isLitter(path) && listed?.has(path) !== true) ignored.push(path)
    else kept.set(path, bytes)
  }
  return { files: kept, ignored }
}

function listedIn(manifest: Uint8Array | undefined): ReadonlySet<string> {
  try {
    return new Set(Object.keys(JSON.parse(Buffer.from(manifest ?? []).toString()) as object))
  } catch {
    return new Set()
  }
}
