import type { Change } from './clock.js'
import type { Store, Trx } from './store.js'

/** One thing that a change made other than it was. */
export interface ChangedThing {
  /** A field key, or `voided`, `expires`, `barcode`, `locale`, `pictures`, `sharing`, `locationText`, `beaconText`, `design`. */
  readonly what: string
  /** Absent where there was nothing. */
  readonly before?: unknown
  /** Absent where there is nothing any more. */
  readonly after?: unknown
}

export interface RecordedChange {
  readonly cardId?: number
  readonly designId?: number
  readonly at: number
  readonly things: readonly ChangedThing[]
}

/** By whom and by what something is changed. */
export interface Author {
  readonly actor: string
  /** `update`, `void`, `extend`, `issue`, `publish`, `personalize`. */
  readonly source: string
}

/** Writes down who changed what, in the transaction that changes it. */
export async function recordChanges(
  store: Store,
  trx: Trx,
  { change, author, changes }: { change: Pick<Change, 'tag'>; author: Author; changes: readonly RecordedChange[] },
): Promise<void> {
  await store.insertMany(
    trx,
    'changes',
    changes.map(({ cardId, designId, at, things }) => ({
      card_id: cardId ?? null,
      design_id: designId ?? null,
      tag: change.tag,
      at,
      actor: author.actor,
      source: author.source,
      details: JSON.stringify(things),
    })),
  )
}
