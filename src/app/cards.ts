import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { CardStatus, CardView } from '../issuing/cards/card-view.js'
import type { CardChange, ChangeResult } from '../issuing/cards/change-cards.js'
import type { ExportSummary } from '../issuing/cards/export-cards.js'
import type { Selection } from '../issuing/cards/select-cards.js'
import { AppError } from '../kit/errors/index.js'
import type { JobEvent } from '../kit/events.js'
import type { Store } from '../store/index.js'
import { launchParts } from './issuing.js'
import type { Launch } from './launch.js'
import { assertSafeOutputs } from './safe-outputs.js'

/** Which cards a command is about, as typed: serials, `--design`, `--where field=value`, `--status`. */
export interface CardSelection {
  readonly serials?: readonly string[]
  readonly design?: string | undefined
  readonly where?: readonly string[] | undefined
  readonly status?: CardStatus | undefined
}

/** The one card that a serial, a barcode or the value of any field names. */
export async function showCard(launch: Launch, name: string): Promise<CardView> {
  const { findCard } = await import('../issuing/cards/select-cards.js')
  const { toCardView } = await import('../issuing/cards/card-view.js')
  return toCardView(await findCard(await launch.store(), name), await viewContext(launch))
}

export interface CardList {
  /** Cards that match. */
  readonly count: number
  /** The first of them. */
  readonly cards: readonly CardView[]
}

/** @param limit - how many cards to return at most; the count is of all. */
export async function listCards(launch: Launch, selection: CardSelection, limit: number): Promise<CardList> {
  const { countCards } = await import('../issuing/cards/select-cards.js')
  const { toCardView } = await import('../issuing/cards/card-view.js')
  const context = await viewContext(launch)
  const store = await launch.store()
  const wanted = toSelection(selection)
  const found = await countCards(store, wanted, { now: context.now, first: limit })
  if (found.count === 0) await explainNothing(store, wanted)
  return { count: found.count, cards: found.cards.map((row) => toCardView(row, context)) }
}

/** A condition that no card can meet is a slip of the pen, not an empty answer. */
export async function explainNothing(store: Store, selection: Selection): Promise<void> {
  const { assertNamesKnown } = await import('../issuing/cards/known-names.js')
  await assertNamesKnown(store, selection)
}

async function viewContext(launch: Launch) {
  const { service } = launch.config
  const now = launch.now().getTime()
  if (service === undefined) return { now, linkOf: undefined }
  const { createLinkMaker } = await import('../issuing/links-file.js')
  return { now, linkOf: createLinkMaker(await (await launch.store()).secret(), service.url) }
}

export interface ExportRequest {
  readonly cwd: string
  readonly selection: CardSelection
  readonly out?: string | undefined
  readonly zip?: string | undefined
  readonly workers?: number | undefined
  readonly command: string
}

/** Signs the selected cards into a folder or a zip file; see issuing/cards/export-cards.ts. */
export async function* exportCards(
  launch: Launch,
  request: ExportRequest,
  signal: AbortSignal,
): AsyncGenerator<JobEvent<ExportSummary>> {
  const { exportCards: run } = await import('../issuing/cards/export-cards.js')
  const { cwd, out, zip, command } = request
  const target =
    zip === undefined
      ? ({ kind: 'folder', path: resolve(cwd, out ?? 'cards') } as const)
      : ({ kind: 'archive', path: resolve(cwd, zip) } as const)
  assertSafeOutputs(launch, [target.path])
  const identity = await launch.identity()
  const workers = request.workers ?? availableParallelism()
  const store = await launch.store()
  const selection = toSelection(request.selection)
  for await (const event of run(
    { selection, target, command },
    { ...launchParts(launch, identity), store, workers, signal },
  )) {
    if (event.type === 'summary' && event.state === 'done' && event.summary.exported === 0) {
      await explainNothing(store, selection)
    }
    yield event
  }
}

/** Signs the named cards: one as a .pkpass, several as a .pkpasses bundle. */
export async function signCards(
  launch: Launch,
  names: readonly string[],
  { bundle }: { bundle: boolean },
): Promise<{ serials: readonly string[]; bytes: Buffer }> {
  const { findCard } = await import('../issuing/cards/select-cards.js')
  const { signCards: sign } = await import('../issuing/cards/sign-card.js')
  const { buildBundle } = await import('../issuing/cards/bundle.js')
  const store = await launch.store()
  const identity = await launch.identity()
  // By serial: a card that is named twice, by its serial and by a value of it perhaps, is signed once.
  const rows = new Map<string, Awaited<ReturnType<typeof findCard>>>()
  for (const name of names) {
    const row = await findCard(store, name)
    rows.set(row.serial, row)
  }
  if (!bundle && rows.size > 1) {
    throw new AppError('USAGE', `${rows.size} cards do not go into one .pkpass file`, {
      hints: ['Name the file .pkpasses, or sign each card into a file of its own.'],
    })
  }
  const passes = await sign([...rows.values()], { ...launchParts(launch, identity), identity, store })
  const [first] = passes
  const bytes = bundle || !first ? buildBundle(passes) : Buffer.concat([first.pass.head, first.pass.tail])
  return { serials: passes.map(({ serial }) => serial), bytes }
}

