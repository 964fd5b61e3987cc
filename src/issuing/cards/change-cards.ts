import {
  type Author,
  beginChange,
  type Change,
  type RecordedChange,
  recordChanges,
  type Store,
  type Trx,
} from '../../store/index.js'
import { changedThings } from '../changed-things.js'
import type { StoredCard } from './card-view.js'
import { type Selection, selectCards } from './select-cards.js'

/** What a change leads to. Epoch milliseconds. */
export type CardChange =
  | { readonly kind: 'void' }
  | { readonly kind: 'unvoid' }
  | { readonly kind: 'expire'; readonly at: number | null }
  | { readonly kind: 'extend'; readonly by: number }

export interface ChangeResult {
  readonly changed: number
  /** Cards that already were as asked. */
  readonly unchanged: number
}

/** Changes all selected cards, page by page; doing it again changes nothing more, save for `extend`. */
export async function changeCards(
  store: Store,
  { selection, change, now, author }: { selection: Selection; change: CardChange; now: number; author: Author },
): Promise<ChangeResult> {
  let changed = 0
  let unchanged = 0
  for await (const page of selectCards(store, selection, { now })) {
    const count = await store.write(async (trx) => {
      // Read again where nobody else writes: a run of `issue` may have changed the cards since.
      const rows = await readState(trx, page)
      const begun = await beginChange(trx, now)
      const updates: NonNullable<ReturnType<typeof changeOf>>[] = []
      const changes: RecordedChange[] = []
      for (const row of rows) {
        const update = changeOf(row, change, begun)
        if (update === undefined) continue
        updates.push(update)
        changes.push({ cardId: row.id, at: update.updated_at, things: changedThings(row, update) })
      }
      await store.updateMany(trx, 'cards', updates)
      await recordChanges(store, trx, { change: begun, author, changes })
      await begun.done()
      return updates.length
    })
    unchanged += page.length - count
    changed += count
  }
  return { changed, unchanged }
}

type State = Pick<StoredCard, 'id' | 'revision' | 'voided_at' | 'expires_at' | 'updated_at'>

function readState(trx: Trx, page: readonly StoredCard[]): Promise<State[]> {
  const ids = page.map(({ id }) => id)
  return trx
    .selectFrom('cards')
    .select(['id', 'revision', 'voided_at', 'expires_at', 'updated_at'])
    .where('id', 'in', ids)
    .execute()
}

function changeOf(row: State, change: CardChange, { now, tag, stamp }: Change) {
  const next = { voided_at: row.voided_at, expires_at: row.expires_at }
  if (change.kind === 'void') next.voided_at = row.voided_at ?? now
  if (change.kind === 'unvoid') next.voided_at = null
  if (change.kind === 'expire') next.expires_at = change.at
  if (change.kind === 'extend') next.expires_at = Math.max(row.expires_at ?? now, now) + change.by
  if (next.voided_at === row.voided_at && next.expires_at === row.expires_at) return undefined
  return { id: row.id, ...next, revision: row.revision + 1, updated_at: stamp(row.updated_at), tag }
}
