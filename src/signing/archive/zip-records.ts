/**
 * The records of a zip file (PKWARE APPNOTE 6.3.10), written for speed: sizes and checksums are known before a byte is
 * written, so no data descriptors; every entry has the same time, so the same input gives the same bytes.
 */

export interface ZipEntry {
  readonly name: Buffer
  /** CRC-32 of the uncompressed data. */
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8
}

/** 1980-01-01 00:00: the zip epoch. */
const DOS_TIME = 0
const DOS_DATE = 0x0021
/** General purpose bit 11: names are UTF-8. */
const UTF8_NAMES = 0x0800
const MAX16 = 0xffff
const MAX32 = 0xffffffff

export function localHeaderSize(entry: Pick<ZipEntry, 'name'>): number {
  return 30 + entry.name.length
}

/** Writes a local file header at `at`. @returns the offset after it, where the data goes. */
export function writeLocalHeader(out: Buffer, at: number, entry: ZipEntry): number {
  out.writeUInt32LE(0x04034b50, at)
  out.writeUInt16LE(20, at + 4)
  writeCommon(out, at + 6, entry)
  out.writeUInt16LE(0, at + 28)
  entry.name.copy(out, at + 30)
  return at + 30 + entry.name.length
}

export function centralRecordSize(entry: Pick<ZipEntry, 'name'>, offset: number): number {
  return 46 + entry.name.length + (offset >= MAX32 ? 12 : 0)
}

/** Writes a central directory record for an entry whose local header is at `offset` of the file. */
export function writeCentralRecord(out: Buffer, at: number, entry: ZipEntry, offset: number): number {
  const zip64 = offset >= MAX32
  out.writeUInt32LE(0x02014b50, at)
  // Made by 3.0 on Unix, so that readers honour the file mode below.
  out.writeUInt16LE(0x031e, at + 4)
  out.writeUInt16LE(zip64 ? 45 : 20, at + 6)
  writeCommon(out, at + 8, entry)
  out.writeUInt16LE(zip64 ? 12 : 0, at + 30)
  out.writeUInt16LE(0, at + 32)
  out.writeUInt16LE(0, at + 34)
  out.writeUInt16LE(0, at + 36)
  // -rw-r--r-- of a regular file.
  out.writeUInt32LE((0o100644 << 16) >>> 0, at + 38)
  out.writeUInt32LE(zip64 ? MAX32 : offset, at + 42)
  entry.name.copy(out, at + 46)
  let end = at + 46 + entry.name.length
  if (zip64) {
    out.writeUInt16LE(0x0001, end)
    out.writeUInt16LE(8, end + 2)
    out.writeBigUInt64LE(BigInt(offset), end + 4)
    end += 12
  }
  return end
}

/** The fields that both headers share, from "general purpose bit flag" to "file name length". */
function writeCommon(out: Buffer, at: number, entry: ZipEntry): void {
  out.writeUInt16LE(UTF8_NAMES, at)
  out.writeUInt16LE(entry.method, at + 2)
  out.writeUInt16LE(DOS_TIME, at + 4)
  out.writeUInt16LE(DOS_DATE, at + 6)
  out.writeUInt32LE(entry.crc, at + 8)
  out.writeUInt32LE(entry.compressedSize, at + 12)
  out.writeUInt32LE(entry.size, at + 16)
  out.writeUInt16LE(entry.name.length, at + 20)
}

export const END_RECORD_SIZE = 22

/** Writes the end of central directory record of a small archive. */
export function writeEndRecord(out: Buffer, at: number, count: number, size: number, offset: number): number {
  out.writeUInt32LE(0x06054b50, at)
  out.writeUInt32LE(0, at + 4)
  out.writeUInt16LE(Math.min(count, MAX16), at + 8)
  out.writeUInt16LE(Math.min(count, MAX16), at + 10)
  out.writeUInt32LE(Math.min(size, MAX32), at + 12)
  out.writeUInt32LE(Math.min(offset, MAX32), at + 16)
  out.writeUInt16LE(0, at + 20)
  return at + END_RECORD_SIZE
}

/** The closing records of an archive of any size: with the zip64 records when a count or an offset needs them. */
export function endRecords(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(END_RECORD_SIZE)
  writeEndRecord(end, 0, count, size, offset)
  if (count < MAX16 && size < MAX32 && offset < MAX32) return end
  const zip64 = Buffer.alloc(56 + 20)
  zip64.writeUInt32LE(0x06064b50, 0)
  zip64.writeBigUInt64LE(44n, 4)
  zip64.writeUInt16LE(0x032d, 12)
  zip64.writeUInt16LE(45, 14)
  zip64.writeBigUInt64LE(BigInt(count), 24)
  zip64.writeBigUInt64LE(BigInt(count), 32)
  zip64.writeBigUInt64LE(BigInt(size), 40)
  zip64.writeBigUInt64LE(BigInt(offset), 48)
  zip64.writeUInt32LE(0x07064b50, 56)
  zip64.writeBigUInt64LE(BigInt(offset + size), 64)
  zip64.writeUInt32LE(1, 72)
  return Buffer.concat([zip64, end])
}
