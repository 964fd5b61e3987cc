import type { CardData } from '../cards/model.js'
import type { IssueDeps, IssueInput, IssuePreview } from './issue-types.js'
import type { CardDraft, RowProblem } from './map-row.js'
import type { ColumnPlan } from './mapping.js'
import { type PreparedDraft, preparePictures } from './prepare-pictures.js'
import { problemText } from './problem-text.js'
import { foreseeBatch, type Recorded } from './record-batch.js'
import { openMembers } from './row-reader.js'

/** Cards that a preview shows. */
const SHOWN = 3

/**
 * `--dry-run`: reads the whole file as a real run would and tells what would happen to each row. Writes nothing but
 * prepared pictures, which a real run finds again.
 */
export async function previewMembers(
  input: IssueInput,
  deps: Pick<IssueDeps, 'store' | 'values' | 'folders'>,
): Promise<IssuePreview> {
  const { store } = deps
  const members = await openMembers(input, { secret: await store.secret(), values: deps.values })
  const designId = await designIdOf(store, input.design.name)
  const counts = { issued: 0, updated: 0, skipped: 0, rejected: 0 }
  const problems: RowProblem[] = []
  const cards: Omit<CardData, 'token'>[] = []
  let rows = 0
  for await (const batch of members.batches()) {
    rows += batch.rows.length
    const drafts = batch.rows.flatMap(({ draft, repeat }) =>
      draft === undefined || repeat !== undefined ? [] : [draft],
    )
    const prepared = await preparePictures(drafts, {
      design: input.design,
      csv: input.csv,
      picturesDir: deps.folders.pictures,
    })
    const ready = drafts.map((draft) => ({ ...draft, pictures: picturesOf(prepared.get(draft)) }))
    const foreseen = await foreseeBatch(store.db, ready, { designId, ifExists: input.ifExists })
    const known = new Map(drafts.map((draft, index) => [draft, foreseen[index]]))
    for (const { draft, repeat, problems: wrong } of batch.rows) {
      const pictures = draft && prepared.get(draft)
      if (draft === undefined || pictures?.ok === false) {
        counts.rejected++
        problems.push(...(pictures?.ok === false ? pictures.problems : wrong))
        continue
      }
      const { outcome, reason } = foresee(known.get(draft), { repeat, ifExists: input.ifExists })
      counts[outcome]++
      if (reason) problems.push({ line: draft.line, column: 'serial', value: draft.serial, reason })
      if (outcome !== 'rejected' && repeat === undefined && cards.length < SHOWN)
        cards.push(cardOf(draft, picturesOf(pictures)))
    }
  }
  return {
    dryRun: true,
    ...counts,
    design: input.design.name,
    rows,
    encoding: members.file.encoding,
    delimiter: members.file.delimiter,
    columns: describeColumns(members.plan),
    unused: members.plan.unused,
    cards,
    problems: problems.map((problem) => ({ ...problem, text: problemText(problem) })),
  }
}

interface Foreseen {
  readonly outcome: 'issued' | 'updated' | 'skipped' | 'rejected'
  /** Set when the row is worth a word: completes `serial "…" `. */
  readonly reason?: string
}

/** @param known - what the store has to say of the card, if it has it. */
function foresee(
  known: Recorded | undefined,
  { repeat, ifExists }: { repeat: string | undefined; ifExists: IssueInput['ifExists'] },
): Foreseen {
  if (repeat !== undefined) return { outcome: ifExists === 'fail' ? 'rejected' : 'skipped', reason: repeat }
  if (known === undefined) return { outcome: 'issued' }
  const { outcome, reason } = known
  if (outcome === 'refused') return { outcome: 'rejected', ...(reason === undefined ? {} : { reason }) }
  return { outcome }
}

async function designIdOf(store: IssueDeps['store'], name: string): Promise<number> {
  const row = await store.db.selectFrom('designs').select('id').where('name', '=', name).executeTakeFirst()
  return row?.id ?? 0
}

function picturesOf(prepared: PreparedDraft | undefined): CardData['pictures'] | undefined {
  return prepared?.ok ? prepared.pictures : undefined
}

function cardOf(draft: CardDraft, pictures: CardData['pictures']): Omit<CardData, 'token'> {
  return {
    serial: draft.serial,
    barcode: draft.barcode,
    values: draft.values,
    ...(draft.locale === undefined ? {} : { locale: draft.locale }),
    ...(draft.expiresAt === undefined ? {} : { expiresAt: draft.expiresAt }),
    ...(pictures === undefined ? {} : { pictures }),
  }
}

function describeColumns(plan: ColumnPlan): Record<string, string> {
  const columns: Record<string, string> = {}
  const note = (target: string, index: number | undefined): void => {
    const name = index === undefined ? undefined : plan.header[index]
    if (name !== undefined) columns[target] = name
  }
  for (const { spec, index } of plan.fields) note(spec.key, index)
  if (plan.serial.kind === 'column') note('serial', plan.serial.index)
  note('barcode', plan.barcode)
  note('locale', plan.locale)
  note('expires', plan.expires)
  for (const { image, index } of plan.pictures) note(`picture.${image}`, index)
  return columns
}
