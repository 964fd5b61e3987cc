import { createReadStream } from 'node:fs'
import { type Readable, Transform, type TransformCallback } from 'node:stream'
import { TextDecoder } from 'node:util'
import { parse } from 'csv-parse'
import { AppError } from '../../kit/errors/index.js'
import type { CsvFile } from './inspect.js'

/** One record of the file. */
export interface CsvRow {
  /** Number of the physical line on which the record starts; the header is on line 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Set when the record is no proper CSV: why. Then `cells` holds the physical line as it stands. */
  readonly broken?: string
}

export interface CsvBatch {
  readonly rows: readonly CsvRow[]
  /** Bytes of the file read so far: for progress. */
  readonly bytesRead: number
}

/** A record longer than this, in characters, is taken for a quote that was never closed. */
const MAX_RECORD = 100_000
/** A file with more broken quotes than this is not worth going on with. */
const MAX_RESTARTS = 1000

/**
 * The records of a CSV file in batches, the header first. A stray quote does not swallow the rest of the file: the line
 * it stands on is given as broken, and reading starts again after it.
 *
 * @throws AppError CSV_UNREADABLE
 */
export async function* readRows(file: CsvFile, batchSize: number): AsyncGenerator<CsvBatch> {
  let from = 1
  for (let restarts = 0; ; restarts++) {
    const brokenAt = yield* readFrom(file, { from, batchSize })
    if (brokenAt === undefined) return
    if (restarts === MAX_RESTARTS) {
      throw new AppError('CSV_UNREADABLE', `${file.path} line ${brokenAt}: too many rows with stray quotes`, {
        hints: ['Export the file again with quotes doubled inside quoted fields, or give the right --delimiter.'],
      })
    }
    from = brokenAt + 1
  }
}

interface ParsedRecord {
  readonly info: { readonly lines: number; readonly records: number }
  readonly record: string[]
  readonly raw: string
}

/** Reads from a physical line on. Returns the line of a stray quote, or undefined at the end of the file. */
async function* readFrom(
  file: CsvFile,
  { from, batchSize }: { from: number; batchSize: number },
): AsyncGenerator<CsvBatch, number | undefined> {
  const source = createReadStream(file.path, { highWaterMark: 256 * 1024 })
  const lines = new LineSkipper(file.encoding, from)
  // The parser runs ahead: what it had parsed before a failure still comes, and only then does reading break off.
  let failedAfter = Number.POSITIVE_INFINITY
  let records = 0
  const parser = parse({
    delimiter: file.delimiter,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_RECORD,
    on_skip: (error) => {
      failedAfter = Math.min(failedAfter, Number(error?.['records'] ?? 0))
      return undefined
    },
  })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(lines).pipe(parser)
  let lastLine = from - 1
  let rows: CsvRow[] = []
  try {
    while (true) {
      const parsed = parser.read() as ParsedRecord | null
      if (parsed && records < failedAfter) {
        const end = from - 1 + parsed.info.lines
        if (hasStrayQuote(parsed)) failedAfter = records
        else {
          rows.push({ line: end - lineBreaksIn(parsed.record, end - lastLine), cells: parsed.record })
          lastLine = end
          records++
        }
      }
      if (records >= failedAfter) {
        source.destroy()
        const broken = await physicalLine(file, lastLine + 1)
        rows.push({ line: broken.line, cells: [broken.text], broken: 'has a quote that is not closed or not doubled' })
        yield { rows, bytesRead: source.bytesRead }
        return broken.line
      }
      if (rows.length >= batchSize) {
        yield { rows, bytesRead: source.bytesRead }
        rows = []
      }
      if (parsed) continue
      if (parser.readableEnded || parser.destroyed) break
      await moreOrEnd(parser)
    }
  } finally {
    source.destroy()
    parser.destroy()
  }
  if (rows.length > 0) yield { rows, bytesRead: source.bytesRead }
  return undefined
}

/** Waits until there is more to read or nothing will come; rejects when the stream failed. */
function moreOrEnd(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      stream.off('readable', settle).off('end', settle).off('error', settle)
      if (error) reject(error)
      else resolve()
    }
    stream.on('readable', settle).on('end', settle).on('error', settle)
  })
}

/**
 * Relaxed parsing keeps quotes that do not enclose a whole field as they are, which is right for `5" pipe` and wrong
 * where a field starts with one: it was meant to enclose. A properly doubled leading quote reads `"""` in the file.
 */
function hasStrayQuote({ record, raw }: ParsedRecord): boolean {
  for (const cell of record) if (cell.charCodeAt(0) === 0x22 && !raw.includes('"""')) return true
  return false
}

function lineBreaksIn(cells: readonly string[], lines: number): number {
  if (lines <= 1) return 0
  let breaks = 0
  for (const cell of cells) breaks += cell.split(/\r\n|\n|\r/).length - 1
  return breaks
}

/** Decodes to UTF-8, drops a byte order mark and everything before a given line. */
class LineSkipper extends Transform {
  readonly #decoder: TextDecoder | undefined
  #skip: number
  #first = true

  constructor(encoding: string, from: number) {
    super()
    this.#decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding)
    this.#skip = from - 1
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    let text: Buffer = this.#decoder ? Buffer.from(this.#decoder.decode(chunk, { stream: true }), 'utf8') : chunk
    if (this.#first && text.length >= 3) {
      this.#first = false
      if (text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf) text = text.subarray(3)
    }
    while (this.#skip > 0) {
      const end = text.indexOf(0x0a)
      if (end < 0) {
        done()
        return
      }
      text = text.subarray(end + 1)
      this.#skip--
    }
    done(null, text)
  }

  override _flush(done: TransformCallback): void {
    const rest = this.#decoder?.decode() ?? ''
    done(null, this.#skip > 0 ? '' : rest)
  }
}

/** The first line at or after `line` that is not empty, without its line break. */
async function physicalLine(file: CsvFile, line: number): Promise<{ line: number; text: string }> {
  const source = createReadStream(file.path, { highWaterMark: 256 * 1024 })
  const text = new TextDecoder()
  let rest = ''
  let number = line
  try {
    for await (const chunk of source.pipe(new LineSkipper(file.encoding, line)) as AsyncIterable<Buffer>) {
      rest += text.decode(chunk, { stream: true })
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const found = rest.slice(0, end).replace(/\r$/, '')
        if (found !== '') return { line: number, text: found }
        rest = rest.slice(end + 1)
        number++
      }
    }
  } finally {
    source.destroy()
  }
  return { line: number, text: rest }
}
