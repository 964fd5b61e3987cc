import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../kit/errors/index.js'

/**
 * Writes a folder of files at once: a reader sees all of it or nothing.
 *
 * @returns false when the folder was there already; it is then left as it is
 */
export async function writeFolder(target: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<boolean> {
  if (await isFolder(target)) return false
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`)
  try {
    await mkdir(temporary, { recursive: true })
    for (const [path, bytes] of files) {
      const file = join(temporary, ...path.split('/'))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, bytes)
    }
    await rename(temporary, target)
    return true
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true })
    // Another process was faster: rename onto a folder that is not empty fails.
    if (await isFolder(target)) return false
    throw new AppError('DESIGN_UNREADABLE', `${target} cannot be written: ${(cause as Error).message}.`, { cause })
  }
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}
