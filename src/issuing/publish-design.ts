import type { Design } from '../cards/design/design.js'
import { snapshotDesign } from '../cards/design/snapshot-design.js'
import { type Author, changeAll, recordChanges, type Store } from '../store/index.js'

export interface PublishedDesign {
  readonly id: number
  /** Counts from 1. */
  readonly version: number
  /** When this version was published, epoch milliseconds. */
  readonly since: number
  /** Folder of the snapshot that cards are signed with. */
  readonly dir: string
  /** True when this call made a new version of a design that already had one. */
  readonly changed: boolean
}

/**
 * Makes the design as it is now the one that its cards are signed with. Nothing happens when it did not change since;
 * otherwise a new version is kept beside the old ones and all cards of the design follow it: phones are told so, since the
 * design has the tag and the time of the change, and no row of a card is touched.
 */
export async function publishDesign(
  store: Store,
  design: Design,
  { snapshotsDir, now, author }: { snapshotsDir: string; now: number; author: Author },
): Promise<PublishedDesign> {
  const dir = await snapshotDesign(design, snapshotsDir)
  return store.write(async (trx) => {
    const known = await trx
      .selectFrom('designs')
      .innerJoin('design_versions', (join) =>
        join
          .onRef('design_versions.design_id', '=', 'designs.id')
          .onRef('design_versions.number', '=', 'designs.current_version'),
      )
      .select(['designs.id', 'designs.current_version', 'design_versions.hash', 'design_versions.created_at'])
      .where('designs.name', '=', design.name)
      .executeTakeFirst()
    if (known?.hash === design.hash) {
      return { id: known.id, version: known.current_version, since: known.created_at, dir, changed: false }
    }
    const version = (known?.current_version ?? 0) + 1
    const { tag, at } = await changeAll(trx, now)
    let id = known?.id
    if (id === undefined) {
      const inserted = await trx
        .insertInto('designs')
        .values({ name: design.name, current_version: version, tag, published_at: at })
        .returning('id')
        .executeTakeFirstOrThrow()
      id = inserted.id
    } else {
      await trx
        .updateTable('designs')
        .set({ current_version: version, tag, published_at: at })
        .where('id', '=', id)
        .execute()
    }
    await trx
      .insertInto('design_versions')
      .values({ design_id: id, number: version, hash: design.hash, created_at: now })
      .execute()
    const things = [{ what: 'design', ...(known ? { before: known.current_version } : {}), after: version }]
    await recordChanges(store, trx, { change: { tag }, author, changes: [{ designId: id, at, things }] })
    return { id, version, since: now, dir, changed: known !== undefined }
  })
}
