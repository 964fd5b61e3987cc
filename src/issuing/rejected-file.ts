import { existsSync, renameSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { AppendFile } from '../jobs/append-file.js'
import { byteOrderMark, createEncoder } from './csv/encoding.js'
import type { CsvFile } from './csv/inspect.js'
import type { CsvRow } from './csv/read-rows.js'
import { REASON_COLUMN } from './mapping.js'

/** The reason of a row that has not as many cells as the header. */
const COLUMNS_REASON = /^the row has \d+ columns?, the header has \d+$/

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
    if (this.#file.length === 0) {
      const mark = this.#source.marked ? byteOrderMark(this.#source.encoding) : Buffer.alloc(0)
      this.#file.append(mark, this.#line(this.#without(this.#header), REASON_COLUMN))
    }
    const reason = reasons.join('; ')
    if (row.broken === undefined) this.#file.append(this.#line(this.#without(row.cells), reason))
    else this.#file.append(this.#brokenLine(row.cells[0] ?? '', reason))
  }

  /** The cells without the reason for which they were rejected before. */
  #without(cells: readonly string[]): readonly string[] {
    const old = this.#header.indexOf(REASON_COLUMN)
    if (old < 0) return cells
    if (cells.length === this.#header.length) return cells.toSpliced(old, 1)
    // With cells missing or too many the reason is still the last one, unless somebody took it away.
    return COLUMNS_REASON.test(cells.at(-1) ?? '') ? cells.slice(0, -1) : cells
  }

  #line(cells: readonly string[], last: string): Buffer {
    return this.#encode(stringify([[...cells, last]], { delimiter: this.#source.delimiter, quoted_match: /\r/ }))
  }

  /**
   * A line that is no proper record goes back as it stands, since quoting it again would hide what is wrong with it. Its
   * reason follows, so that it has as many columns as the header once the quote is put right.
   */
  #brokenLine(line: string, reason: string): Buffer {
    const { delimiter } = this.#source
    const last = delimiter + stringify([[reason]], { delimiter }).trimEnd()
    return this.#encode(`${line.endsWith(last) ? line : line + last}\n`)
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
