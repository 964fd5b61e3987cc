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
    await rm(temporary, { force: true })
    throw toFileError(error, path)
  }
}
