import type { Selectable } from 'kysely'
import type { CardTable, Db, Store } from '../store/index.js'

/** What the version of a card depends on, and whether somebody may have it. */
export interface CardHead {
  readonly id: number
  readonly serial: string
  readonly token: string
  readonly locale: string | null
  readonly revision: number
  readonly tag: number
  readonly updated_at: number
  readonly expires_at: number | null
  readonly voided_at: number | null
  readonly design_id: number
}

/** A design as its cards are made now. */
export interface DesignHead {
  readonly id: number
  readonly name: string
  readonly tag: number
  readonly published_at: number
  /** Number of the current version. */
  readonly version: number
  /** Names the snapshot of that version. */
  readonly hash: string
}

/** All of a card: what signing it takes. */
export type CardRow = Selectable<CardTable>

export interface FoundHead {
  readonly card: CardHead
  readonly design: DesignHead
}

export interface CardFinder {
  bySerial(serial: string): Promise<FoundHead | undefined>
  byId(id: number): Promise<FoundHead | undefined>
  row(id: number): Promise<CardRow | undefined>
}

const HEAD = [
  'id',
  'serial',
  'token',
  'locale',
  'revision',
  'tag',
  'updated_at',
  'expires_at',
  'voided_at',
  'design_id',
] as const

/**
 * Finds cards by the fastest way that was measured: two small queries, 8 microseconds each, where one that joins the
 * tables and brings all columns takes 40. Designs are few.
 */
export function createCardFinder(store: Pick<Store, 'prepared'>): CardFinder {
  const heads = (db: Db) => db.selectFrom('cards').select(HEAD)
  const bySerial = store.prepared<[string], CardHead>((db) => heads(db).where('serial', '=', ''))
  const byId = store.prepared<[number], CardHead>((db) => heads(db).where('id', '=', 0))
  const whole = store.prepared<[number], CardRow>((db) => db.selectFrom('cards').selectAll().where('id', '=', 0))
  const designs = store.prepared<[], DesignHead>((db) =>
    db
      .selectFrom('designs')
      .innerJoin('design_versions', (join) =>
        join
          .onRef('design_versions.design_id', '=', 'designs.id')
          .onRef('design_versions.number', '=', 'designs.current_version'),
      )
      .select([
        'designs.id',
        'designs.name',
        'designs.tag',
        'designs.published_at',
        'design_versions.number as version',
        'design_versions.hash',
      ]),
  )
  const withDesign = async (card: CardHead | undefined): Promise<FoundHead | undefined> => {
    if (card === undefined) return undefined
    const design = (await designs()).find(({ id }) => id === card.design_id)
    return design && { card, design }
  }
  return {
    bySerial: async (serial) => withDesign((await bySerial(serial))[0]),
    byId: async (id) => withDesign((await byId(id))[0]),
    row: async (id) => (await whole(id))[0],
  }
}
