import type { ZipLimits } from './limits.js'
import { beginning } from './what-bytes.js'
import { ZipError } from './zip-error.js'

export function tooMany(count: number, limits: ZipLimits): ZipError {
  return new ZipError(`the archive has ${count} files; at most ${limits.entries} are read`, {
    rule: 'archive.too-many',
  })
}

/**
 * For a beginning that has no end.
 *
 * @param size - of the whole file
 */
export function unreadable(head: Buffer, size: number): ZipError {
  const start = head.toString('latin1', 0, 4)
  if (start === 'PK\x03\x04') return truncated(size)
  if (start === 'PK\x07\x08' || start === 'PK00')
    return new ZipError('the archive is one part of several', { rule: 'archive.multi-part' })
  return new ZipError('this is not a zip archive, or its end is missing', { evidence: beginning(head) })
}

export function truncated(size: number): ZipError {
  return new ZipError('the archive begins, but its end is missing', {
    rule: 'archive.truncated',
    evidence: `${size} bytes are there`,
  })
}
