import type { CardData } from '../cards/model.js'
import type { IssueDeps, IssueInput, IssuePreview } from './issue-types.js'
import type { CardDraft, RowProblem } from './map-row.js'
import type { ColumnPlan } from './mapping.js'
import { preparePictures } from './prepare-pictures.js'
import { problemText } from './problem-text.js'
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
  const counts = { issued: 0, updated: 0, skipped: 0, rejected: 0 }
  const problems: RowProblem[] = []
  const cards: Omit<CardData, 'token'>[] = []
  let rows = 0
  for await (const batch of members.batches()) {
    rows += batch.rows.length
    const drafts = batch.rows.flatMap(({ draft }) => (draft === undefined ? [] : [draft]))
    const known = await knownSerials(deps.store, drafts)
    const prepared = await preparePictures(drafts, {
      design: input.design,
      csv: input.csv,
      picturesDir: deps.folders.pictures,
    })
    for (const { draft, seenOn, problems: wrong } of batch.rows) {
      const pictures = draft && prepared.get(draft)
      if (draft === undefined || pictures?.ok === false) {
        counts.rejected++
        problems.push(...(pictures?.ok === false ? pictures.problems : wrong))
        continue
      }
      const outcome = foresee(seenOn !== undefined || known.has(draft.serial), input.ifExists)
      counts[outcome]++
      const again = seenOn === undefined ? 'was already issued' : `is already on line ${seenOn}`
      if (outcome === 'rejected' || (outcome === 'skipped' && seenOn !== undefined)) {
        problems.push({ line: draft.line, column: 'serial', value: draft.serial, reason: again })
      }
      if (outcome !== 'rejected' && cards.length < SHOWN) cards.push(cardOf(draft, pictures?.pictures))
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

function foresee(exists: boolean, ifExists: IssueInput['ifExists']): 'issued' | 'updated' | 'skipped' | 'rejected' {
  if (!exists) return 'issued'
  return { skip: 'skipped', update: 'updated', fail: 'rejected' }[ifExists] as 'skipped' | 'updated' | 'rejected'
}

async function knownSerials(store: IssueDeps['store'], drafts: readonly CardDraft[]): Promise<Set<string>> {
  if (drafts.length === 0) return new Set()
  const serials = drafts.map(({ serial }) => serial)
  const rows = await store.db.selectFrom('cards').select('serial').where('serial', 'in', serials).execute()
  return new Set(rows.map(({ serial }) => serial))
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
