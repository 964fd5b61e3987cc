import { AppError } from '../../kit/errors/index.js'
import type { Store } from '../../store/index.js'
import { type CardStatus, cardQuery, type StoredCard, statusOf } from './card-view.js'

/** Which cards a command is about. All conditions hold at once. */
export interface Selection {
  readonly serials?: readonly string[]
  readonly design?: string | undefined
  /** Field key -> value, compared as text and without case. */
  readonly where?: ReadonlyMap<string, string>
  readonly status?: CardStatus | undefined
}

const PAGE = 500

/**
 * The selected cards in the order they were issued, page by page, so that millions do not fill the memory.
 *
 * @param after - id of the card to go on after.
 * @throws AppError CARD_NOT_FOUND when a serial is named that no card has
 */
export async function* selectCards(
  store: Store,
  selection: Selection,
  { now, after = 0 }: { now: number; after?: number },
): AsyncGenerator<readonly StoredCard[]> {
  await assertKnown(store, selection.serials)
  for (let last = after; ; ) {
    const rows = await pageQuery(store, selection, last).execute()
    const end = rows.at(-1)
    if (end === undefined) return
    const page = rows.filter((row) => matches(row, selection, now))
    if (page.length > 0) yield page
    last = end.id
  }
}

function pageQuery(store: Store, { serials, design, where }: Selection, after: number) {
  let query = cardQuery(store.db).where('cards.id', '>', after).orderBy('cards.id').limit(PAGE)
  if (serials !== undefined && serials.length > 0) query = query.where('cards.serial', 'in', serials)
  if (design !== undefined) query = query.where('designs.name', '=', design)
  // The database narrows down by the key; exactly which cards match is decided on the parsed values.
  for (const key of where?.keys() ?? [])
    query = query.where('cards.field_values', 'like', `%${escapeLike(JSON.stringify(key))}:%`)
  return query
}

function escapeLike(text: string): string {
  // `%` and `_` only widen the search; a backslash would be an escape on Postgres.
  return text.replaceAll('\\', '_')
}

function matches(row: StoredCard, { where, status }: Selection, now: number): boolean {
  if (status !== undefined && statusOf(row, now) !== status) return false
  if (where === undefined || where.size === 0) return true
  const values: Record<string, unknown> = JSON.parse(row.field_values)
  for (const [key, wanted] of where) {
    if (!Object.hasOwn(values, key) || !sameText(values[key], wanted)) return false
  }
  return true
}

function sameText(value: unknown, wanted: string): boolean {
  return String(value).toLowerCase() === wanted.toLowerCase()
}

async function assertKnown(store: Store, serials: readonly string[] | undefined): Promise<void> {
  if (serials === undefined || serials.length === 0) return
  const rows = await store.db.selectFrom('cards').select('serial').where('serial', 'in', serials).execute()
  const known = new Set(rows.map(({ serial }) => serial))
  const missing = serials.filter((serial) => !known.has(serial))
  if (missing.length > 0)
    throw new AppError('CARD_NOT_FOUND', `no card has the serial ${missing.map((s) => `"${s}"`).join(', ')}`)
}

/** How many cards a selection has, the first of them, and the names of all their designs, in the order of their cards. */
export async function countCards(
  store: Store,
  selection: Selection,
  { now, first = 0 }: { now: number; first?: number },
): Promise<{ count: number; cards: readonly StoredCard[]; designs: readonly string[] }> {
  const cards: StoredCard[] = []
  const designs = new Set<string>()
  let count = 0
  for await (const page of selectCards(store, selection, { now })) {
    count += page.length
    for (const { design } of page) designs.add(design)
    if (cards.length < first) cards.push(...page.slice(0, first - cards.length))
  }
  return { count, cards, designs: [...designs] }
}

/**
 * The one card that a serial, or failing that the value of any field, names.
 *
 * @throws AppError CARD_NOT_FOUND, CARD_AMBIGUOUS
 */
export async function findCard(store: Store, name: string): Promise<StoredCard> {
  const bySerial = await cardQuery(store.db).where('cards.serial', '=', name).executeTakeFirst()
  if (bySerial !== undefined) return bySerial
  const found: StoredCard[] = []
  for (let last = 0; found.length <= MOST_SHOWN; ) {
    const rows = await cardQuery(store.db)
      .where('cards.id', '>', last)
      .where((where) =>
        where.or([where('cards.field_values', 'like', `%${likeValue(name)}%`), where('cards.barcode', '=', name)]),
      )
      .orderBy('cards.id')
      .limit(PAGE)
      .execute()
    const end = rows.at(-1)
    if (end === undefined) break
    found.push(...rows.filter((row) => row.barcode === name || hasValue(row, name)))
    last = end.id
  }
  const [only, second] = found
  if (only === undefined) throw new AppError('CARD_NOT_FOUND', `no card has the serial or a field value "${name}"`)
  if (second === undefined) return only
  const serials = found.slice(0, MOST_SHOWN).map(({ serial }) => serial)
  throw new AppError(
    'CARD_AMBIGUOUS',
    `${found.length > MOST_SHOWN ? `more than ${MOST_SHOWN}` : found.length} cards have "${name}": ${serials.join(', ')}`,
  )
}

const MOST_SHOWN = 10

/** LIKE folds the case of ASCII only, and on some databases none; letters that have case are left to the exact test. */
function likeValue(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^0-9@+. -]/g, '_')
}

function hasValue(row: StoredCard, wanted: string): boolean {
  return Object.values(JSON.parse(row.field_values)).some((value) => sameText(value, wanted))
}
