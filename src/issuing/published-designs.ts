import { existsSync } from 'node:fs'
import type { Design } from '../cards/design/design.js'
import { loadDesign } from '../cards/design/load-design.js'
import { snapshotPath } from '../cards/design/snapshot-design.js'
import { prepareVariants } from '../cards/pictures/prepare-variants.js'
import { AppError } from '../kit/errors/index.js'
import type { Store } from '../store/index.js'
import type { CardFolders } from './issue-types.js'

/** A design as cards are signed with it now. */
export interface CurrentDesign {
  readonly id: number
  readonly name: string
  /** Counts from 1. */
  readonly version: number
  readonly dir: string
}

/** The designs that have cards, by name; all of them, or the one named. */
export async function currentDesigns(
  store: Store,
  folders: CardFolders,
  name?: string | undefined,
): Promise<readonly CurrentDesign[]> {
  let query = store.db
    .selectFrom('designs')
    .innerJoin('design_versions', (join) =>
      join
        .onRef('design_versions.design_id', '=', 'designs.id')
        .onRef('design_versions.number', '=', 'designs.current_version'),
    )
    .select(['designs.id', 'designs.name', 'designs.current_version', 'design_versions.hash'])
    .orderBy('designs.name')
  if (name !== undefined) query = query.where('designs.name', '=', name)
  const rows = await query.execute()
  return rows.map(({ id, name: found, current_version: version, hash }) => ({
    id,
    name: found,
    version,
    dir: snapshotPath(folders.snapshots, hash),
  }))
}

/** Loads the snapshot and draws what pictures it is missing. */
export async function prepareCurrent(current: CurrentDesign, folders: CardFolders) {
  const design = await loadCurrent(current)
  await prepareVariants(design, folders.cache)
  return design
}

/** Loads the snapshot. @throws AppError DESIGN_NOT_FOUND */
export async function loadCurrent({ dir, name }: CurrentDesign): Promise<Design> {
  if (!existsSync(dir)) {
    throw new AppError(
      'DESIGN_NOT_FOUND',
      `the copy of the design "${name}" that its cards are made with is gone: ${dir}`,
      { hints: [`Restore it from a backup, or publish the design again: \`tessera design publish ${name}\`.`] },
    )
  }
  return loadDesign(dir, { name })
}
