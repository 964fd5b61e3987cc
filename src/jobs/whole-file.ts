import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { toFileError } from './file-errors.js'

/**
 * Writes a file that appears whole or not at all.
 *
 * @throws AppError OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, bytes)
    await rename(temporary, path)
  } catch (error) {
    // Where a file stands in place of a folder this fails too, and is not what is to be told.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw toFileError(error, path)
  }
}
