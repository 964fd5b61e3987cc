import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { PhotoError, type PhotoLimits, type PhotoSource } from './types.js'

/**
 * The bytes of a photo, read in one go: photos are read in worker threads, where each turn of the event loop would wait for a
 * network to be done. Never waits for a pipe that nobody writes to, and never reads more than the limit.
 *
 * @throws PhotoError not-found, not-a-file, unreadable, empty, too-many-bytes
 */
export function readPhotoBytes(source: PhotoSource, limits: PhotoLimits): Uint8Array {
  const bytes = typeof source === 'string' ? readFile(source, limits) : source
  if (bytes.length === 0) throw new PhotoError('empty', 'The file is empty.')
  if (bytes.length > limits.bytes) throw tooManyBytes(limits)
  return bytes
}

function readFile(path: string, limits: PhotoLimits): Uint8Array {
  let file: number | undefined
  try {
    // Opening a pipe that has no writer would otherwise wait for ever.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const info = fstatSync(file)
    if (!info.isFile()) {
      throw new PhotoError('not-a-file', info.isDirectory() ? 'It is a folder.' : 'It is not a file of its own.')
    }
    if (info.size > limits.bytes) throw tooManyBytes(limits)
    return readUpTo(file, info.size, limits)
  } catch (error) {
    throw toPhotoError(error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** A file may have grown or shrunk since its size was asked for. */
function readUpTo(file: number, size: number, limits: PhotoLimits): Uint8Array {
  let bytes = Buffer.allocUnsafe(Math.min(size, limits.bytes) + 1)
  let length = 0
  for (;;) {
    const bytesRead = readSync(file, bytes, length, bytes.length - length, length)
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
