import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { CardData } from '../cards/model.js'
import {
  type Author,
  beginChange,
  type CardTable,
  type Change,
  type Db,
  type RecordedChange,
  recordChanges,
  type Store,
  type Trx,
} from '../store/index.js'
import { changedThings } from './changed-things.js'
import type { CardDraft } from './map-row.js'

export const IF_EXISTS = ['skip', 'update', 'fail'] as const
export type IfExists = (typeof IF_EXISTS)[number]

export type CardRow = Selectable<CardTable>
type CardChange = Parameters<Store['updateMany']>[2][number]

/** A draft whose pictures were prepared: what a row of the store needs. */
export type ReadyDraft = Omit<CardDraft, 'pictures'> & {
  /** Image name -> picture id. */
  readonly pictures: Readonly<Record<string, string>> | undefined
}

/** What became of a row. */
export interface Recorded {
  readonly draft: ReadyDraft
  readonly outcome: 'issued' | 'updated' | 'skipped' | 'refused'
  /** Why it was refused; completes `serial "…" `. */
  readonly reason?: string
  /** The card as it now stands; undefined when refused. */
  readonly card: CardData | undefined
  /** When a card that was left as it is was last changed, epoch milliseconds. */
  readonly changedAt?: number
}

export interface RecordContext {
  readonly store: Store
  readonly jobId: number
  /** Cards made since then were made by this job, possibly before it was interrupted. */
  readonly jobStartedAt: number
  readonly designId: number
  readonly ifExists: IfExists
  readonly now: number
  readonly author: Author
}

/**
 * Writes a batch of drafts, no two of the same serial, in the caller's transaction. Running the same batch again after
 * a kill changes nothing and gives the same outcomes.
 */
export async function recordBatch(
  trx: Trx,
  drafts: readonly ReadyDraft[],
  context: RecordContext,
): Promise<readonly Recorded[]> {
  const known = await findCards(trx, drafts)
  const inserts: Omit<CardRow, 'id'>[] = []
  const updates: CardChange[] = []
  const changes: RecordedChange[] = []
  const begun = await beginChange(trx, context.now)
  const moment = { ...context, stamp: begun }
  const tokens = known.size < drafts.length ? randomBytes(TOKEN_BYTES * drafts.length) : Buffer.alloc(0)
  const recorded = drafts.map((draft, index): Recorded => {
    const row = known.get(draft.serial)
    if (row === undefined) {
      const token = tokens.toString('base64url', index * TOKEN_BYTES, (index + 1) * TOKEN_BYTES)
      const insert = newRow(draft, token, moment)
      inserts.push(insert)
      return { draft, outcome: 'issued', card: toCardData(insert, draft) }
    }
    const { change, ...decided } = decide(row, draft, moment)
    if (change) {
      updates.push(change)
      changes.push({ cardId: row.id, at: change.updated_at ?? context.now, things: changedThings(row, change) })
    }
    return decided
  })
  await context.store.insertMany(trx, 'cards', inserts)
  await context.store.updateMany(trx, 'cards', updates)
  await recordChanges(context.store, trx, { change: begun, author: context.author, changes })
  await begun.done()
  return recorded
}

/** What {@link recordBatch} would make of each draft in a run that has not begun; undefined for new cards. */
export async function foreseeBatch(
  db: Db,
  drafts: readonly ReadyDraft[],
  context: Pick<RecordContext, 'designId' | 'ifExists'>,
): Promise<readonly (Recorded | undefined)[]> {
  const known = await findCards(db, drafts)
  const noJob = { ...context, jobId: 0, jobStartedAt: 0, now: 0, stamp: { tag: 0, stamp: () => 0 } }
  return drafts.map((draft) => {
    const row = known.get(draft.serial)
    return row && decide(row, draft, noJob)
  })
}

/** What a decision depends on besides the card. */
type Moment = Omit<RecordContext, 'store' | 'author'> & { readonly stamp: Pick<Change, 'tag' | 'stamp'> }

