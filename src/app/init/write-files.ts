import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'

/** What became of one file of the launch. `would write` under --dry-run. */
export type FileAction = 'written' | 'kept' | 'would write'

export interface FileReport {
  /** Relative to the launch. */
  readonly path: string
  readonly action: FileAction
}

export interface WriteOptions {
  readonly dir: string
  readonly dryRun: boolean
}

/** Writes a file unless there is one already: whatever the user has is kept. Throws LAUNCH_UNWRITABLE. */
export async function writeNew(path: string, text: string, { dir, dryRun }: WriteOptions): Promise<FileReport> {
  const file = join(dir, path)
  if (await exists(file)) return { path, action: 'kept' }
  if (dryRun) return { path, action: 'would write' }
  const fresh = `${file}.${process.pid}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(fresh, text)
    await putInPlace(fresh, file)
  } catch (cause) {
    throw new AppError('LAUNCH_UNWRITABLE', `${file} cannot be written: ${reason(cause)}.`, { cause })
  } finally {
    await rm(fresh, { force: true }).catch(() => undefined)
  }
  return { path, action: 'written' }
}

/** Writes a file that Tessera itself makes, so that a newer one replaces an older one. Not reported as kept. */
export async function writeGenerated(path: string, text: string, { dir, dryRun }: WriteOptions): Promise<FileReport> {
  const file = join(dir, path)
  const current = await readFile(file, 'utf8').catch(() => undefined)
  if (current === text) return { path, action: 'kept' }
  if (!dryRun) await rm(file, { force: true })
  return writeNew(path, text, { dir, dryRun })
}

export async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}

/** A link fails where a file has come up meanwhile; a rename would replace it. Some file systems have no links. */
async function putInPlace(fresh: string, file: string): Promise<void> {
  try {
    await link(fresh, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    await rename(fresh, file)
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return 'access is refused'
  if (code === 'EROFS') return 'the disk is read-only'
  if (code === 'ENOSPC') return 'the disk is full'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file stands where a folder is needed'
  return message
}
