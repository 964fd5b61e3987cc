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
import type { ArchiveChunk } from './sign-task.js'

/**
 * Lays out passes as stored entries of a zip file, ready to append. Each is copied before the next is asked for.
 *
 * @param count - how many passes come.
 * @param room - memory to lay them out in; new memory is taken when it is absent or too small.
 */
export function layOutEntries(
  passes: Iterable<{ readonly serial: string; readonly pass: SignedPass }>,
  { count, room }: { count: number; room?: SharedArrayBuffer | undefined },
): ArchiveChunk {
  let memory = room
  let bytes = Buffer.from(room ?? new SharedArrayBuffer(0))
  let at = 0
  const entries: { name: string; crc: number; size: number; at: number }[] = []
  for (const { serial, pass } of passes) {
    const entry = entryOf(`${fileNameOf(serial)}.pkpass`, pass.crc, pass.head.length + pass.tail.length)
    const size = localHeaderSize(entry) + entry.size
    if (memory === undefined || at + size > memory.byteLength) {
      // Passes of a design are much alike: the first tells about how much all need.
      memory = new SharedArrayBuffer(Math.max(2 * (at + size), Math.ceil(1.1 * size * count)))
      const larger = Buffer.from(memory)
      bytes.copy(larger, 0, 0, at)
      bytes = larger
    }
    entries.push({ name: entry.name.toString(), crc: entry.crc, size: entry.size, at })
    at = writeLocalHeader(bytes, at, entry)
    at += pass.head.copy(bytes, at)
    at += pass.tail.copy(bytes, at)
  }
  return { kind: 'archive', bytes: bytes.subarray(0, at), entries }
}

function entryOf(name: string, crc: number, size: number): ZipEntry {
  return { name: Buffer.from(name), crc, compressedSize: size, size, method: 0 }
}

/** The central directory records of entries that are written at `base` of a zip file. */
export function centralDirectory(entries: ArchiveChunk['entries'], base: number): Buffer {
  const records = entries.map(({ name, crc, size, at }) => ({ entry: entryOf(name, crc, size), offset: base + at }))
  const central = Buffer.alloc(records.reduce((sum, { entry, offset }) => sum + centralRecordSize(entry, offset), 0))
  let at = 0
  for (const { entry, offset } of records) at = writeCentralRecord(central, at, entry, offset)
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

  constructor(path: string, from: ArchiveCheckpoint | undefined) {
    this.path = path
    this.#data = AppendFile.open(path, from?.length ?? 0)
    this.#central = AppendFile.open(`${path}.central`, from?.central ?? 0)
    this.#count = from?.count ?? 0
  }

  append({ bytes, entries }: ArchiveChunk): void {
    const central = centralDirectory(entries, this.#data.length)
    this.#data.append(bytes)
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
