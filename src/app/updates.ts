import { resolve } from 'node:path'
import type { CardHistory } from '../issuing/cards/card-history.js'
import type { CardEdit } from '../issuing/updates/card-edit.js'
import type { EditResult } from '../issuing/updates/edit-selected.js'
import type { EditsPreview } from '../issuing/updates/preview-edits.js'
import type { EmptyCells } from '../issuing/updates/read-update-row.js'
import type { FilePreview, UpdatedItem, UpdateInput, UpdateSummary } from '../issuing/updates/update-types.js'
import { AppError } from '../kit/errors/index.js'
import type { JobEvent } from '../kit/events.js'
import { assertConfirmed, type CardSelection, explainNothing, parseUntil, toSelection } from './cards.js'
import { launchParts } from './issuing.js'
import type { Launch } from './launch.js'

/** What `tessera card update` is asked to change, as typed. An empty text takes away. */
export interface TypedEdit {
  readonly expires?: string | undefined
  readonly voided?: boolean | undefined
  readonly sharing?: 'on' | 'off' | 'default' | undefined
  readonly locationText?: string | undefined
  readonly beaconText?: string | undefined
  readonly locale?: string | undefined
  readonly barcode?: string | undefined
}

export interface UpdateRequest {
  /** Serials and `field=value`, in any order. */
  readonly words: readonly string[]
  readonly design?: string | undefined
  readonly where?: readonly string[] | undefined
  readonly edit: TypedEdit
  readonly dryRun: boolean
  readonly confirm?: string | undefined
}

export type UpdateResult =
  | (EditResult & { readonly dryRun: false; readonly notes: readonly string[] })
  | (EditsPreview & { readonly dryRun: true; readonly notes: readonly string[] })

/**
 * Changes the named or selected cards, all in the same way. What stands in the way of any of them is found before the
 * first is changed.
 *
 * @throws AppError USAGE, CARD_NOT_FOUND, FIELD_UNKNOWN, VALUE_INVALID, NOT_CONFIRMED, SELECTION_UNKNOWN
 */
export async function updateCards(launch: Launch, request: UpdateRequest): Promise<UpdateResult> {
  const { serials, values } = sortWords(request.words)
  const edit = await readEdit(request.edit)
  if (values.size === 0 && Object.keys(edit).length === 0) {
    throw new AppError('USAGE', 'nothing is to be changed', {
      hints: ['Give field=value, --from FILE.csv, or one of --expires, --void, --unvoid, --sharing, --locale, ….'],
    })
  }
  const typed: CardSelection = { serials, design: request.design, where: request.where }
  const byCondition = serials.length === 0
  if (byCondition && typed.design === undefined && (typed.where?.length ?? 0) === 0) {
    throw new AppError('USAGE', 'no cards are named', { hints: ['Give a serial, or --design or --where.'] })
  }
  const store = await launch.store()
  const deps = { ...launchParts(launch, undefined), store }
  const selection = toSelection(typed)
  const wanted = { selection, values, edit }
  const { editSelected, previewSelected } = await import('../issuing/updates/edit-selected.js')
  const preview = await previewSelected(wanted, deps)
  if (preview.changed + preview.unchanged === 0) {
    await explainNothing(store, selection)
    throw new AppError('CARD_NOT_FOUND', 'no card matches')
  }
  const notes = notesOn(launch, edit, preview)
  if (request.dryRun) return { ...preview, dryRun: true, notes }
  if (byCondition) {
    const count = preview.changed + preview.unchanged
    assertConfirmed({ count, designs: preview.designs.map(({ name }) => name), confirm: request.confirm })
  }
  const author = { actor: launch.actor, source: 'update' }
  return { ...(await editSelected(wanted, { ...deps, author })), dryRun: false, notes }
}

/** `1001 balance=1300 level=Gold`: the words with a `=` are values, the others serials. */
function sortWords(words: readonly string[]): { serials: string[]; values: Map<string, string> } {
  const serials: string[] = []
  const values = new Map<string, string>()
  for (const word of words) {
    const at = word.indexOf('=')
    if (at < 0) serials.push(word)
    else {
      const key = word.slice(0, at).trim()
      if (key === '' || values.has(key)) {
        const reason = key === '' ? 'names no field' : 'gives the field a second value'
        throw new AppError('USAGE', `"${word}" ${reason}`, { hints: ['Write each value as field=value.'] })
      }
      values.set(key, word.slice(at + 1))
    }
  }
  if (serials.length > 1 && values.size > 0) {
    throw new AppError('USAGE', `the same values would go to ${serials.length} cards`, {
      hints: ['Give one serial, select cards by --where, or write a row for each card into a file for --from.'],
    })
  }
  return { serials, values }
}

