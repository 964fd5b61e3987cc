import { LOCAL_LENGTH, LOCAL_SIGNATURE } from './records.js'
import type { ArchiveEntry } from './types.js'

const DESCRIPTOR_SIGNATURE = 0x08074b50
const DESCRIPTOR_FLAG = 8

export interface Layout<Entry> {
  /** Entries that begin inside of an earlier one: not to be unpacked. */
  readonly overlapping: ReadonlySet<Entry>
  readonly gaps: readonly { readonly at: number; readonly length: number; readonly file: boolean }[]
}

/**
 * Who lies where. Since entries that share bytes are left out, no byte of an archive is unpacked twice, whatever its
 * directory says.
 *
 * @param end - where the directory begins
 */
export function layOut<Entry extends ArchiveEntry>(
  bytes: Buffer,
  entries: readonly Entry[],
  end: number,
): Layout<Entry> {
  const overlapping = new Set<Entry>()
  const gaps: { at: number; length: number; file: boolean }[] = []
  let cursor = entries.length === 0 ? end : undefined
  for (const entry of byOffset(entries)) {
    const { offset } = entry
    if (cursor !== undefined && offset < cursor) overlapping.add(entry)
    else if (cursor !== undefined && offset > cursor) gaps.push(gap(bytes, cursor, Math.min(offset, end)))
    cursor = Math.max(cursor ?? 0, endOf(bytes, entry))
  }
  if (cursor !== undefined && cursor < end) gaps.push(gap(bytes, cursor, end))
  return { overlapping, gaps: gaps.filter(({ length }) => length > 0) }
}

export function byOffset<Entry extends ArchiveEntry>(entries: readonly Entry[]): readonly Entry[] {
  const sorted = entries.every((entry, index) => index === 0 || entry.offset >= (entries[index - 1]?.offset ?? 0))
  return sorted ? entries : [...entries].sort((a, b) => a.offset - b.offset)
}

function gap(bytes: Buffer, at: number, end: number) {
  return { at, length: end - at, file: at + 4 <= bytes.length && bytes.readUInt32LE(at) === LOCAL_SIGNATURE }
}

/** Where an entry ends, its data descriptor included. Where there is no header, the least it would take. */
function endOf(bytes: Buffer, { offset, packed, crc }: ArchiveEntry): number {
  if (offset + LOCAL_LENGTH > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_SIGNATURE) return offset + 1
  const end = offset + LOCAL_LENGTH + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28) + packed
  return (bytes.readUInt16LE(offset + 6) & DESCRIPTOR_FLAG) === 0 ? end : descriptorEnd(bytes, end, crc)
}

/** A data descriptor has 12 bytes, or 20 with zip64 sizes, and perhaps a signature in front. */
function descriptorEnd(bytes: Buffer, at: number, crc: number): number {
  if (at + 16 > bytes.length) return at
  const crcAt = bytes.readUInt32LE(at) === DESCRIPTOR_SIGNATURE ? at + 4 : at
  if (bytes.readUInt32LE(crcAt) !== crc) return at
  // With 8-byte sizes another record follows the longer form rather than the shorter one.
  const isRecord = (place: number): boolean => place + 2 <= bytes.length && bytes.readUInt16LE(place) === 0x4b50
  return !isRecord(crcAt + 12) && isRecord(crcAt + 20) ? crcAt + 20 : crcAt + 12
}
