import type { Selectable } from 'kysely'
import type { CardExtras, FieldValue } from '../../cards/model.js'
import type { CardTable, Db } from '../../store/index.js'

export type CardStatus = 'active' | 'voided' | 'expired'

/** A card as commands show it. Times are ISO 8601. The authentication token is never part of it. */
export interface CardView {
  readonly serial: string
  readonly design: string
  readonly status: CardStatus
  readonly values: Readonly<Record<string, FieldValue>>
  readonly barcode: string
  readonly locale: string | null
  readonly expiresAt: string | null
  /** What the card says otherwise than its design; empty for most. */
  readonly extras: CardExtras
  readonly issuedAt: string
  readonly updatedAt: string
  /** Counts the changes a holder can see; 1 when issued. */
  readonly revision: number
  /** Download link; null when the launch has no service.url. */
  readonly link: string | null
}

export type StoredCard = Selectable<CardTable> & { readonly design: string }

/** All columns of cards, with the design's name. */
export function cardQuery(db: Db) {
  return db
    .selectFrom('cards')
    .innerJoin('designs', 'designs.id', 'cards.design_id')
    .selectAll('cards')
    .select('designs.name as design')
}

export function statusOf(row: StoredCard, now: number): CardStatus {
  if (row.voided_at !== null) return 'voided'
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'active'
}

export interface ViewContext {
  readonly now: number
  /** Undefined when the launch has no address for links. */
  readonly linkOf: ((cardId: number) => string) | undefined
}

export function toCardView(row: StoredCard, { now, linkOf }: ViewContext): CardView {
  return {
    serial: row.serial,
    design: row.design,
    status: statusOf(row, now),
    values: JSON.parse(row.field_values),
    barcode: row.barcode,
    locale: row.locale,
    expiresAt: isoOrNull(row.expires_at),
    extras: row.extras === null ? {} : JSON.parse(row.extras),
    issuedAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    revision: row.revision,
    link: linkOf?.(row.id) ?? null,
  }
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
