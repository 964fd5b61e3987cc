import type { FieldValue } from '../../cards/model.js'
import type { ValueContext } from '../../cards/values/context.js'
import type { Contexts } from '../cell-values.js'
import { shownCell } from '../cell-values.js'
import type { CsvRow } from '../csv/read-rows.js'
import type { RowProblem } from '../map-row.js'
import type { CardEdit } from './card-edit.js'
import type { DesignRules } from './design-rules.js'
import { readFieldValue, readOption } from './read-edit.js'
import type { UpdateColumn, UpdatePlan } from './update-columns.js'

/** What an empty cell means: the card keeps what it has, or loses it. */
export type EmptyCells = 'keep' | 'clear'

export interface RowContext {
  readonly plan: UpdatePlan
  readonly empty: EmptyCells
  readonly contexts: Contexts
  readonly defaults: ValueContext
}

/** What a row asks of a card of the design; the reasons why it cannot be. */
export function readUpdateRow(
  { line, cells }: CsvRow,
  { rules, locale }: { rules: DesignRules; locale: string | null },
  { plan, empty, contexts, defaults }: RowContext,
): { readonly edit: CardEdit } | { readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = []
  const values = new Map<string, FieldValue | null>()
  let edit: CardEdit = {}
  const columns = plan.columnsOf(rules)
  const context = contexts.of(languageOf(cells, columns) ?? locale ?? undefined) ?? defaults
  for (const { index, name, targets } of columns) {
    const cell = cells[index] ?? ''
    const isEmpty = cell.trim() === ''
    const reject = (reason: string): void => {
      problems.push({ line, column: name, value: shownCell(cell), reason })
    }
    if (isEmpty && (empty === 'keep' || targets.length === 0)) continue
    if (targets.length === 0) reject(`has no place: the design "${rules.name}" of the card has no such field`)
    for (const target of targets) {
      if (target.kind === 'field') {
        const read = readFieldValue(target.spec, cell, context)
        if (read.ok) values.set(target.spec.key, read.value)
        else reject(read.reason)
      } else {
        const read = readOption(target.option, cell, context)
        if (read.ok) edit = { ...edit, ...read.value }
        else reject(read.reason)
      }
    }
  }
  return problems.length > 0 ? { problems } : { edit: { ...edit, values } }
}

/** The language that the row itself gives the card: its values are written in it. */
function languageOf(cells: readonly string[], columns: readonly UpdateColumn[]): string | undefined {
  const column = columns.find(({ targets }) =>
    targets.some((each) => each.kind === 'option' && each.option === 'locale'),
  )
  return column === undefined ? undefined : cells[column.index]?.trim() || undefined
}
