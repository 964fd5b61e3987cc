import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writevSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toFileError } from '../jobs/file-errors.js'
import type { SignedPass } from '../signing/archive/pass-archive.js'
import { cardPath } from './serials.js'

/** A folder of cards, `ab/SERIAL.pkpass`. Files appear whole or not at all. */
export class CardFolder {
  readonly dir: string
  readonly #shards = new Set<string>()

  constructor(dir: string) {
    this.dir = dir
  }

  pathOf(serial: string): string {
    return join(this.dir, cardPath(serial))
  }

  /** Whether the card's file is there and was written at that time (epoch milliseconds) or later. */
  hasSince(serial: string, time: number): boolean {
    const found = statSync(this.pathOf(serial), { throwIfNoEntry: false })
    return found !== undefined && found.mtimeMs >= time
  }

  /** @throws AppError DISK_FULL, OUTPUT_UNWRITABLE */
  write(serial: string, pass: SignedPass): void {
    const path = this.pathOf(serial)
    const shard = dirname(path)
    // The same name each time, so that what a kill leaves behind is overwritten when the run is continued.
    const temporary = join(shard, `.${path.slice(shard.length + 1)}.tmp`)
    try {
      if (!this.#shards.has(shard)) {
        mkdirSync(shard, { recursive: true })
        this.#shards.add(shard)
      }
      writeWhole(temporary, pass)
      renameSync(temporary, path)
    } catch (error) {
      removeIfThere(temporary)
      throw toFileError(error, path)
    }
  }
}

/** Tidies up after a failure, which is what will be reported. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The folder itself is missing or is none.
  }
}

function writeWhole(path: string, { head, tail }: SignedPass): void {
  const fd = openSync(path, 'w')
  try {
    const total = head.length + tail.length
    let written = writevSync(fd, [head, tail])
    while (written < total) {
      const rest = written < head.length ? [head.subarray(written), tail] : [tail.subarray(written - head.length)]
      written += writevSync(fd, rest)
    }
  } finally {
    closeSync(fd)
  }
}
