import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { designProblem } from './design-problem.js'

const MEGABYTE = 1024 * 1024
/** Limits per design. A card is downloaded over mobile networks; these are far above what a good design needs. */
export const DESIGN_LIMITS = { files: 400, fileBytes: 4 * MEGABYTE, totalBytes: 20 * MEGABYTE } as const

/** Files at the top that belong into a pass besides pictures. */
const PASS_DATA = new Set(['tooling.json', 'personalization.json'])
const PICTURE = /\.(?:png|pdf)$/i
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export interface DesignFolder {
  /** Path with `/` -> bytes, sorted by path; pass.json and design.yaml are among them. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What the folder holds besides: never put into a pass. */
  readonly ignored: readonly string[]
}

export interface ReadFolderOptions {
  /** Told of every file that cannot be part of a design, which then is left out; the first is thrown when absent. */
  readonly report?: (problem: AppError) => void
}

/**
 * Reads all files of a design folder. Symbolic links and other unusual files are refused, so that nothing from outside
 * the folder can get into a card.
 */
export async function readDesignFolder(dir: string, { report }: ReadFolderOptions = {}): Promise<DesignFolder> {
  const files: [string, Uint8Array][] = []
  const ignored: string[] = []
  let total = 0
  let isFull = false

  async function read(folder: string, prefix: string): Promise<void> {
    for (const name of await namesIn(folder)) {
      const path = `${prefix}${name.normalize('NFC')}`
      const info = await lstat(join(folder, name))
      try {
        if (isFull) return
        await take({ full: join(folder, name), path, prefix, info })
      } catch (problem) {
        if (report === undefined || !(problem instanceof AppError)) throw problem
        report(problem)
        // Past the limits of the whole design every further file would be one too many.
        isFull = problem.code === 'DESIGN_TOO_LARGE' && info.size <= DESIGN_LIMITS.fileBytes
      }
    }
  }

  async function take(entry: { full: string; path: string; prefix: string; info: Stats }): Promise<void> {
    const { full, path, prefix, info } = entry
    if (!info.isFile() && !info.isDirectory()) throw unsafe(dir, path, info.isSymbolicLink())
    if (info.isDirectory()) {
      if (prefix === '' && /\.lproj$/i.test(path)) await read(full, `${path}/`)
      else ignored.push(`${path}/`)
    } else if (!belongsToDesign(path)) ignored.push(path)
    else {
      checkSize(dir, { path, bytes: info.size, total: total + info.size, count: files.length + 1 })
      const bytes = await readRegularFile(full)
      if (/\.png$/i.test(path)) checkPng(dir, path, bytes)
      total += info.size
      files.push([path, bytes])
    }
  }

  try {
    await read(dir, '')
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('DESIGN_UNREADABLE', `The design in ${dir} cannot be read: ${(cause as Error).message}.`, {
      cause,
    })
  }
  // By code unit, so that every machine gets the same order whatever its language.
  files.sort(([a], [b]) => (a < b ? -1 : 1))
  return { files: new Map(files), ignored: ignored.sort() }
}

async function namesIn(folder: string): Promise<string[]> {
  // Dot files (.DS_Store, .git, editors' swap files) are never part of a design.
  return (await readdir(folder)).filter((name) => !name.startsWith('.'))
}

/** Whether a file of a design folder becomes part of the design: pictures, texts, and what Wallet or Pass Designer knows. */
export function belongsToDesign(path: string): boolean {
  if (path === 'pass.json' || path === 'design.yaml') return true
  return path.includes('/') ? PICTURE.test(path) || /\.strings$/i.test(path) : PICTURE.test(path) || PASS_DATA.has(path)
}

async function readRegularFile(path: string): Promise<Uint8Array> {
  // O_NOFOLLOW closes the gap between lstat and open; it is undefined on Windows, where links need special rights.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

function unsafe(dir: string, path: string, link: boolean): AppError {
  const what = link ? 'a symbolic link' : 'neither a file nor a folder'
  return new AppError('DESIGN_UNSAFE', `${basename(dir)}/${path} is ${what}, which a design must not hold.`, {
    details: { dir, file: path },
  })
}

function checkSize(dir: string, file: { path: string; bytes: number; total: number; count: number }): void {
  const where = `${basename(dir)}/${file.path}`
  const details = { dir, file: file.path }
  if (file.bytes > DESIGN_LIMITS.fileBytes)
    throw new AppError('DESIGN_TOO_LARGE', `${where} is larger than ${megabytes(DESIGN_LIMITS.fileBytes)}.`, {
      details,
    })
  if (file.total > DESIGN_LIMITS.totalBytes)
    throw new AppError('DESIGN_TOO_LARGE', `With ${where} the design exceeds ${megabytes(DESIGN_LIMITS.totalBytes)}.`, {
      details,
    })
  if (file.count > DESIGN_LIMITS.files)
    throw new AppError('DESIGN_TOO_LARGE', `With ${where} the design has more than ${DESIGN_LIMITS.files} files.`, {
      details,
    })
}

function megabytes(bytes: number): string {
  return `${bytes / MEGABYTE} MB`
}

function checkPng(dir: string, file: string, bytes: Uint8Array): void {
  if (PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length))) return
  throw designProblem({ dir, file, reason: 'is not a PNG picture, though its name says so' })
}
