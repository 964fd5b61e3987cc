import { type Author, beginChange, recordChanges, type Store, type Trx } from '../../store/index.js'
import type { EditedCard } from './card-edit.js'

/**
 * Writes edited cards, no two of the same card, in the caller's transaction: each with the tag of the transaction and a
 * time of its own, and who changed what. Cards that already were as asked are not touched.
 *
 * @returns how many were.
 */
export async function writeEdits(
  store: Store,
  trx: Trx,
  { cards, now, author }: { cards: readonly EditedCard[]; now: number; author: Author },
): Promise<number> {
  const changed = cards.filter(({ things }) => things.length > 0)
  if (changed.length === 0) return 0
  const change = await beginChange(trx, now)
  const stamped = changed.map((card) => ({ ...card, at: change.stamp(card.row.updated_at) }))
  await store.updateMany(
    trx,
    'cards',
    stamped.map(({ row, after, at }) => ({
      id: row.id,
      ...after,
      revision: row.revision + 1,
      updated_at: at,
      tag: change.tag,
    })),
  )
  const changes = stamped.map(({ row, things, at }) => ({ cardId: row.id, at, things }))
  await recordChanges(store, trx, { change, author, changes })
  await change.done()
  return changed.length
}