export interface ChangeRequest {
  readonly selection: CardSelection
  readonly change: CardChange
  readonly dryRun: boolean
  /** Value of --confirm: the design's name, where many cards are changed by a condition. */
  readonly confirm?: string | undefined
}

/**
 * Voids or extends cards. Cards named by serial are changed at once; a condition that selects cards wants the name of
 * their design as confirmation.
 *
 * @throws AppError CARD_NOT_FOUND, NOT_CONFIRMED, USAGE
 */
export async function changeCards(launch: Launch, request: ChangeRequest): Promise<ChangeResult & { dryRun: boolean }> {
  const { changeCards: run } = await import('../issuing/cards/change-cards.js')
  const { countCards } = await import('../issuing/cards/select-cards.js')
  const { selection: typed, change, dryRun, confirm } = request
  const byCondition = (typed.serials?.length ?? 0) === 0
  if (byCondition && typed.design === undefined && (typed.where?.length ?? 0) === 0) {
    throw new AppError('USAGE', 'no cards are named', { hints: ['Give serials, or --design or --where.'] })
  }
  const store = await launch.store()
  const selection = toSelection(typed)
  const now = launch.now().getTime()
  const { count, designs } = await countCards(store, selection, { now })
  if (count === 0) {
    await explainNothing(store, selection)
    throw new AppError('CARD_NOT_FOUND', 'no card matches')
  }
  if (dryRun) return { changed: count, unchanged: 0, dryRun }
  if (byCondition) assertConfirmed({ count, designs, confirm })
  const author = { actor: launch.actor, source: SOURCES[change.kind] }
  return { ...(await run(store, { selection, change, now, author })), dryRun }
}

/**
 * Many cards are changed only by somebody who knows whose they are: a condition that reaches into several designs is not
 * confirmed by the name of one.
 *
 * @throws AppError NOT_CONFIRMED
 */
export function assertConfirmed({
  count,
  designs,
  confirm,
}: {
  readonly count: number
  /** Names of the designs of these cards. */
  readonly designs: readonly string[]
  readonly confirm: string | undefined
}): void {
  const [design = '', ...others] = designs
  if (others.length === 0 && confirm === design) return
  const cards = `${count} card${count === 1 ? '' : 's'}`
  if (others.length === 0)
    throw new AppError('NOT_CONFIRMED', `this would change ${cards}`, {
      hints: [`Look first with --dry-run, then repeat with --confirm ${design}.`],
      details: { cards: count, designs },
    })
  const one = confirm !== undefined && designs.includes(confirm) ? confirm : design
  throw new AppError(
    'NOT_CONFIRMED',
    `this would change ${cards} of ${designs.length} designs: ${designs.join(', ')}`,
    {
      hints: [`Take the cards of one design at a time: repeat with --design ${one} --confirm ${one}.`],
      details: { cards: count, designs },
    },
  )
}

const SOURCES = { void: 'void', unvoid: 'void', expire: 'extend', extend: 'extend' } as const

/** Latest expiry that a pass can state: its dates have years of four digits. */
const LAST_DAY = Date.parse('9999-12-31T23:59:59Z')

/** `--until 2027-12-31` means the end of that day, UTC. @throws AppError USAGE */
export function parseUntil(text: string, flag = '--until'): number {
  const found = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text.trim())
  const day = found?.[1] ?? ''
  // Date.parse takes 2027-02-31 for 3 March.
  const real = new Date(`${day}T00:00:00Z`)
  if (!Number.isNaN(real.getTime()) && real.toISOString().startsWith(day)) {
    const time = Date.parse(`${day}${found?.[2] ?? 'T23:59:59Z'}`)
    if (time <= LAST_DAY) return time
  }
  throw new AppError('USAGE', `${flag} "${text}" is not a date`, { hints: ['Write it as 2027-12-31.'] })
}

/** `90d`, `6w` or `12m` (months of 30 days) in milliseconds. @throws AppError USAGE */
export function parsePeriod(text: string): number {
  const found = /^(\d{1,4})\s*([dwm])$/i.exec(text.trim())
  const days = { d: 1, w: 7, m: 30 }[found?.[2]?.toLowerCase() ?? '']
  if (found && days !== undefined) return Number(found[1]) * days * 86_400_000
  throw new AppError('USAGE', `--by "${text}" is not a period`, { hints: ['Write it as 90d, 6w or 12m.'] })
}

export function toSelection({ serials, design, where, status }: CardSelection): Selection {
  const conditions = new Map<string, string>()
  for (const condition of where ?? []) {
    const at = condition.indexOf('=')
    if (at < 1) {
      throw new AppError('USAGE', `--where "${condition}" is not of the form field=value`)
    }
    conditions.set(condition.slice(0, at).trim(), condition.slice(at + 1).trim())
  }
  return { ...(serials === undefined ? {} : { serials }), design, where: conditions, status }
}

/** Writes a result file whole or not at all. @returns its absolute path. @throws AppError OUTPUT_UNWRITABLE, DISK_FULL */
export async function writeOutput(
  launch: Launch,
  { cwd, file, bytes }: { cwd: string; file: string; bytes: Uint8Array },
): Promise<string> {
  const { writeWholeFile } = await import('../jobs/whole-file.js')
  const path = resolve(cwd, file)
  assertSafeOutputs(launch, [path])
  await writeWholeFile(path, bytes)
  return path
}
