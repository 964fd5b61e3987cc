import { AppError } from '../../../kit/errors/index.js'

/** A photo as LFW names it: number N of a person. */
export interface PairPhoto {
  readonly person: string
  readonly number: number
}

export interface Pair {
  /** From 0. */
  readonly fold: number
  readonly left: PairPhoto
  readonly right: PairPhoto
  /** Line in the file, from 1. */
  readonly line: number
}

export interface PairsFile {
  readonly folds: number
  readonly pairs: readonly Pair[]
}

export const isGenuine = ({ left, right }: Pair): boolean => left.person === right.person

/**
 * Reads LFW's `pairs.txt` (View 2: `folds`, `pairs of each kind`; http://vis-www.cs.umass.edu/lfw/README.txt) and
 * `pairsDevTrain.txt`, whose first line holds one number. Columns are apart by tabs, or by spaces where no tab is in the
 * line. Empty lines and a byte order mark are passed over.
 *
 * @param place - what the file is called in messages
 * @throws AppError FACES_PAIRS_UNREADABLE with the number of the line
 */
export function parsePairs(text: string, place: string): PairsFile {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ number: index + 1, columns: columnsOf(content) }))
    .filter(({ columns }) => columns.length > 0)
  const [header, ...rest] = lines
  const fail = (line: number, message: string): never => {
    throw new AppError('FACES_PAIRS_UNREADABLE', `${place} line ${line}: ${message}`, {
      details: { file: place, line },
    })
  }
  if (header === undefined) return fail(1, 'the file is empty.')
  const sizes = header.columns.map(wholeNumber)
  if (sizes.length > 2 || sizes.some((size) => size === undefined))
    return fail(header.number, 'it should hold the number of folds and of pairs of each kind, such as "10 300".')
  const [folds = 0, each = 0] = sizes.length === 1 ? [1, sizes[0]] : sizes
  const perFold = 2 * each
  const expected = folds * perFold
  const pairs = rest.map(({ number, columns }, index): Pair => {
    const fold = Math.min(folds - 1, Math.floor(index / perFold))
    const photo = (person = '', text = ''): PairPhoto => {
      const value = wholeNumber(text)
      return value === undefined ? fail(number, `"${text}" is not the number of a photo.`) : { person, number: value }
    }
    const [a, b, c, d] = columns
    if (columns.length === 3) return { fold, left: photo(a, b), right: photo(a, c), line: number }
    if (columns.length !== 4) return fail(number, `3 columns are one person, 4 are two; this has ${columns.length}.`)
    if (a === c) return fail(number, `a pair of two people names "${a}" twice.`)
    return { fold, left: photo(a, b), right: photo(c, d), line: number }
  })
  if (pairs.length !== expected) {
    const line = pairs[expected]?.line ?? lines.at(-1)?.number ?? 1
    return fail(line, `the first line promises ${expected} pairs (${folds} × 2 × ${each}), there are ${pairs.length}.`)
  }
  return { folds, pairs }
}

function columnsOf(line: string): string[] {
  const trimmed = line.trim()
  if (trimmed === '') return []
  return trimmed.split(trimmed.includes('\t') ? /\t+/ : / +/).map((column) => column.trim())
}

/** A number from 1, as it is written. */
function wholeNumber(text: string): number | undefined {
  return /^[0-9]{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}
