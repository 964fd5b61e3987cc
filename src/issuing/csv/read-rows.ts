import type { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { CsvFile } from './inspect.js'
import { hasStrayQuote } from './stray-quote.js'
import { leadingBreaks, lineBreaks, TextSource } from './text-source.js'

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
  /** Bytes of the file up to here: for progress. */
  readonly bytesRead: number
}

/** A record longer than this, in characters, is taken for a quote that was never closed. */
const MAX_RECORD = 100_000
/** Bytes that the parser is fed at a time, at first and in the end: what it read ahead is read again after a failure. */
const FIRST_PIECE = 512
const PIECE = 32 * 1024
const QUOTE = 0x22

/**
 * The records of a CSV file in batches, the header first. A stray quote does not swallow the rest of the file: the line
 * it stands on is given as broken, and reading starts again after it.
 */
export async function* readRows(file: CsvFile, batchSize: number): AsyncGenerator<CsvBatch> {
  const source = new TextSource(file)
  let rows: CsvRow[] = []
  let line = 1
  try {
    for await (const record of readRecords(source, file.delimiter)) {
      const { text } = record
      const empty = leadingBreaks(text)
      const start = line + empty.lines
      line += lineBreaks(text)
      if ('cells' in record) rows.push({ line: start, cells: record.cells })
      else rows.push({ line: start, cells: [withoutBreaks(text)], broken: record.broken })
      if (rows.length >= batchSize) {
        yield { rows, bytesRead: source.bytesTaken }
        rows = []
      }
    }
  } finally {
    source.close()
  }
  if (rows.length > 0) yield { rows, bytesRead: source.bytesTaken }
}

/** A record with the text it was read from: empty lines before it and its line break included. */
type SourceRecord =
  | { readonly text: Buffer; readonly cells: readonly string[] }
  | { readonly text: Buffer; readonly broken: string }

/** Everything up to the end of the file, with a new parser after each line that the last one stumbled on. */
async function* readRecords(source: TextSource, delimiter: string): AsyncGenerator<SourceRecord> {
  while (yield* readProper(source, delimiter)) {
    const text = await source.takeLine()
    const long = text.length > MAX_RECORD && !text.includes(QUOTE)
    const broken = long ? `is longer than ${MAX_RECORD} characters` : 'has a quote that is not closed or not doubled'
    yield { text, broken }
  }
}

interface ParsedRecord {
  /** `bytes`: where the record ends, counted from the first byte that the parser was given. */
  readonly info: { readonly bytes: number }
  readonly record: string[]
}

/** Reads as long as all is well. @returns false at the end of the file, true when the next line is broken. */
async function* readProper(source: TextSource, delimiter: string): AsyncGenerator<SourceRecord, boolean> {
  // The parser runs ahead: what it had parsed before a failure still comes, and only then does reading break off.
  let failedAfter = Number.POSITIVE_INFINITY
  const parser = parse({
    delimiter,
    // Named, since the parser would otherwise go by the first line, and files are put together from several.
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_RECORD,
    on_skip: (error) => {
      failedAfter = Math.min(failedAfter, Number(error?.records ?? 0))
      return undefined
    },
  })
  let failure: unknown
  parser.on('error', (error) => {
    failure = error
  })
  let records = 0
  let fed = 0
  let size = FIRST_PIECE
  let taken = 0
  try {
    while (true) {
      const parsed = parser.read() as ParsedRecord | null
      if (failure !== undefined) throw failure
      if (records >= failedAfter) return true
      if (parsed) {
        const text = source.held.subarray(0, parsed.info.bytes - taken)
        if (text.includes(QUOTE) && hasStrayQuote(withoutBreaks(text), delimiter)) return true
        source.take(text.length)
        taken += text.length
        records++
        yield { text, cells: parsed.record }
      } else if (fed - taken < source.held.length || (await source.more())) {
        const piece = source.held.subarray(fed - taken, fed - taken + size)
        fed += piece.length
        size = Math.min(size * 2, PIECE)
        if (piece.length > 0) parser.write(piece)
      } else if (!parser.writableEnded) parser.end()
      else if (parser.readableEnded || parser.destroyed) return false
      else await moreOrEnd(parser)
    }
  } finally {
    parser.destroy()
  }
}

/** Waits until there is more to read or nothing will come. */
function moreOrEnd(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('readable', settle).off('end', settle).off('error', settle)
      resolve()
    }
    stream.on('readable', settle).on('end', settle).on('error', settle)
  })
}

/** Text without the line breaks before and the one after it. */
function withoutBreaks(text: Buffer): string {
  return text.toString('utf8', leadingBreaks(text).bytes).replace(/(?:\r\n|\n|\r)$/, '')
}
