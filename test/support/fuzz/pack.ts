import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of an archive, which may say of itself what is not so. */
export interface PackedEntry {
  readonly name: string
  readonly content: Buffer
  readonly stored?: boolean
  /** In front of the content, where that is another name than in the directory. */
  readonly localName?: string
  /** Begins where the entry of this index begins. */
  readonly sharesWith?: number
  /** Overrides in the directory: offset in the record -> number of 32 bits. */
  readonly says?: Readonly<Record<number, number>>
  readonly flags?: number
  readonly method?: number
}

/** A zip archive in which names may repeat and records may lie. */
export function packEntries(entries: readonly PackedEntry[], comment: Buffer = Buffer.alloc(0)): Buffer {
  const locals: Buffer[] = []
  const records: Buffer[] = []
  const starts: number[] = []
  let offset = 0
  for (const entry of entries) {
    const { content, stored = false, flags = 0x0800, method = stored ? 0 : 8 } = entry
    const data = stored ? content : deflateRawSync(content)
    const name = Buffer.from(entry.name)
    const localName = Buffer.from(entry.localName ?? entry.name)
    const start = starts[entry.sharesWith ?? -1] ?? offset
    starts.push(start)
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(20, 4)
    record.writeUInt16LE(20, 6)
    record.writeUInt16LE(flags, 8)
    record.writeUInt16LE(method, 10)
    record.writeUInt32LE(crc32(content), 16)
    record.writeUInt32LE(data.length, 20)
    record.writeUInt32LE(content.length, 24)
    record.writeUInt16LE(name.length, 28)
    record.writeUInt32LE(start, 42)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    record.copy(local, 4, 6, 30)
    local.writeUInt16LE(localName.length, 26)
    for (const [at, value] of Object.entries(entry.says ?? {})) record.writeUInt32LE(value >>> 0, Number(at))
    records.push(record, name)
    if (start !== offset) continue
    locals.push(local, localName, data)
    offset += local.length + localName.length + data.length
  }
  const directory = Buffer.concat(records)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, directory, end, comment])
}
