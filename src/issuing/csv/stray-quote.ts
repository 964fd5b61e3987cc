/** A whole quoted cell: RFC 4180 doubles the quotes inside. */
const QUOTED = /"[^"]*(?:""[^"]*)*"/y

/**
 * Whether a record has a quote that goes wrong, such as `"Kafe "Moskva"",5` or one that was never closed. Quotes in the
 * middle of a cell that is not quoted are taken as they are (`5" pipe`), save after a cell with line breaks in it: then
 * an unclosed quote has found a partner on a later line.
 *
 * @param record - as it stands in the file, without the line break at its end.
 */
export function hasStrayQuote(record: string, delimiter: string): boolean {
  let brokenUp = false
  for (let at = 0; ; at += delimiter.length) {
    if (record[at] === '"') {
      QUOTED.lastIndex = at
      const cell = QUOTED.exec(record)?.[0]
      if (cell === undefined) return true
      at += cell.length
      if (at < record.length && !record.startsWith(delimiter, at)) return true
      brokenUp ||= /[\r\n]/.test(cell)
    } else {
      const found = record.indexOf(delimiter, at)
      const end = found < 0 ? record.length : found
      if (brokenUp && record.slice(at, end).includes('"')) return true
      at = end
    }
    if (at >= record.length) return false
  }
}
