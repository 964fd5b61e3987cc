import { crc32, inflateRawSync } from 'node:zlib'
import type { Severity } from '../../../kit/findings.js'
import { decodeName } from './names.js'
import { LOCAL_LENGTH, LOCAL_SIGNATURE } from './records.js'
import type { ArchiveEntry } from './types.js'
import { ZipError } from './zip-error.js'

const DESCRIPTOR_FLAG = 8
/** Encrypted, strongly encrypted, with masked headers (APPNOTE 4.4.4: bits 0, 6, 13). */
const ENCRYPTED = 0x2041
/** No deflate stream unpacks to more than this many times its size (RFC 1951: 258 bytes out of two bits). */
const MAX_RATIO = 1032
const MAX32 = 0xffffffff

export interface ReadEntry {
  /** May share memory with the archive. */
  readonly content: Uint8Array
  /** How the header in front of the content differs from the directory; empty when it does not. */
  readonly differs: readonly { readonly text: string; readonly severity?: Severity }[]
}

/**
 * Unpacks one entry whose size is within limits already. Output never exceeds the stated size by more than a byte, and
 * no more is allocated than the packed bytes can hold.
 *
 * @param at - where its local header begins in `bytes`
 * @throws {ZipError}
 */
export function readEntry(bytes: Buffer, at: number, entry: ArchiveEntry): ReadEntry {
  const { packed, size, method, flags } = entry
  if ((flags & ENCRYPTED) !== 0) throw new ZipError('is encrypted', { rule: 'archive.encrypted' })
  if (at + LOCAL_LENGTH > bytes.length || bytes.readUInt32LE(at) !== LOCAL_SIGNATURE) {
    throw new ZipError('is not where the directory says', { rule: 'archive.entry', evidence: `offset ${entry.offset}` })
  }
  const nameEnd = at + LOCAL_LENGTH + bytes.readUInt16LE(at + 26)
  const start = nameEnd + bytes.readUInt16LE(at + 28)
  const end = start + packed
  if (end > bytes.length) throw new ZipError('is cut off', { rule: 'archive.entry' })
  if (method !== 0 && method !== 8) {
    throw new ZipError(`is compressed by method ${method}; phones read 0 and 8`, { rule: 'archive.method' })
  }
  const data = bytes.subarray(start, end)
  const content = method === 0 ? data : inflate(data, size)
  if (content.length !== size) {
    throw new ZipError(`has ${content.length} bytes, not ${size} as the directory says`, { rule: 'archive.entry' })
  }
  const crc = crc32(content)
  if (crc !== entry.crc) {
    throw new ZipError('is damaged (checksum)', {
      rule: 'archive.entry',
      evidence: `CRC-32 stated ${hex(entry.crc)}, found ${hex(crc)}`,
    })
  }
  return { content, differs: compareLocal(bytes, at, nameEnd, entry) }
}

function compareLocal(bytes: Buffer, at: number, nameEnd: number, entry: ArchiveEntry): ReadEntry['differs'] {
  const flags = bytes.readUInt16LE(at + 6)
  const method = bytes.readUInt16LE(at + 8)
  const found: { text: string; severity?: Severity }[] = []
  const { name } = decodeName(bytes.subarray(at + LOCAL_LENGTH, nameEnd))
  if (name !== entry.name) found.push({ text: `another name, ${JSON.stringify(name)},` })
  if (method !== entry.method) found.push({ text: `another method, ${method} rather than ${entry.method},` })
  // A streaming writer knows neither checksum nor sizes yet: they follow the content.
  const streamed = (flags & DESCRIPTOR_FLAG) !== 0
  const numbers = [
    ['checksum', bytes.readUInt32LE(at + 14), entry.crc],
    ['packed size', bytes.readUInt32LE(at + 18), entry.packed],
    ['size', bytes.readUInt32LE(at + 22), entry.size],
  ] as const
  for (const [what, local, stated] of numbers) {
    if (local === stated || local === MAX32 || (streamed && local === 0)) continue
    found.push({ text: `another ${what}, ${local} rather than ${stated},` })
  }
  if (((flags ^ entry.flags) & ENCRYPTED) !== 0) found.push({ text: 'an encryption flag' })
  else if (((flags ^ entry.flags) & (DESCRIPTOR_FLAG | 0x800)) !== 0) {
    found.push({ text: `other flags, ${hex(flags)} rather than ${hex(entry.flags)},`, severity: 'refused-by-some' })
  }
  return found
}

function inflate(data: Buffer, size: number): Buffer {
  if (size > data.length * MAX_RATIO) {
    throw new ZipError(`states ${size} bytes, more than its ${data.length} packed bytes can hold`, {
      rule: 'archive.entry',
    })
  }
  try {
    // One byte more than stated, so that a longer stream is noticed, and no more. One chunk of exactly that size saves
    // zlib's usual 16 KB of memory for each file, and joining them.
    return inflateRawSync(data, { maxOutputLength: size + 1, chunkSize: Math.max(64, size + 1) })
  } catch (error) {
    const longer = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new ZipError(longer ? `unpacks to more than the ${size} bytes that are stated` : 'cannot be unpacked', {
      rule: 'archive.entry',
      evidence: longer ? undefined : (error as Error).message,
    })
  }
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
