import { decodeName } from './names.js'
import type { ArchiveEntry } from './types.js'
import { ZipError } from './zip-error.js'

/** Records of a zip file: PKWARE APPNOTE 6.3.10, section 4.3. All numbers are little-endian. */
export const LOCAL_SIGNATURE = 0x04034b50
export const CENTRAL_SIGNATURE = 0x02014b50

const END64_SIGNATURE = 0x06064b50
const LOCATOR64_SIGNATURE = 0x07064b50
export const LOCAL_LENGTH = 30
const CENTRAL_LENGTH = 46
export const END_LENGTH = 22
const LOCATOR64_LENGTH = 20
const END64_LENGTH = 56
const MAX32 = 0xffffffff

/** An entry with what only the checks need. */
export interface DirectoryEntry extends ArchiveEntry {
  /** False when its name is shown byte by byte. */
  readonly utf8: boolean
  /** Unix mode, where the archive was made on Unix; else 0. */
  readonly mode: number
}

/** What the end record, or the zip64 one in its place, says. Offsets as they stand there. */
export interface EndRecord {
  readonly count: number
  readonly size: number
  readonly start: number
  /** Position in the file of the first record after the directory. */
  readonly directoryEnd: number
  readonly zip64: boolean
}

/**
 * Reads an end record.
 *
 * @param at - position of the record in `bytes`
 * @param base - position of `bytes` in the file
 */
export function readEnd(bytes: Buffer, at: number, base: number): EndRecord {
  const part = bytes.readUInt16LE(at + 4)
  const count = bytes.readUInt16LE(at + 10)
  const size = bytes.readUInt32LE(at + 12)
  const start = bytes.readUInt32LE(at + 16)
  const locator = at - LOCATOR64_LENGTH
  if (locator >= 0 && bytes.readUInt32LE(locator) === LOCATOR64_SIGNATURE) {
    const claimed = safe(bytes.readBigUInt64LE(locator + 8)) - base
    const at64 = [claimed, locator - END64_LENGTH].find(
      (one) => one >= 0 && one + END64_LENGTH <= locator && bytes.readUInt32LE(one) === END64_SIGNATURE,
    )
    if (at64 === undefined)
      throw new ZipError('the zip64 end record is not where it should be', { rule: 'archive.directory' })
    return {
      count: safe(bytes.readBigUInt64LE(at64 + 32)),
      size: safe(bytes.readBigUInt64LE(at64 + 40)),
      start: safe(bytes.readBigUInt64LE(at64 + 48)),
      directoryEnd: base + at64,
      zip64: true,
    }
  }
  // 0xffff would refer to a zip64 record, and there is none.
  if (part !== 0 || bytes.readUInt16LE(at + 6) !== 0)
    throw new ZipError('the archive is one part of several', { rule: 'archive.multi-part' })
  return { count, size, start, directoryEnd: base + at, zip64: false }
}

function safe(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ZipError('the archive states a size that no disk has', {
      rule: 'archive.directory',
      evidence: `${value} bytes`,
    })
  return Number(value)
}

/**
 * Reads `count` records of the directory.
 *
 * @param shift - what to add to offsets: the bytes that stand before the archive
 * @returns the entries, how many bytes they took, and whether any needed zip64
 */
export function readDirectory(
  bytes: Buffer,
  count: number,
  shift: number,
): { entries: DirectoryEntry[]; length: number; zip64: boolean } {
  const entries: DirectoryEntry[] = []
  let zip64 = false
  let at = 0
  for (let index = 0; index < count; index++) {
    const names = at + CENTRAL_LENGTH
    if (names > bytes.length || bytes.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw damaged(index, count)
    const extraAt = names + bytes.readUInt16LE(at + 28)
    const commentAt = extraAt + bytes.readUInt16LE(at + 30)
    const next = commentAt + bytes.readUInt16LE(at + 32)
    if (next > bytes.length) throw damaged(index, count)
    let packed = bytes.readUInt32LE(at + 20)
    let size = bytes.readUInt32LE(at + 24)
    let offset = bytes.readUInt32LE(at + 42)
    if (packed === MAX32 || size === MAX32 || offset === MAX32) {
      const extra = zip64Extra(bytes.subarray(extraAt, commentAt))
      if (extra !== undefined) {
        zip64 = true
        let field = 0
        const value = (now: number): number => {
          if (now !== MAX32 || field + 8 > extra.length) return now
          field += 8
          return safe(extra.readBigUInt64LE(field - 8))
        }
        size = value(size)
        packed = value(packed)
        offset = value(offset)
      }
    }
    const host = bytes.readUInt8(at + 5)
    const { name, utf8 } = decodeName(bytes.subarray(names, extraAt))
    entries.push({
      name,
      utf8,
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size,
      offset: offset + shift,
      // 3 is Unix, 19 macOS: appendix A of APPNOTE.
      mode: host === 3 || host === 19 ? bytes.readUInt16LE(at + 40) : 0,
    })
    at = next
  }
  return { entries, length: at, zip64 }
}

function damaged(index: number, count: number): ZipError {
  return new ZipError('the directory of the archive is damaged', {
    rule: 'archive.directory',
    evidence: `record ${index + 1} of ${count}`,
  })
}

/** The content of the extra field 0x0001. */
function zip64Extra(extra: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, Math.min(end, extra.length))
    at = end
  }
  return undefined
}
