import type { Selectable } from 'kysely'
import type { CardTable, Db, Store } from '../store/index.js'

/** A card with what its version depends on. */
export type CardRow = Selectable<CardTable> & {
  readonly design: string
  readonly design_tag: number
  readonly published_at: number
  /** Names the snapshot of the design's current version. */
  readonly design_hash: string
}

/** The two ways in which the service finds cards; each costs one query that was compiled before. */
export function createCardFinder(store: Pick<Store, 'prepared'>) {
  const query = (from: Db) =>
    from
      .selectFrom('cards')
      .innerJoin('designs', 'designs.id', 'cards.design_id')
      .innerJoin('design_versions', (join) =>
        join
          .onRef('design_versions.design_id', '=', 'designs.id')
          .onRef('design_versions.number', '=', 'designs.current_version'),
      )
      .selectAll('cards')
      .select([
        'designs.name as design',
        'designs.tag as design_tag',
        'designs.published_at',
        'design_versions.hash as design_hash',
      ])
  const bySerial = store.prepared<[string], CardRow>((from) => query(from).where('cards.serial', '=', ''))
  const byId = store.prepared<[number], CardRow>((from) => query(from).where('cards.id', '=', 0))
  return {
    bySerial: async (serial: string): Promise<CardRow | undefined> => (await bySerial(serial))[0],
    byId: async (id: number): Promise<CardRow | undefined> => (await byId(id))[0],
  }
}
