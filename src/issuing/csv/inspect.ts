import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AppError } from '../../kit/errors/index.js'
import { detectDelimiter } from './delimiter.js'
import { ByteTally, byteOrderMark, canEncode } from './encoding.js'

/** What is known of a CSV file before its rows are read. */
export interface CsvFile {
  readonly path: string
  readonly bytes: number
  /** sha-256 of the content, in hex: a resumed run must find the same file. */
  readonly sha256: string
  /** A label that TextDecoder knows. */
  readonly encoding: string
  readonly delimiter: string
  /** True when the file begins with a byte order mark: spreadsheets read UTF-8 by it. */
  readonly marked: boolean
  /** True when UTF-8 text has some bytes that are not: the rows with them are rejected. */
  readonly damaged: boolean
}

const SAMPLE = 256 * 1024

/**
 * Reads the whole file once (about 1 GB a second), so that the encoding is known for all of it and not guessed from
 * its beginning: the first Cyrillic name may come after 100,000 rows.
 *
 * @throws AppError CSV_UNREADABLE
 */
export async function inspectCsv(
  path: string,
  given: { encoding?: string | undefined; delimiter?: string | undefined } = {},
): Promise<CsvFile> {
  const hash = createHash('sha256')
  const tally = new ByteTally()
  const sample: Buffer[] = []
  let bytes = 0
  await assertFile(path)
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      tally.add(chunk)
      if (bytes < SAMPLE) sample.push(chunk.subarray(0, SAMPLE - bytes))
      bytes += chunk.length
    }
  } catch (error) {
    throw unreadable(path, error)
  }
  if (bytes === 0)
    throw new AppError('CSV_UNREADABLE', `${path} is empty`, { hints: ['Give a CSV with a header line.'] })
  const encoding = checkedEncoding(given.encoding) ?? tally.encoding()
  if (encoding === undefined) {
    throw new AppError('CSV_UNREADABLE', `${path} is not a text file: it has zero bytes in it`, {
      hints: ['Export the table as CSV (a spreadsheet file itself is not one).'],
    })
  }
  const first = Buffer.concat(sample)
  const start = new TextDecoder(encoding).decode(first, { stream: true })
  const mark = byteOrderMark(encoding)
  return {
    path,
    bytes,
    sha256: hash.digest('hex'),
    encoding,
    delimiter: checkedDelimiter(given.delimiter) ?? detectDelimiter(start),
    marked: mark.length > 0 && first.subarray(0, mark.length).equals(mark),
    damaged: encoding === 'utf-8' && !tally.validUtf8,
  }
}

/** A pipe or a device cannot be read twice; a run reads the file once to know it and once for its rows. */
async function assertFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  if (found.isFile() || found.isDirectory()) return
  throw new AppError('CSV_UNREADABLE', `cannot read ${path}: it is a pipe or a device`, {
    hints: ['Write the table to a file first, and name that file.'],
  })
}

function unreadable(path: string, error: unknown): AppError {
  const reason = error instanceof Error && 'code' in error ? reasonOf(String(error.code), error.message) : String(error)
  return new AppError('CSV_UNREADABLE', `cannot read ${path}: ${reason}`, { cause: error })
}

function reasonOf(code: string, message: string): string {
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'permission denied'
  return message
}

function checkedEncoding(label: string | undefined): string | undefined {
  if (label === undefined) return undefined
  // What people call it, where the WHATWG label differs.
  const alias = { cp1251: 'windows-1251', ansi: 'windows-1252', utf8: 'utf-8', utf16: 'utf-16le' }[label.toLowerCase()]
  let encoding: string | undefined
  try {
    encoding = new TextDecoder(alias ?? label).encoding
  } catch {
    // Reported below, as an encoding is that is known but could not be written back.
  }
  if (encoding !== undefined && canEncode(encoding)) return encoding
  throw new AppError('CSV_UNREADABLE', `"${label}" is not an encoding that can be read and written`, {
    hints: ['Use a name such as utf-8, windows-1251, windows-1252, koi8-r or utf-16le, or save the file as UTF-8.'],
  })
}

function checkedDelimiter(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  const delimiter = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|' }[given] ?? given
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter
  throw new AppError('CSV_UNREADABLE', `"${given}" cannot be a delimiter`, { hints: ['Use one character, or `tab`.'] })
}