async function readEdit(typed: TypedEdit): Promise<Omit<CardEdit, 'values'>> {
  const { readOption } = await import('../issuing/updates/read-edit.js')
  const { expires, voided, sharing, locationText, beaconText, locale, barcode } = typed
  const texts = { locale, barcode, sharing, location_text: locationText, beacon_text: beaconText } as const
  let edit: Omit<CardEdit, 'values'> = voided === undefined ? {} : { voided }
  if (expires !== undefined)
    edit = { ...edit, expiresAt: expires.toLowerCase() === 'never' ? null : parseUntil(expires, '--expires') }
  for (const [option, text] of Object.entries(texts) as [keyof typeof texts, string | undefined][]) {
    if (text === undefined) continue
    const read = readOption(option, text, { locale: 'en' })
    if (!read.ok) throw new AppError('USAGE', `--${option.replace('_', '-')} "${text}" ${read.reason}`)
    edit = { ...edit, ...read.value }
  }
  return edit
}

/** What the change cannot do, though it is not wrong. */
function notesOn(
  launch: Launch,
  edit: Omit<CardEdit, 'values'>,
  { designs }: Pick<EditsPreview, 'designs'>,
): readonly string[] {
  const notes: string[] = []
  for (const { name, locations, beacons } of designs) {
    if (edit.locationText && !locations) notes.push(`The design "${name}" has no locations to show the text at.`)
    if (edit.beaconText && !beacons) notes.push(`The design "${name}" has no beacons to show the text at.`)
  }
  if (launch.config.service === undefined)
    notes.push('tessera.yaml has no service.url: phones never ask for the new version of a card they have.')
  return notes
}

export interface UpdateFileRequest {
  readonly cwd: string
  readonly csv: string
  readonly empty: EmptyCells
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly items: boolean
  readonly command: string
}

/** Changes cards by the rows of a CSV; see issuing/updates/update-from-file.ts. */
export async function* updateFromFile(
  launch: Launch,
  request: UpdateFileRequest,
  signal: AbortSignal,
): AsyncGenerator<JobEvent<UpdateSummary, UpdatedItem>> {
  const { updateFromFile: run } = await import('../issuing/updates/update-from-file.js')
  yield* run(fileInput(request), { ...launchParts(launch, undefined), store: await launch.store(), signal })
}

/** What `--from` would do, without doing it. */
export async function previewUpdates(launch: Launch, request: UpdateFileRequest): Promise<FilePreview> {
  const { previewFile } = await import('../issuing/updates/preview-file.js')
  return previewFile(fileInput(request), { ...launchParts(launch, undefined), store: await launch.store() })
}

function fileInput(request: UpdateFileRequest): UpdateInput {
  return { ...request, csv: resolve(request.cwd, request.csv) }
}

/** Everything that `--from` leaves to the rows of its file. */
const OF_THE_ROWS = 'design where expires void unvoid sharing location-text beacon-text locale barcode confirm'.split(
  ' ',
)

/** A file says itself which cards become what. @throws AppError USAGE */
export function assertFileOnly(words: readonly string[], flags: Readonly<Record<string, unknown>>): void {
  const given = OF_THE_ROWS.filter((name) => flags[name] !== undefined && flags[name] !== false).map(
    (name) => `--${name}`,
  )
  const [first] = [...words, ...given]
  if (first === undefined) return
  throw new AppError('USAGE', `${first} does not go with --from: the rows of the file say which cards become what`, {
    hints: ['Leave it out, or give the file a column for it.'],
  })
}

/** All that happened to the card of that name; see issuing/cards/card-history.ts. */
export async function cardHistory(launch: Launch, name: string): Promise<CardHistory> {
  const { readHistory } = await import('../issuing/cards/card-history.js')
  return readHistory(await launch.store(), name)
}
