import type { RowProblem } from './map-row.js'

/** `birthday "31/02/1990" is not a date`: goes after `members.csv line 42: `. */
export function problemText({ column, value, reason }: RowProblem): string {
  if (column === undefined) return `the row ${reason}`
  return value === undefined || value === '' ? `${column} ${reason}` : `${column} ${JSON.stringify(value)} ${reason}`
}
