import { crc32, deflateRawSync } from 'node:zlib'
import {
  centralRecordSize,
  endRecords,
  localHeaderSize,
  writeCentralRecord,
  writeLocalHeader,
  type ZipEntry,
} from '../../src/signing/archive/zip-records.js'

/** A zip archive of files, names as they are given. */
export function zipFiles(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const data = deflateRawSync(bytes)
    const entry: ZipEntry = {
      name: Buffer.from(path),
      crc: crc32(bytes),
      compressedSize: data.length,
      size: bytes.length,
      method: 8,
    }
    const header = Buffer.alloc(localHeaderSize(entry))
    writeLocalHeader(header, 0, entry)
    const record = Buffer.alloc(centralRecordSize(entry, offset))
    writeCentralRecord(record, 0, entry, offset)
    parts.push(header, data)
    central.push(record)
    offset += header.length + data.length
  }
  const directory = Buffer.concat(central)
  return Buffer.concat([...parts, directory, endRecords(central.length, directory.length, offset)])
}
