import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { AppendFile } from '../jobs/append-file.js'
import type { SignedPass } from '../signing/archive/pass-archive.js'
import {
  centralRecordSize,
  endRecords,
  localHeaderSize,
  writeCentralRecord,
  writeLocalHeader,
  type ZipEntry,
} from '../signing/archive/zip-records.js'
import { fileNameOf } from './serials.js'
import type { ArchiveChunk, ArchiveEntry } from './sign-task.js'

/** Names the shared parts of passes, and knows which have been sent on. */
export class SharedHeads {
  readonly #names = new Map<Buffer, string>()

  /** @returns the head's name, and the head itself the first time it is asked for. */
  nameOf(head: Buffer): { readonly name: string; readonly fresh: boolean } {
    const known = this.#names.get(head)
    if (known !== undefined) return { name: known, fresh: false }
    const name = hash('sha1', head)
    this.#names.set(head, name)
    return { name, fresh: true }
  }
}

/**
 * Lays out passes as stored entries of a zip file. Each is copied before the next is asked for.
 *
 * @param count - how many passes come.
 * @param room - memory to lay them out in; new memory is taken when it is absent or too small.
 */
export function layOutEntries(
  passes: Iterable<{ readonly serial: string; readonly pass: SignedPass }>,
  { count, heads: known, room }: { count: number; heads: SharedHeads; room?: SharedArrayBuffer | undefined },
): ArchiveChunk {
  let memory = room
  let bytes = Buffer.from(room ?? new SharedArrayBuffer(0))
  let at = 0
  const entries: ArchiveEntry[] = []
  const heads = new Map<string, Uint8Array>()
  for (const { serial, pass } of passes) {
    const entry = entryOf(`${fileNameOf(serial)}.pkpass`, pass.crc, pass.head.length + pass.tail.length)
    const size = localHeaderSize(entry) + pass.tail.length
    if (memory === undefined || at + size > memory.byteLength) {
      // Passes of a design are much alike: the first tells about how much all need.
      memory = new SharedArrayBuffer(Math.max(2 * (at + size), Math.ceil(1.1 * size * count)))
      const larger = Buffer.from(memory)
      bytes.copy(larger, 0, 0, at)
      bytes = larger
    }
    const { name: head, fresh } = known.nameOf(pass.head)
    if (fresh) heads.set(head, pass.head)
    const tailAt = writeLocalHeader(bytes, at, entry)
    entries.push({ name: entry.name.toString(), crc: entry.crc, size: entry.size, at, tailAt, head })
    at = tailAt + pass.tail.copy(bytes, tailAt)
  }
  return { kind: 'archive', bytes: bytes.subarray(0, at), entries, heads }
}

/** The bytes of a chunk in the order of the file. `heads` must hold every shared part that was ever sent. */
export function entryBytes({ bytes, entries }: ArchiveChunk, heads: ReadonlyMap<string, Uint8Array>): Uint8Array[] {
  return entries.flatMap(({ at, tailAt, head }, index) => {
    const shared = heads.get(head)
    if (shared === undefined) throw new RangeError(`the shared part ${head} was never sent`)
    return [bytes.subarray(at, tailAt), shared, bytes.subarray(tailAt, entries[index + 1]?.at ?? bytes.length)]
  })
}

function entryOf(name: string, crc: number, size: number): ZipEntry {
  return { name: Buffer.from(name), crc, compressedSize: size, size, method: 0 }
}

/** The central directory records of entries that are written one after the other from `base` of a zip file. */
export function centralDirectory(entries: readonly ArchiveEntry[], base: number): Buffer {
  let offset = base
  const records = entries.map(({ name, crc, size, at, tailAt }) => {
    const record = { entry: entryOf(name, crc, size), offset }
    offset += tailAt - at + size
    return record
  })
  const central = Buffer.alloc(records.reduce((sum, record) => sum + centralRecordSize(record.entry, record.offset), 0))
  let at = 0
  for (const record of records) at = writeCentralRecord(central, at, record.entry, record.offset)
  return central
}

/** How far an archive had come: lengths of its two growing files. */
export interface ArchiveCheckpoint {
  readonly length: number
  readonly central: number
  readonly count: number
}

/** Whether the growing files are still there that a checkpoint speaks of. */
export function archiveIntact(path: string, mark: ArchiveCheckpoint | null): boolean {
  if (mark === null) return true
  return AppendFile.covers(path, mark.length) && AppendFile.covers(`${path}.central`, mark.central)
}

/**
 * A zip file of cards that grows card by card and survives a kill: entries go to `FILE.partial`, their central
 * directory to `FILE.central.partial`; the end joins the two.
 */
export class CardArchive {
  readonly path: string
  readonly #data: AppendFile
  readonly #central: AppendFile
  #count: number
  readonly #heads = new Map<string, Uint8Array>()

  constructor(path: string, from: ArchiveCheckpoint | undefined) {
    this.path = path
    this.#data = AppendFile.open(path, from?.length ?? 0)
    this.#central = AppendFile.open(`${path}.central`, from?.central ?? 0)
    this.#count = from?.count ?? 0
  }

  append(chunk: ArchiveChunk): void {
    for (const [name, head] of chunk.heads) this.#heads.set(name, head)
    const { entries } = chunk
    const central = centralDirectory(entries, this.#data.length)
    this.#data.append(...entryBytes(chunk, this.#heads))
    this.#central.append(central)
    this.#count += entries.length
  }

  get checkpoint(): ArchiveCheckpoint {
    return { length: this.#data.length, central: this.#central.length, count: this.#count }
  }

  /** Writes the directory and gives the archive its name. */
  finish(): void {
    const offset = this.#data.length
    const central = readFileSync(this.#central.partialPath)
    this.#data.append(central, endRecords(this.#count, central.length, offset))
    this.#data.finish()
    this.#central.discard()
  }

  /** Leaves the partial files for a later run. */
  stop(): void {
    this.#data.close()
    this.#central.close()
  }
}
