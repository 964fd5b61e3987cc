import { crc32, inflateRawSync } from 'node:zlib'
import type { Findings } from './findings.js'
import { problemOfName } from './zip-names.js'

/** What a pass may cost to open. Apple's largest samples are below a megabyte. */
export interface ZipLimits {
  readonly entries: number
  /** Uncompressed bytes of one file, and of all together. */
  readonly entryBytes: number
  readonly totalBytes: number
}

export const ZIP_LIMITS: ZipLimits = { entries: 2000, entryBytes: 32 * 1024 * 1024, totalBytes: 128 * 1024 * 1024 }

/** The bytes are no zip archive that can be read. */
export class ZipError extends Error {
  override readonly name = 'ZipError'
}

const END_SIGNATURE = 0x06054b50
const CENTRAL_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_LENGTH = 22
const CENTRAL_LENGTH = 46
const LOCAL_LENGTH = 30

interface Entry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/**
 * Reads an archive from strangers: every offset and size is checked, names are checked, sizes are limited, checksums
 * compared. Files that cannot be read are reported and left out.
 * @returns path -> content, in the order of the central directory.
 * @throws {ZipError} when it is not an archive at all.
 */
export function readZip(
  bytes: Uint8Array,
  { findings, limits = ZIP_LIMITS }: { findings: Findings; limits?: ZipLimits },
): Map<string, Uint8Array> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(archive, limits)
  const files = new Map<string, Uint8Array>()
  const seen = new Set<string>()
  const spans: { start: number; end: number; name: string }[] = []
  let total = 0
  for (const entry of entries) {
    const { name } = entry
    const problem = problemOfName(name, seen)
    if (problem !== undefined) {
      findings.add(seen.has(name) ? 'archive.name-twice' : 'archive.name', {
        file: name,
        message: `${capital(problem)}: ${JSON.stringify(name)}.`,
      })
      seen.add(name)
      continue
    }
    seen.add(name)
    if (name.endsWith('/')) {
      if (entry.size > 0) findings.add('archive.entry', { file: name, message: `The folder ${name} has content.` })
      continue
    }
    total += entry.size
    if (entry.size > limits.entryBytes || total > limits.totalBytes) {
      findings.add('archive.size', {
        file: name,
        message: `${name} unpacks to more than is sensible for a pass.`,
        evidence: `${entry.size} bytes`,
      })
      continue
    }
    try {
      const { content, span } = readEntry(archive, entry)
      files.set(name, content)
      spans.push({ ...span, name })
    } catch (error) {
      if (!(error instanceof ZipError)) throw error
      findings.add('archive.entry', { file: name, message: `${name} ${error.message}.` })
    }
  }
  reportOverlaps(spans, findings)
  return files
}

function readDirectory(archive: Buffer, limits: ZipLimits): Entry[] {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  const size = archive.readUInt32LE(end + 12)
  const start = archive.readUInt32LE(end + 16)
  if (archive.readUInt16LE(end + 4) !== 0 || archive.readUInt16LE(end + 6) !== 0) {
    throw new ZipError('the archive is one part of several')
  }
  if (count === 0xffff || start === 0xffffffff) throw new ZipError('the archive is a zip64, which phones do not read')
  if (count > limits.entries) throw new ZipError(`the archive has ${count} files`)
  if (start + size > end) throw new ZipError('the directory of the archive lies outside of it')
  const entries: Entry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL_LENGTH > end || archive.readUInt32LE(at) !== CENTRAL_SIGNATURE) {
      throw new ZipError('the directory of the archive is damaged')
    }
    const nameLength = archive.readUInt16LE(at + 28)
    const next = at + CENTRAL_LENGTH + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
    if (next > end) throw new ZipError('the directory of the archive is damaged')
    entries.push({
      name: decodeName(archive.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength)),
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    })
    at = next
  }
  return entries
}

/** The end record is last, behind it only a comment whose length it states. */
function findEnd(archive: Buffer): number {
  const earliest = Math.max(0, archive.length - END_LENGTH - 0xffff)
  for (let at = archive.length - END_LENGTH; at >= earliest; at--) {
    if (archive.readUInt32LE(at) !== END_SIGNATURE) continue
    if (at + END_LENGTH + archive.readUInt16LE(at + 20) === archive.length) return at
  }
  throw new ZipError('this is not a zip archive, or its end is missing')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** UTF-8 whatever the flag says, as most writers do it; else byte by byte, so that the name can at least be shown. */
function decodeName(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

interface ReadEntry {
  readonly content: Uint8Array
  readonly span: { readonly start: number; readonly end: number }
}

function readEntry(archive: Buffer, entry: Entry): ReadEntry {
  const { offset, packed, size, method, flags } = entry
  if ((flags & 1) !== 0) throw new ZipError('is encrypted')
  if (offset + LOCAL_LENGTH > archive.length || archive.readUInt32LE(offset) !== LOCAL_SIGNATURE) {
    throw new ZipError('is not where the directory says')
  }
  const nameLength = archive.readUInt16LE(offset + 26)
  const start = offset + LOCAL_LENGTH + nameLength + archive.readUInt16LE(offset + 28)
  const end = start + packed
  if (end > archive.length) throw new ZipError('is cut off')
  const localName = archive.subarray(offset + LOCAL_LENGTH, offset + LOCAL_LENGTH + nameLength)
  if (decodeName(localName) !== entry.name) throw new ZipError('has another name in front of its content')
  const data = archive.subarray(start, end)
  const content = method === 0 ? data : method === 8 ? inflate(data, size) : undefined
  if (content === undefined) throw new ZipError(`is compressed by method ${method}; phones read 0 and 8`)
  if (content.length !== size) throw new ZipError(`has ${content.length} bytes, not ${size} as the directory says`)
  if (crc32(content) !== entry.crc) throw new ZipError('is damaged (checksum)')
  return { content, span: { start: offset, end } }
}

function inflate(data: Buffer, size: number): Buffer {
  try {
    // One byte more than stated, so that a longer stream is noticed, and no more.
    return inflateRawSync(data, { maxOutputLength: size + 1 })
  } catch {
    throw new ZipError('cannot be unpacked')
  }
}

/** Overlapping entries are how zip bombs stay small; no honest writer makes them. */
function reportOverlaps(spans: { start: number; end: number; name: string }[], findings: Findings): void {
  spans.sort((a, b) => a.start - b.start)
  let end = 0
  for (const span of spans) {
    if (span.start < end)
      findings.add('archive.overlap', { file: span.name, message: `${span.name} shares bytes with another file.` })
    end = Math.max(end, span.end)
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
