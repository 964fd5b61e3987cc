import { existsSync } from 'node:fs'
import { snapshotPath } from '../cards/design/snapshot-design.js'
import { AppError } from '../kit/errors/index.js'
import type { Store } from '../store/index.js'

export interface DesignVersion {
  /** Counts from 1. */
  readonly version: number
  /** Folder of the copy that was kept when the version was published. */
  readonly dir: string
  /** Epoch milliseconds. */
  readonly since: number
}

/**
 * A version of a design that cards were issued with.
 *
 * @param wanted - its number; the one that cards are signed with now when undefined.
 * @throws AppError DESIGN_VERSION
 */
export async function findDesignVersion(
  store: Store,
  { name, wanted, snapshotsDir }: { name: string; wanted: number | undefined; snapshotsDir: string },
): Promise<DesignVersion> {
  const rows = await store.db
    .selectFrom('designs')
    .innerJoin('design_versions', 'design_versions.design_id', 'designs.id')
    .select(['designs.current_version', 'design_versions.number', 'design_versions.hash', 'design_versions.created_at'])
    .where('designs.name', '=', name)
    .orderBy('design_versions.number')
    .execute()
  const last = rows.at(-1)
  if (last === undefined) {
    throw new AppError('DESIGN_VERSION', `No cards were issued from the design "${name}", so it has no versions.`, {
      hints: [`Issue cards first: tessera issue FILE.csv --design ${name}`],
      details: { name },
    })
  }
  const number = wanted ?? last.current_version
  const row = rows.find((candidate) => candidate.number === number)
  const numbers = last.number === 1 ? 'only version 1' : `the versions 1 to ${last.number}`
  if (row === undefined) {
    throw new AppError('DESIGN_VERSION', `The design "${name}" has ${numbers}, not ${number}.`, {
      hints: [`The last one is version ${last.number}.`],
      details: { name, versions: rows.map((candidate) => candidate.number) },
    })
  }
  const dir = snapshotPath(snapshotsDir, row.hash)
  if (!existsSync(dir)) {
    throw new AppError('DESIGN_VERSION', `The copy of ${name}@${number} is gone: ${dir}.`, {
      hints: ['Restore the folder .tessera/designs from a backup.'],
      details: { name, version: number, dir },
    })
  }
  return { version: number, dir, since: row.created_at }
}
