import { existsSync, renameSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { AppendFile } from '../jobs/append-file.js'
import { byteOrderMark, createEncoder } from './csv/encoding.js'
import type { CsvFile } from './csv/inspect.js'
import type { CsvRow } from './csv/read-rows.js'
import { REASON_COLUMN } from './mapping.js'

/** `members.csv` -> `members.rejected.csv` beside it. */
export function rejectedPath(csv: string): string {
  const extension = extname(csv) || '.csv'
  return join(dirname(csv), `${basename(csv, extname(csv))}.rejected${extension}`)
}

/**
 * The rows that could not be issued, as they were, in the encoding and with the delimiter of the file they came from,
 * each with its reasons in a last column. Fix them and issue this file.
 */
export class RejectedFile {
  readonly #file: AppendFile
  readonly #source: CsvFile
  readonly #header: readonly string[]
  readonly #encode: (text: string) => Buffer

  constructor(source: CsvFile, { header, path, length }: { header: readonly string[]; path: string; length: number }) {
    this.#source = source
    this.#header = header
    this.#encode = createEncoder(source.encoding)
    this.#file = AppendFile.open(path, length)
  }

  get length(): number {
    return this.#file.length
  }

  add(row: CsvRow, reasons: readonly string[]): void {
    if (this.#file.length === 0)
      this.#file.append(byteOrderMark(this.#source.encoding), this.#line([...this.#header], REASON_COLUMN))
    const reason = reasons.join('; ')
    // A line that is no proper record goes back as it stands: quoting it again would hide what is wrong with it.
    if (row.broken === undefined) this.#file.append(this.#line(row.cells, reason))
    else this.#file.append(this.#encode(`${row.cells[0] ?? ''}\n`))
  }

  #line(cells: readonly string[], last: string): Buffer {
    const kept = [...cells]
    const old = this.#header.indexOf(REASON_COLUMN)
    if (old >= 0 && old < kept.length) kept.splice(old, 1)
    return this.#encode(stringify([[...kept, last]], { delimiter: this.#source.delimiter }))
  }

  /** Gives the file its name, keeping an older one that may hold somebody's fixes. @returns undefined when empty. */
  finish(): string | undefined {
    if (this.#file.length === 0) {
      this.#file.discard()
      return undefined
    }
    if (existsSync(this.#file.path)) renameSync(this.#file.path, `${this.#file.path}.old`)
    this.#file.finish()
    return this.#file.path
  }

  stop(): void {
    this.#file.close()
  }
}