/** What becomes of a card that exists. */
function decide(row: CardRow, draft: ReadyDraft, context: Moment): Recorded & { readonly change?: CardChange } {
  const ours = outcomeOfThisJob(row, draft, context)
  if (ours !== undefined) return { draft, outcome: ours, card: rowToCard(row) }
  if (context.ifExists === 'fail') return { draft, outcome: 'refused', reason: 'was already issued', card: undefined }
  const skipped: Recorded = { draft, outcome: 'skipped', card: rowToCard(row), changedAt: row.updated_at }
  if (context.ifExists === 'skip') return skipped
  if (row.design_id !== context.designId) {
    return { draft, outcome: 'refused', reason: 'belongs to a card of another design', card: undefined }
  }
  const change = changedRow(row, draft, context)
  if (change === undefined) return skipped
  return { draft, outcome: 'updated', card: rowToCard({ ...row, ...change }), change }
}

const TOKEN_BYTES = 18

async function findCards(db: Db, drafts: readonly ReadyDraft[]): Promise<Map<string, CardRow>> {
  const serials = drafts.map((draft) => draft.serial)
  const rows = await db.selectFrom('cards').selectAll().where('serial', 'in', serials).execute()
  return new Map(rows.map((row) => [row.serial, row]))
}

/** What this very job did with the row before it was interrupted, if it did. */
function outcomeOfThisJob(row: CardRow, draft: ReadyDraft, context: Moment): 'issued' | 'updated' | undefined {
  if (row.job_id !== context.jobId || row.job_row !== draft.row) return undefined
  return row.created_at >= context.jobStartedAt ? 'issued' : 'updated'
}

function newRow(draft: ReadyDraft, token: string, context: Moment): Omit<CardRow, 'id'> {
  return {
    serial: draft.serial,
    design_id: context.designId,
    field_values: JSON.stringify(draft.values),
    token,
    barcode: draft.barcode,
    locale: draft.locale ?? null,
    expires_at: draft.expiresAt ?? null,
    voided_at: null,
    pictures: draft.pictures === undefined ? null : JSON.stringify(draft.pictures),
    extras: null,
    personalized_at: null,
    revision: 1,
    created_at: context.now,
    updated_at: context.now,
    tag: context.stamp.tag,
    job_id: context.jobId,
    job_row: draft.row,
  }
}

/** What a row of the file changes of a card; undefined when the holder would see no difference. */
function changedRow(row: CardRow, draft: ReadyDraft, context: Moment): CardChange | undefined {
  const next = newRow(draft, row.token, context)
  const visible = ['field_values', 'barcode', 'locale', 'expires_at', 'pictures'] as const
  if (visible.every((column) => row[column] === next[column])) return undefined
  return {
    id: row.id,
    field_values: next.field_values,
    barcode: next.barcode,
    locale: next.locale,
    expires_at: next.expires_at,
    pictures: next.pictures,
    revision: row.revision + 1,
    updated_at: context.stamp.stamp(row.updated_at),
    tag: context.stamp.tag,
    job_id: context.jobId,
    job_row: draft.row,
  }
}

/** A row of the store as the card that is signed. */
export function rowToCard(row: Omit<CardRow, 'id'>): CardData {
  return toCardData(row, {
    values: JSON.parse(row.field_values),
    pictures: row.pictures === null ? undefined : JSON.parse(row.pictures),
  })
}

function toCardData(row: Omit<CardRow, 'id'>, parsed: Pick<ReadyDraft, 'values' | 'pictures'>): CardData {
  return {
    serial: row.serial,
    token: row.token,
    barcode: row.barcode,
    values: parsed.values,
    ...(row.locale === null ? {} : { locale: row.locale }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.voided_at === null ? {} : { voided: true }),
    ...(parsed.pictures === undefined ? {} : { pictures: parsed.pictures }),
    ...(row.extras === null ? {} : { extras: JSON.parse(row.extras) }),
    ...(row.personalized_at === null ? {} : { personalized: true }),
  }
}
