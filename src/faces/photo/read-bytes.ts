import { constants, type FileHandle, open } from 'node:fs/promises'
import { PhotoError, type PhotoLimits, type PhotoSource } from './types.js'

/**
 * The bytes of a photo. Never waits for a pipe that nobody writes to, and never reads more than the limit.
 *
 * @throws PhotoError not-found, not-a-file, unreadable, empty, too-many-bytes
 */
export async function readPhotoBytes(source: PhotoSource, limits: PhotoLimits): Promise<Uint8Array> {
  const bytes = typeof source === 'string' ? await readFile(source, limits) : source
  if (bytes.length === 0) throw new PhotoError('empty', 'The file is empty.')
  if (bytes.length > limits.bytes) throw tooManyBytes(limits)
  return bytes
}

async function readFile(path: string, limits: PhotoLimits): Promise<Uint8Array> {
  let file: FileHandle | undefined
  try {
    // Opening a pipe that has no writer would otherwise wait for ever.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const info = await file.stat()
    if (!info.isFile()) {
      throw new PhotoError('not-a-file', info.isDirectory() ? 'It is a folder.' : 'It is not a file of its own.')
    }
    if (info.size > limits.bytes) throw tooManyBytes(limits)
    return await readUpTo(file, info.size, limits)
  } catch (error) {
    throw toPhotoError(error)
  } finally {
    await file?.close()
  }
}

/** A file may have grown or shrunk since its size was asked for. */
async function readUpTo(file: FileHandle, size: number, limits: PhotoLimits): Promise<Uint8Array> {
  let bytes = Buffer.allocUnsafe(Math.min(size, limits.bytes) + 1)
  let length = 0
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
    if (bytesRead === 0) return bytes.subarray(0, length)
    length += bytesRead
    if (length > limits.bytes) throw tooManyBytes(limits)
    if (length < bytes.length) continue
    const more = Buffer.allocUnsafe(Math.min(limits.bytes + 1, bytes.length * 2))
    bytes.copy(more, 0, 0, length)
    bytes = more
  }
}

function tooManyBytes({ bytes }: PhotoLimits): PhotoError {
  return new PhotoError('too-many-bytes', `The file has over ${Math.floor(bytes / 1e6)} MB.`)
}

function toPhotoError(error: unknown): unknown {
  if (error instanceof PhotoError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : error.message
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new PhotoError('not-found', 'There is no such file.', { cause: error })
    case 'EACCES':
    case 'EPERM':
      return new PhotoError('unreadable', 'The file may not be read by this user.', { cause: error })
    case 'ELOOP':
      return new PhotoError('unreadable', 'The link leads in a circle.', { cause: error })
    case 'EISDIR':
      return new PhotoError('not-a-file', 'It is a folder.', { cause: error })
    case 'ENXIO':
      return new PhotoError('not-a-file', 'It is not a file of its own.', { cause: error })
    default:
      return new PhotoError('unreadable', `The file cannot be read (${code}).`, { cause: error })
  }
}
