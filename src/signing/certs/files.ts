import { randomBytes } from 'node:crypto'
import { constants, copyFile, link, mkdir, open, readFile, realpath, rename, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'

/** Certificates and keys are a few kilobytes; a .p12 with a long chain stays far below this. */
const LARGEST = 1024 * 1024

/** Reads a certificate or key file. Throws CERT_NOT_FOUND or CERT_UNREADABLE naming the path. */
export async function readMaterialFile(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > LARGEST) throw new AppError('CERT_UNREADABLE', `${path} is too large for a certificate or key.`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof AppError) throw error
    if (codeOf(error) === 'ENOENT') throw new AppError('CERT_NOT_FOUND', `${path} does not exist.`, { cause: error })
    throw new AppError('CERT_UNREADABLE', `${path} cannot be read (${codeOf(error)}).`, {
      cause: error,
      hints: ['Check the permissions of the file.'],
    })
  }
}

/** The bytes of a file, or undefined when there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readMaterialFile(path)
  } catch (error) {
    if (error instanceof AppError && error.code === 'CERT_NOT_FOUND') return undefined
    throw error
  }
}

export interface WriteOptions {
  /** 0o600 for keys, 0o644 for certificates. */
  readonly mode: number
  /** Fail instead of replacing a file that is there. */
  readonly exclusive?: boolean
}

/**
 * Writes a file whole or not at all. It never exists with wider permissions than `mode`, not even for a moment.
 * Throws CERT_EXISTS (with `exclusive`) or CERT_UNWRITABLE.
 */
export async function writeWhole(
  named: string,
  text: string,
  { mode, exclusive = false }: WriteOptions,
): Promise<void> {
  // Somebody who keeps keys elsewhere behind a symbolic link wants the file there replaced, not the link.
  const path = exclusive ? named : await realpath(named).catch(() => named)
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    if (exclusive) {
      // This fails where a rename would silently replace what another process wrote meanwhile.
      await linkOrCopy(temporary, path)
      await unlink(temporary)
    } else await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    if (codeOf(error) === 'EEXIST') throw new AppError('CERT_EXISTS', `${path} exists already.`, { cause: error })
    throw new AppError('CERT_UNWRITABLE', `${path} cannot be written (${codeOf(error)}).`, { cause: error })
  }
}

/**
 * Keeps a copy of a file that is about to be replaced, with the day in its name: `pass.2026-03-01.key.pem`
 * (`pass.2026-03-01-2.key.pem`, … when taken). The endings stay, so that .gitignore keeps covering keys.
 * @returns the path of the copy, or undefined when there is no file.
 */
export async function keepCopy(path: string, now: Date): Promise<string | undefined> {
  if ((await readIfThere(path)) === undefined) return undefined
  const day = now.toISOString().slice(0, 10)
  const [, stem = '', endings = ''] = /^(.*?[^./\\])((?:\.[^./\\]+)*)$/s.exec(basename(path)) ?? []
  for (let count = 1; ; count++) {
    const copy = join(dirname(path), `${stem}.${day}${count === 1 ? '' : `-${count}`}${endings}`)
    try {
      await linkOrCopy(path, copy)
      return copy
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw new AppError('CERT_UNWRITABLE', `${path} cannot be copied to ${copy} (${codeOf(error)}).`, { cause: error })
    }
  }
}

/** A second name for the file where the file system knows that (memory sticks do not). Fails when `to` exists. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    await copyFile(from, to, constants.COPYFILE_EXCL)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
