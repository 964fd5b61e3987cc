import { type FileHandle, open } from 'node:fs/promises'
import { createFindings } from '../findings.js'
import { filesAmong } from './check-entries.js'
import { byOffset } from './layout.js'
import { ARCHIVE_FILE_LIMITS, type ZipLimits } from './limits.js'
import { beginsDirectory, directoryPlaces, type LocatedEnd, locateEnd } from './locate.js'
import { readEntry } from './read-entry.js'
import { type DirectoryEntry, LOCAL_LENGTH, readDirectory } from './records.js'
import { Report, reportShape } from './report.js'
import type { ArchiveEntry, ArchiveFile } from './types.js'
import { tooMany, unreadable } from './unreadable.js'
import { beginning, whatInstead } from './what-bytes.js'
import { ZipError } from './zip-error.js'

/** The end record, its longest comment and the zip64 records, with room for what was put behind them. */
const TAIL_BYTES = 256 * 1024
const HEAD_BYTES = 64 * 1024
/** A directory of a million entries has about 100 MB. */
const MAX_DIRECTORY_BYTES = 256 * 1024 * 1024
/** Extra fields of a local header are rarely longer; else it is read once more. */
const USUAL_EXTRA = 64

/**
 * Opens an archive of passes by its directory, without reading the rest. Memory: the directory, at most 256 MB, and
 * what `read` returns.
 *
 * @throws {ZipError} when it is no archive that can be read; what the file system says otherwise
 */
export async function openArchiveFile(path: string, limits: ZipLimits = ARCHIVE_FILE_LIMITS): Promise<ArchiveFile> {
  const file = await open(path)
  try {
    const findings = createFindings()
    const report = new Report(findings)
    const { size } = await file.stat()
    const directory = await loadDirectory(file, size, { limits, report })
    const overlapping = overlaps(directory)
    const entries = filesAmong(directory, report).filter((entry) => !overlapping.has(entry))
    for (const { name } of overlapping)
      report.add('archive.overlap', { file: name, message: `${name} shares bytes with another file.` })
    report.finish()
    return {
      entries: entries.map(plain),
      findings: findings.list,
      read: (entry) => readFrom(file, entry, limits),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/**
 * The content of one entry, for a worker thread that was sent the entry and opens the file itself.
 *
 * @throws {ZipError} as `ArchiveFile.read` does
 */
export async function readArchiveEntry(
  path: string,
  entry: ArchiveEntry,
  limits: ZipLimits = ARCHIVE_FILE_LIMITS,
): Promise<Uint8Array> {
  const file = await open(path)
  try {
    return await readFrom(file, entry, limits)
  } finally {
    await file.close()
  }
}

interface Options {
  readonly limits: ZipLimits
  readonly report: Report
}

async function loadDirectory(file: FileHandle, size: number, { limits, report }: Options): Promise<DirectoryEntry[]> {
  const head = await readAt(file, 0, Math.min(size, HEAD_BYTES))
  const base = Math.max(0, size - TAIL_BYTES)
  const tail = await readAt(file, base, size - base)
  try {
    const located = locateEnd(tail, base)
    if (located === undefined) throw unreadable(head, size)
    const { record } = located
    const places = directoryPlaces(record)
    if (record.count > limits.entries) throw tooMany(record.count, limits)
    if (record.size > MAX_DIRECTORY_BYTES)
      throw new ZipError('the directory of the archive is too large', {
        rule: 'archive.too-many',
        evidence: `${record.size} bytes`,
      })
    let start = places[0]
    let bytes = await readAt(file, start, record.size)
    for (const place of places.slice(1)) {
      if (beginsDirectory(bytes, 0)) break
      start = place
      bytes = await readAt(file, start, record.size)
    }
    const { entries, length, zip64 } = readDirectory(bytes, record.count, start - record.start)
    const before = entries.reduce((least, { offset }) => Math.min(least, offset), entries.length === 0 ? 0 : start)
    const shape = { zip64: zip64 || record.zip64, before, uncounted: record.size - length }
    reportAround(shape, { located, head, tail }, report)
    return entries
  } catch (error) {
    if (!(error instanceof ZipError) || error.rule === 'archive.too-many') throw error
    throw whatInstead(head, size <= HEAD_BYTES) ?? error
  }
}

function reportAround(
  { zip64, before, uncounted }: { zip64: boolean; before: number; uncounted: number },
  { located, head, tail }: { located: LocatedEnd; head: Buffer; tail: Buffer },
  report: Report,
): void {
  const { trailing, ambiguous } = located
  const after = tail.subarray(tail.length - Math.max(0, trailing))
  // An archive of passes may be larger than 4 GB: it is not what phones open.
  const shape = { trailing, ambiguous, zip64: false, after, before, beforeText: beginning(head), uncounted }
  reportShape(shape, report)
  if (zip64) {
    report.add('archive.zip64', {
      message: 'The archive has zip64 records: phones do not open it, though the passes inside may be good.',
      severity: 'advice',
    })
  }
}

/** By what the directory says; local headers, which lie all over the file, are looked at when an entry is read. */
function overlaps(entries: readonly DirectoryEntry[]): Set<DirectoryEntry> {
  const found = new Set<DirectoryEntry>()
  let end = 0
  for (const entry of byOffset(entries)) {
    if (entry.offset < end) found.add(entry)
    end = Math.max(end, entry.offset + LOCAL_LENGTH + entry.packed)
  }
  return found
}

async function readFrom(file: FileHandle, entry: ArchiveEntry, limits: ZipLimits): Promise<Uint8Array> {
  const { name, packed, size, offset } = entry
  if (size > limits.entryBytes || packed > limits.entryBytes + HEAD_BYTES) {
    const evidence = `${Math.max(size, packed)} bytes`
    throw new ZipError('unpacks to more than is sensible for a pass', { rule: 'archive.size', evidence })
  }
  const { size: fileSize } = await file.stat()
  // What a directory claims is believed only as far as the file goes.
  const room = Math.max(0, fileSize - offset)
  const usual = LOCAL_LENGTH + Buffer.byteLength(name) + USUAL_EXTRA + packed
  let bytes = await readAt(file, offset, Math.min(room, usual))
  if (bytes.length >= LOCAL_LENGTH) {
    const whole = LOCAL_LENGTH + bytes.readUInt16LE(26) + bytes.readUInt16LE(28) + packed
    if (whole > bytes.length) bytes = await readAt(file, offset, Math.min(room, whole))
  }
  const { content, differs } = readEntry(bytes, 0, entry)
  const [first] = differs
  if (first !== undefined && first.severity === undefined)
    throw new ZipError(`has ${first.text} in front of its content`, { rule: 'archive.header-mismatch' })
  return content
}

/** Fewer bytes than asked for where the file ends. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

function plain({ name, size, packed, method, crc, flags, offset }: DirectoryEntry): ArchiveEntry {
  return { name, size, packed, method, crc, flags, offset }
}
