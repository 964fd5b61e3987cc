import { type Output, paint } from './styles.js'
import { cutText, padText, textWidth } from './width.js'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string | number | undefined
  /** Numbers are put to the right unless told otherwise. */
  readonly align?: 'left' | 'right'
}

/**
 * Aligned columns with a bold header. On a terminal the last column is cut so that a row stays on one line; into a
 * pipe everything is written. Returns the text without a final line break; '' when there are no rows.
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  output: Output = process.stdout,
): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => columns.map(({ value }) => oneLine(value(row))))
  const titles = columns.map(({ title }) => title)
  const widths = columns.map((_, index) => Math.max(...[titles, ...cells].map((row) => textWidth(row[index] ?? ''))))
  const aligns = columns.map(({ align, value }) => {
    const first = rows.find((row) => value(row) !== undefined)
    return align ?? (first !== undefined && typeof value(first) === 'number' ? 'right' : 'left')
  })
  const room = output.isTTY === true && output.columns !== undefined ? output.columns : Number.POSITIVE_INFINITY
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0)
  const lastRoom = Math.max(8, room - before)
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const isLast = index === row.length - 1
        if (isLast && aligns[index] === 'left') return cutText(cell, lastRoom)
        return padText(cell, widths[index] ?? 0, aligns[index])
      })
      .join('  ')
      .trimEnd()
  return [paint('bold', line(titles), output), ...cells.map(line)].join('\n')
}

/** Name and value, one pair a line, the values aligned. Pairs with an undefined value are left out. */
export function definitions(
  pairs: readonly (readonly [name: string, value: string | number | undefined])[],
  output: Output = process.stdout,
): string {
  const shown = pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
  const width = Math.max(0, ...shown.map(([name]) => textWidth(name)))
  const indent = ' '.repeat(width + 2)
  return shown
    .map(([name, value]) => `${paint('dim', padText(name, width), output)}  ${value.replaceAll('\n', `\n${indent}`)}`)
    .join('\n')
}

/** Control characters and line breaks of a value would break the row, or worse, the terminal. */
function oneLine(value: string | number | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return value === undefined ? '' : String(value).replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
