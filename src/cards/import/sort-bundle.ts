import { belongsToDesign, DESIGN_LIMITS } from '../design/read-files.js'

/** Path with `/` -> bytes. */
type Files = ReadonlyMap<string, Uint8Array>

/** The files of one pass, at the top. */
export interface FoundPass {
  /** The folder it was found in; '' for the top. */
  readonly folder: string
  readonly files: Files
}

export interface SortedFiles {
  /** What becomes part of the design, pass.json not among them. */
  readonly taken: Files
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[]
}

/** What file managers and archivers leave behind. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i
/** Made anew whenever a card is signed. */
const MADE_WHEN_SIGNED = new Set(['manifest.json', 'signature'])

/**
 * The passes in a tree of files: the one at the top, or those in folders below it, as when a folder was packed rather
 * than its content. Folders inside of a pass are no passes of their own.
 */
export function findPasses(files: Files): FoundPass[] {
  const folders = [...files.keys()]
    .filter((path) => !LITTER.test(path) && /(?:^|\/)pass\.json$/.test(path))
    .map((path) => path.slice(0, -'pass.json'.length))
    .sort((a, b) => (a < b ? -1 : 1))
  const outermost = folders.filter((folder) => !folders.some((other) => other !== folder && folder.startsWith(other)))
  return outermost.map((folder) => ({
    folder: folder.replace(/\/$/, ''),
    files: new Map(
      [...files].flatMap(([path, bytes]) => (path.startsWith(folder) ? [[path.slice(folder.length), bytes]] : [])),
    ),
  }))
}

/** Divides the files of a pass into those that a design takes and those that it does not, with the reason. */
export function sortFiles(files: Files): SortedFiles {
  const taken = new Map<string, Uint8Array>()
  const leftOut: { path: string; reason: string }[] = []
  const spellings = new Set<string>()
  let total = files.get('pass.json')?.length ?? 0
  for (const [given, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = given.normalize('NFC')
    if (path === 'pass.json' || MADE_WHEN_SIGNED.has(path) || LITTER.test(path)) continue
    const spelling = path.toLowerCase()
    const problem = spellings.has(spelling)
      ? 'differs from another file by capital letters only'
      : problemOf(path, bytes, { total, count: taken.size })
    if (problem !== undefined) {
      leftOut.push({ path, reason: problem })
      continue
    }
    spellings.add(spelling)
    total += bytes.length
    taken.set(path, bytes)
  }
  return { taken, leftOut }
}

function problemOf(path: string, bytes: Uint8Array, sum: { total: number; count: number }): string | undefined {
  const parts = path.split('/')
  if (!belongsToDesign(path) || parts.length > 2 || (parts.length === 2 && !/.\.lproj$/i.test(parts[0] ?? '')))
    return 'is no picture, no text and nothing else that cards carry'
  if (!parts.every(isPlainName)) return 'has a name that does not serve on every computer'
  if (bytes.length > DESIGN_LIMITS.fileBytes) return `is larger than ${DESIGN_LIMITS.fileBytes / 1024 / 1024} MB`
  if (sum.total + bytes.length > DESIGN_LIMITS.totalBytes)
    return `makes the design larger than ${DESIGN_LIMITS.totalBytes / 1024 / 1024} MB`
  // pass.json and design.yaml come on top, and the icons that may be made.
  return sum.count + 5 >= DESIGN_LIMITS.files ? `is one of more than ${DESIGN_LIMITS.files} files` : undefined
}

/** Names that Windows, macOS and Linux all take as they are. */
function isPlainName(name: string): boolean {
  if (/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)) return false
  return /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N} _.@()+,'-]{0,119}$/u.test(name) && !/[ .]$/.test(name)
}
