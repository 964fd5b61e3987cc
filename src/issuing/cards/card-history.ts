import type { ChangedThing, Store } from '../../store/index.js'
import { findCard } from './select-cards.js'

/** One change of a card, or of the design that all its cards share. */
export interface HistoryEntry {
  /** ISO 8601. */
  readonly at: string
  /** Null where nobody wrote it down: stores from before there was a record. */
  readonly actor: string | null
  /** `issue`, `update`, `void`, `extend`, `publish`, `personalize`. */
  readonly source: string
  readonly of: 'card' | 'design'
  /** Place in the order of all changes; null for the issuing of the card. */
  readonly tag: number | null
  /** Empty for the issuing itself. */
  readonly things: readonly ChangedThing[]
}

export interface CardHistory {
  readonly serial: string
  readonly design: string
  /** The newest last. */
  readonly entries: readonly HistoryEntry[]
}

/**
 * All that happened to a card, with the new versions of its design in between.
 *
 * @throws AppError CARD_NOT_FOUND, CARD_AMBIGUOUS
 */
export async function readHistory(store: Store, name: string): Promise<CardHistory> {
  const card = await findCard(store, name)
  const rows = await store.db
    .selectFrom('changes')
    .selectAll()
    .where((where) =>
      where.or([
        where('card_id', '=', card.id),
        // The design as the card was issued with it was there before.
        where.and([where('design_id', '=', card.design_id), where('at', '>', card.created_at)]),
      ]),
    )
    .orderBy('tag')
    .orderBy('id')
    .execute()
  const issued: HistoryEntry = {
    at: new Date(card.created_at).toISOString(),
    actor: null,
    source: 'issue',
    of: 'card',
    tag: null,
    things: [],
  }
  const entries = rows.map(
    ({ at, actor, source, card_id: cardId, tag, details }): HistoryEntry => ({
      at: new Date(at).toISOString(),
      actor,
      source,
      of: cardId === null ? 'design' : 'card',
      tag,
      things: JSON.parse(details),
    }),
  )
  return { serial: card.serial, design: card.design, entries: [issued, ...entries] }
}
