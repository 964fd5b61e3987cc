import { CENTRAL_SIGNATURE, END_LENGTH, type EndRecord, readEnd } from './records.js'
import { ZipError } from './zip-error.js'

const END_BYTES = Buffer.from('PK\x05\x06', 'latin1')
/** A hostile file may be full of end records; no honest one has many. */
const MOST_CANDIDATES = 1000

export interface LocatedEnd {
  readonly record: EndRecord
  /** Bytes after the record and its comment; negative when the comment is cut off. */
  readonly trailing: number
  /** True when another end record, inside of the comment, reaches the end of the file just as well. */
  readonly ambiguous: boolean
}

/**
 * Finds the end record: last in the file, behind it only a comment whose length it states. Else the last one that there
 * is, with something behind it.
 *
 * @param bytes - the file, or its last bytes
 * @param base - position of `bytes` in the file
 */
export function locateEnd(bytes: Buffer, base: number): LocatedEnd | undefined {
  const fitting: number[] = []
  // Forwards, since Node searches faster that way; an honest archive has one record, and it is found at once.
  const earliest = Math.max(0, bytes.length - END_LENGTH - 0xffff)
  for (let at = bytes.indexOf(END_BYTES, earliest); at >= 0; at = bytes.indexOf(END_BYTES, at + 1)) {
    if (at + END_LENGTH <= bytes.length && trailingAfter(bytes, at) === 0) fitting.push(at)
  }
  const found = fitting.at(-1) ?? lastPlausible(bytes, base)
  if (found === undefined) return undefined
  const ambiguous = fitting.some((at) => at !== found && hasDirectory(bytes, at, base))
  return { record: readEnd(bytes, found, base), trailing: trailingAfter(bytes, found), ambiguous }
}

function lastPlausible(bytes: Buffer, base: number): number | undefined {
  if (bytes.length < END_LENGTH) return undefined
  let at = bytes.lastIndexOf(END_BYTES, bytes.length - END_LENGTH)
  for (let tries = 0; at >= 0 && tries < MOST_CANDIDATES; tries++) {
    if (isPlausible(bytes, at, base)) return at
    at = at === 0 ? -1 : bytes.lastIndexOf(END_BYTES, at - 1)
  }
  return undefined
}

function trailingAfter(bytes: Buffer, at: number): number {
  return bytes.length - at - END_LENGTH - bytes.readUInt16LE(at + 20)
}

function isPlausible(bytes: Buffer, at: number, base: number): boolean {
  const size = bytes.readUInt32LE(at + 12)
  return size === 0xffffffff || size <= base + at
}

function hasDirectory(bytes: Buffer, at: number, base: number): boolean {
  const start = at - bytes.readUInt32LE(at + 12)
  const stated = bytes.readUInt32LE(at + 16) - base
  return [start, stated].some((one) => one >= 0 && one + 4 <= at && bytes.readUInt32LE(one) === CENTRAL_SIGNATURE)
}

/**
 * Where the directory may begin, likeliest first. When it is not where the record states, bytes stand before the
 * archive that offsets do not count, or between the directory and its end.
 *
 * @throws {ZipError} when it would lie outside of the file
 */
export function directoryPlaces({ size, start, directoryEnd }: EndRecord): readonly [number, ...number[]] {
  const physical = directoryEnd - size
  if (physical < start) {
    throw new ZipError('the directory of the archive lies outside of it', {
      rule: 'archive.truncated',
      evidence: `${start - physical} bytes are missing`,
    })
  }
  return physical === start ? [start] : [physical, start]
}

/** True when `bytes` begin with a record of a directory. */
export function beginsDirectory(bytes: Buffer, at: number): boolean {
  return at + 4 <= bytes.length && bytes.readUInt32LE(at) === CENTRAL_SIGNATURE
}
