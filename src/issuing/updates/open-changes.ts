import { AppError } from '../../kit/errors/index.js'
import { Contexts } from '../cell-values.js'
import { type CsvFile, inspectCsv } from '../csv/inspect.js'
import { type CsvRow, readRows } from '../csv/read-rows.js'
import { isBlank, readHeader } from '../row-reader.js'
import { Rulebook, type RulesDeps } from './design-rules.js'
import type { RowContext } from './read-update-row.js'
import { planUpdates } from './update-columns.js'
import type { UpdateInput } from './update-types.js'

/** Rows that are read and written together: one transaction, one tag. */
const BATCH_ROWS = 500

export interface ChangeBatch {
  /** With their ordinals, from 1, the header not counted. */
  readonly rows: readonly { readonly ordinal: number; readonly row: CsvRow }[]
  /** Share of the file read, 0…1. */
  readonly share: number
}

/** A file of changes, opened: its header is understood, its rows are still to come. */
export interface OpenChanges {
  readonly file: CsvFile
  readonly book: Rulebook
  readonly context: RowContext
  batches(): AsyncGenerator<ChangeBatch>
}

/** @throws AppError CSV_UNREADABLE, CSV_HEADER, CARD_NOT_FOUND when the launch has no cards at all */
export async function openChanges(
  input: Pick<UpdateInput, 'csv' | 'empty' | 'encoding' | 'delimiter'>,
  deps: RulesDeps,
): Promise<OpenChanges> {
  const file = await inspectCsv(input.csv, input)
  const header = await readHeader(file)
  const book = new Rulebook(deps)
  const designs = await book.all()
  if (designs.length === 0) throw new AppError('CARD_NOT_FOUND', 'this launch has no cards yet')
  const plan = planUpdates(input.csv, header, designs)
  const context = { plan, empty: input.empty, contexts: new Contexts(deps.values), defaults: deps.values }
  return { file, book, context, batches: () => readBatches(file) }
}

async function* readBatches(file: CsvFile): AsyncGenerator<ChangeBatch> {
  let ordinal = -1
  for await (const { rows, bytesRead } of readRows(file, BATCH_ROWS)) {
    const read: ChangeBatch['rows'][number][] = []
    for (const row of rows) {
      ordinal++
      if (ordinal > 0 && !isBlank(row)) read.push({ ordinal, row })
    }
    yield { rows: read, share: bytesRead / file.bytes }
  }
}
