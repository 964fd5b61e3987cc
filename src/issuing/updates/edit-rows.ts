import type { Db } from '../../store/index.js'
import { cardQuery, type StoredCard } from '../cards/card-view.js'
import type { CsvRow } from '../csv/read-rows.js'
import type { RowProblem } from '../map-row.js'
import { unreadableRow } from '../unreadable-row.js'
import { type EditedCard, editCard } from './card-edit.js'
import type { Rulebook } from './design-rules.js'
import { type RowContext, readUpdateRow } from './read-update-row.js'

/** What became of a row. */
export interface EditedRow {
  readonly row: CsvRow
  readonly outcome: 'changed' | 'unchanged' | 'rejected'
  /** Undefined when the row cannot be read. */
  readonly serial?: string
  readonly problems: readonly RowProblem[]
}

export interface EditedRows {
  readonly rows: readonly EditedRow[]
  /** Every card that a row names, once: as it is after the last of its rows. */
  readonly cards: readonly EditedCard[]
}

/**
 * What a batch of rows makes of the cards that they name. Rows of one card follow one another: the second begins with
 * what the first left. Nothing is written.
 *
 * @param db - the transaction in which the cards are then written.
 */
export async function editRows(
  db: Db,
  rows: readonly CsvRow[],
  context: RowContext & { readonly book: Rulebook; readonly now: number },
): Promise<EditedRows> {
  const { plan, book, now } = context
  const read = rows.map((row) => ({ row, problems: unreadableRow(row, plan.header) }))
  const serialOf = ({ cells }: CsvRow): string => (cells[plan.serial] ?? '').trim()
  const known = await findCards(
    db,
    read.filter(({ problems }) => problems.length === 0).map(({ row }) => serialOf(row)),
  )
  const edited = new Map<string, EditedCard>()
  const done: EditedRow[] = []
  for (const { row, problems } of read) {
    if (problems.length > 0) {
      done.push({ row, outcome: 'rejected', problems })
      continue
    }
    const serial = serialOf(row)
    const reject = (more: readonly RowProblem[]): void => {
      done.push({ row, serial, outcome: 'rejected', problems: more })
    }
    const card = known.get(serial)
    if (card === undefined) {
      const column = plan.header[plan.serial] ?? 'serial'
      reject([
        { line: row.line, column, value: serial.slice(0, 80), reason: serial === '' ? 'is empty' : 'is no card' },
      ])
      continue
    }
    const rules = await book.of(card.design_id)
    const earlier = edited.get(serial)
    const before = earlier?.after ?? card
    const wanted = readUpdateRow(row, { rules, locale: before.locale }, context)
    if ('problems' in wanted) {
      reject(wanted.problems)
      continue
    }
    const result = editCard(card, wanted.edit, { rules, now, before })
    if ('problem' in result) {
      reject([{ line: row.line, ...result.problem }])
      continue
    }
    edited.set(serial, result.card)
    const was = JSON.stringify(earlier?.things ?? [])
    const outcome = JSON.stringify(result.card.things) === was ? 'unchanged' : 'changed'
    done.push({ row, serial, outcome, problems: [] })
  }
  return { rows: done, cards: [...edited.values()] }
}

async function findCards(db: Db, serials: readonly string[]): Promise<ReadonlyMap<string, StoredCard>> {
  if (serials.length === 0) return new Map()
  const rows = await cardQuery(db)
    .where('cards.serial', 'in', [...new Set(serials)])
    .execute()
  return new Map(rows.map((row) => [row.serial, row]))
}
