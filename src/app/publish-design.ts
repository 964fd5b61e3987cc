import { existsSync } from 'node:fs'
import type { Design } from '../cards/design/design.js'
import { snapshotPath } from '../cards/design/snapshot-design.js'
import type { HolderChange } from '../cards/diff/holder-changes.js'
import type { PassChange } from '../cards/diff/pass-change.js'
import { currentDesigns } from '../issuing/published-designs.js'
import { AppError } from '../kit/errors/index.js'
import type { Finding } from '../kit/findings.js'
import { editedSide, publishedSide } from './compared-design.js'
import { sideDifferences } from './design-diff.js'
import { launchParts } from './issuing.js'
import type { Launch } from './launch.js'

export interface PublishRequest {
  readonly name: string
  /** An earlier version that is published again as a new one; the folder as it is when undefined. */
  readonly fromVersion?: number | undefined
  /** Publish what phones refuse. */
  readonly force: boolean
  readonly dryRun: boolean
  /** What is typed, for whoever has to wait. */
  readonly command: string
}

export interface PublishResult {
  readonly design: string
  /** The version that cards were signed with before; null for the first one. */
  readonly before: number | null
  /** The version that they are signed with now, or with --dry-run would be. */
  readonly version: number
  /** False when nothing was to be published: cards are signed with that already. */
  readonly changed: boolean
  readonly dryRun: boolean
  /** Cards of the design: all of them follow. */
  readonly cards: number
  readonly changes: readonly PassChange[]
  /** What every holder notices, by language; what the values of cards are is not told. */
  readonly holder: readonly HolderChange[]
  /** For what phones refuse the cards; empty without --force. */
  readonly refused: readonly Finding[]
}

/**
 * Makes a design the one that its cards are signed with: all of them follow, and no row of a card is touched.
 *
 * @throws AppError DESIGN_NOT_FOUND, DESIGN_INVALID, DESIGN_REFUSED, DESIGN_VERSION, JOB_RUNNING
 */
export async function publishDesign(launch: Launch, request: PublishRequest): Promise<PublishResult> {
  const { name, fromVersion, force, dryRun, command } = request
  const store = await launch.store()
  const side =
    fromVersion === undefined ? await editedSide(launch, name) : await publishedSide(launch, name, fromVersion)
  const design = side.design as Design
  const refused = await refusals(launch, design)
  if (refused.length > 0 && !force) throw designRefused(design.name, refused)
  const { folders } = launchParts(launch, undefined)
  const [current] = await currentDesigns(store, folders, design.name)
  const copied = current !== undefined && existsSync(current.dir)
  // Without a copy of what is published nobody can say what changes; publishing is what brings one back.
  const compared = copied ? await publishedSide(launch, design.name, undefined) : undefined
  const { changes, holder } =
    compared === undefined ? { changes: [], holder: [] } : sideDifferences(launch, [compared, side])
  const before = current?.version ?? null
  const result = {
    design: design.name,
    before,
    changes,
    holder,
    refused,
    dryRun,
    cards: await countCards(launch, current?.id),
  }
  const same = current?.dir === snapshotPath(folders.snapshots, design.hash)
  if (same && (copied || dryRun)) return { ...result, version: before ?? 1, changed: false }
  if (dryRun) return { ...result, version: (before ?? 0) + 1, changed: true }
  const { version } = await publish(launch, design, command)
  return { ...result, version, changed: version !== before }
}

async function publish(launch: Launch, design: Design, command: string) {
  const [{ publishDesign: run }, { prepareVariants }, { ISSUE_LOCK }] = await Promise.all([
    import('../issuing/publish-design.js'),
    import('../cards/pictures/prepare-variants.js'),
    import('../issuing/issue-members.js'),
  ])
  const store = await launch.store()
  const { folders, now, actor } = launchParts(launch, undefined)
  // A run that issues cards signs all of them with one version.
  const lock = await store.lock(ISSUE_LOCK, `process ${process.pid}, ${command}`)
  if (!lock.held) throw new AppError('JOB_RUNNING', `another run is working on this launch: ${lock.holder}`)
  try {
    await prepareVariants(design, folders.cache)
    return await run(store, design, {
      snapshotsDir: folders.snapshots,
      now: now(),
      author: { actor, source: 'publish' },
    })
  } finally {
    lock.release()
  }
}

async function refusals(launch: Launch, design: Design): Promise<readonly Finding[]> {
  const { checkDesignFolder } = await import('../cards/check/check-folder.js')
  const { findings } = await checkDesignFolder(design.dir, {
    name: design.name,
    now: launch.now().getTime(),
    currency: launch.config.currency,
    cacheDir: launch.path('.tessera', 'cache'),
  })
  return findings.filter(({ severity }) => severity === 'refused')
}

function designRefused(name: string, findings: readonly Finding[]): AppError {
  const [first] = findings
  const more = findings.length > 1 ? ` There are ${findings.length - 1} more such reasons.` : ''
  return new AppError('DESIGN_REFUSED', `phones refuse the cards of "${name}": ${first?.message ?? ''}${more}`, {
    hints: [`See all of it with \`tessera design check ${name}\`; publish it all the same with --force.`],
    details: { design: name, findings },
  })
}

async function countCards(launch: Launch, designId: number | undefined): Promise<number> {
  if (designId === undefined) return 0
  const { db } = await launch.store()
  const { count } = await db
    .selectFrom('cards')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('design_id', '=', designId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
