import { lstat, readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportInput } from '../cards/pass/read-input.js'
import { AppError } from '../kit/errors/index.js'
import { visibleText } from '../kit/visible-text.js'

const MEGABYTE = 1024 * 1024
/** Far above what passes weigh, and what several of them in one archive do. */
const LIMITS = { files: 2000, fileBytes: 32 * MEGABYTE, totalBytes: 128 * MEGABYTE }

export interface OpenedPasses {
  /** At least one. Its `source` is how messages call it: `cards.pkpasses/ann.pkpass`. */
  readonly passes: readonly [ImportInput, ...ImportInput[]]
  /** What of the archive could not be read. */
  readonly notes: readonly string[]
}

/**
 * Opens a .pkpass, a .pkpasses, or a folder with a pass.json in it, signed or not; passes in folders of their own are
 * found as well.
 *
 * @throws AppError PASS_UNREADABLE
 */
export async function openPasses(path: string): Promise<OpenedPasses> {
  const info = await stat(path).catch(() => undefined)
  if (info === undefined) throw unreadable(path, 'is not there')
  const notes: string[] = []
  const files = info.isDirectory() ? await readTree(path) : await readArchive(path, info.size, notes)
  const passes = await passesIn(basename(path), files, notes)
  const [first, ...others] = passes
  if (first === undefined) throw unreadable(path, 'holds no pass.json, so it is no pass')
  return { passes: [first, ...others], notes }
}

async function passesIn(
  source: string,
  files: ReadonlyMap<string, Uint8Array>,
  notes: string[],
): Promise<ImportInput[]> {
  const { findPasses } = await import('../cards/import/sort-bundle.js')
  const found = findPasses(files).map((pass) => ({
    source: pass.folder === '' ? source : `${source}/${pass.folder}`,
    files: pass.files,
  }))
  if (found.length > 0) return found
  // A .pkpasses is an archive of archives; it goes no deeper.
  const packed = [...files].filter(([name]) => /\.pkpass$/i.test(name)).sort(([a], [b]) => (a < b ? -1 : 1))
  const inner: ImportInput[] = []
  let total = 0
  for (const [name, bytes] of packed) {
    const unpacked = await unzip(bytes, `${source}/${name}`, notes)
    for (const content of unpacked.values()) total += content.length
    if (total > LIMITS.totalBytes) throw unreadable(source, 'unpacks to more than is sensible for passes')
    inner.push(...findPasses(unpacked).map((pass) => ({ source: `${source}/${name}`, files: pass.files })))
  }
  return inner
}

async function readArchive(path: string, bytes: number, notes: string[]): Promise<Map<string, Uint8Array>> {
  if (bytes > LIMITS.totalBytes) throw unreadable(path, 'is larger than 128 MB')
  let content: Buffer
  try {
    content = await readFile(path)
  } catch (cause) {
    throw unreadable(path, `cannot be read (${(cause as Error).message})`, cause)
  }
  return unzip(content, basename(path), notes)
}

async function unzip(bytes: Uint8Array, source: string, notes: string[]): Promise<Map<string, Uint8Array>> {
  const [{ readZip, ZipError }, { createFindings }] = await Promise.all([
    import('../signing/verify/zip.js'),
    import('../signing/verify/findings.js'),
  ])
  const findings = createFindings()
  try {
    const files = readZip(bytes, { findings })
    for (const { message } of findings.list) notes.push(`${source}: ${visibleText(message)}`)
    return files
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause
    throw unreadable(source, `cannot be opened: ${cause.message}`, cause)
  }
}

/** All files below a folder. Links are passed over, so that nothing from elsewhere gets into a design. */
async function readTree(dir: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  let total = 0
  const read = async (folder: string, prefix: string, depth: number): Promise<void> => {
    for (const name of (await readdir(folder)).sort()) {
      if (name.startsWith('.')) continue
      const full = join(folder, name)
      const info = await lstat(full)
      if (info.isDirectory() && depth < 4) await read(full, `${prefix}${name}/`, depth + 1)
      if (!info.isFile()) continue
      total += info.size
      if (files.size >= LIMITS.files) throw unreadable(dir, `holds more than ${LIMITS.files} files`)
      if (info.size > LIMITS.fileBytes || total > LIMITS.totalBytes)
        throw unreadable(dir, 'holds more than is sensible for a pass')
      files.set(`${prefix}${name.normalize('NFC')}`, await readFile(full))
    }
  }
  try {
    await read(dir, '', 0)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw unreadable(dir, `cannot be read (${(cause as Error).message})`, cause)
  }
  return files
}

function unreadable(path: string, reason: string, cause?: unknown): AppError {
  return new AppError('PASS_UNREADABLE', `${path} ${reason}.`, { details: { path }, cause })
}
