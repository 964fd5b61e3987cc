import { shownCell } from './cell-values.js'
import type { CsvRow } from './csv/read-rows.js'
import type { RowProblem } from './map-row.js'

/** Why a row cannot be read at all, whatever its cells mean; empty when it can. */
export function unreadableRow({ line, cells, broken }: CsvRow, header: readonly string[]): RowProblem[] {
  if (broken !== undefined) return [{ line, reason: broken }]
  if (cells.length !== header.length) {
    const columns = cells.length === 1 ? 'column' : 'columns'
    return [{ line, reason: `has ${cells.length} ${columns}, the header has ${header.length}` }]
  }
  const problems: RowProblem[] = []
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] as string
    const damaged = cell.includes('\uFFFD')
    if (!damaged && cell.isWellFormed()) continue
    const reason = damaged
      ? 'has bytes that are not valid text in the encoding of the file'
      : 'has half a character in it'
    const column = header[index]
    problems.push({ line, ...(column === undefined ? {} : { column }), value: shownCell(cell), reason })
  }
  return problems
}
