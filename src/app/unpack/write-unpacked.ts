import { randomUUID } from 'node:crypto'
import { lstat, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'

/** Errors that concern one name, not the disk: the file is left out. */
const NAME_ERRORS: Readonly<Record<string, string>> = {
  EEXIST: 'is the same name as another file on this computer',
  EISDIR: 'is a folder as well',
  ENOTDIR: 'lies in a folder that is a file as well',
  ENAMETOOLONG: 'has a name that is too long for this computer',
  EILSEQ: 'has a name that this computer does not take',
  EINVAL: 'has a name that this computer does not take',
}

export type Refused = readonly { readonly path: string; readonly reason: string }[]

/** A folder that fills beside its target and takes its place at the end. */
export interface Staging {
  /** Writes the files of one pass below `folder`. @returns what could not be written, and why */
  write(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<Refused>
  /** Moves everything to the target. @returns what could not be moved */
  finish(): Promise<Refused>
  /** Removes what `finish` did not move. */
  discard(): Promise<void>
}

/** @throws AppError OUTPUT_UNWRITABLE when something is at the target, unless forced and a folder */
export async function assertTarget(target: string, force: boolean): Promise<void> {
  const info = await lstat(target).catch(() => undefined)
  if (info === undefined) return
  if (!info.isDirectory()) throw unwritable(target, 'it is no folder', ['Give another folder as the last word.'])
  if (force || (await readdir(target)).length === 0) return
  throw unwritable(target, 'the folder is not empty', [
    'Give another folder as the last word, or --force to write into this one; files of the same name are replaced.',
  ])
}

export async function stageAt(target: string): Promise<Staging> {
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`)
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC'
      throw unwritable(target, full ? 'the disk is full; nothing was left behind' : (cause as Error).message, [], cause)
    }
  }
  await guard(() => mkdir(temporary, { recursive: true }))
  const written: string[] = []
  return {
    write: (folder, files) =>
      guard(async () => {
        const refused: { path: string; reason: string }[] = []
        for (const [path, bytes] of files) {
          const below = folder === '' ? path : `${folder}/${path}`
          const file = join(temporary, ...below.split('/'))
          const reason = await orReason(async () => {
            await mkdir(dirname(file), { recursive: true })
            await writeFile(file, bytes, { flag: 'wx' })
          })
          if (reason === undefined) written.push(below)
          else refused.push({ path: below, reason })
        }
        return refused
      }),
    finish: () =>
      guard(async () => {
        await rmdir(target).catch(() => undefined)
        if ((await lstat(target).catch(() => undefined)) === undefined) {
          await rename(temporary, target)
          return []
        }
        return moveInto(target, temporary, written)
      }),
    discard: () => rm(temporary, { recursive: true, force: true }),
  }
}

/** One file after the other, each at once, never through a link that lies in the target. */
async function moveInto(target: string, from: string, paths: readonly string[]): Promise<Refused> {
  const refused: { path: string; reason: string }[] = []
  for (const path of paths) {
    const parts = path.split('/')
    const reason = (await linkOnTheWay(target, parts))
      ? 'would be written through a link'
      : await orReason(async () => {
          await mkdir(join(target, ...parts.slice(0, -1)), { recursive: true })
          await rename(join(from, ...parts), join(target, ...parts))
        })
    if (reason !== undefined) refused.push({ path, reason })
  }
  return refused
}

async function linkOnTheWay(target: string, parts: readonly string[]): Promise<boolean> {
  for (let depth = 1; depth < parts.length; depth++) {
    const info = await lstat(join(target, ...parts.slice(0, depth))).catch(() => undefined)
    if (info?.isSymbolicLink()) return true
  }
  return false
}

async function orReason(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    const reason = NAME_ERRORS[(error as NodeJS.ErrnoException).code ?? '']
    if (reason === undefined) throw error
    return reason
  }
}

function unwritable(target: string, reason: string, hints: string[], cause?: unknown): AppError {
  return new AppError('OUTPUT_UNWRITABLE', `Cannot unpack into ${target}: ${reason}.`, {
    hints,
    details: { path: target },
    cause,
  })
}
