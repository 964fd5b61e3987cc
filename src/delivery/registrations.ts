import { beginChange, type Db, type Store } from '../store/index.js'
import type { Platform } from './platforms.js'

export interface Registration {
  /** deviceLibraryIdentifier. */
  readonly device: string
  readonly cardId: number
  readonly platform: Platform
  readonly pushToken: string
  /** pushServiceUrl, where the platform has one. */
  readonly pushUrl: string | undefined
}

/** What a phone is told of its cards that changed. */
export interface UpdatedCards {
  readonly serials: readonly string[]
  /** Opaque for the phone, which gives it back: a string, as Wallet fetches nothing when it is a number. */
  readonly lastUpdated: string
}

export interface Registrations {
  /** @returns true when the card was not registered for this device before. */
  register(registration: Registration, now: number): Promise<boolean>
  /** @returns true when there was such a registration. */
  unregister(device: string, cardId: number): Promise<boolean>
  /** The device's cards that changed since a tag, or all of them; undefined when there are none. */
  updatedSince(device: string, tag: string | undefined): Promise<UpdatedCards | undefined>
}

export function createRegistrations(store: Store): Registrations {
  const { db } = store
  const known = store.prepared<[string, number], KnownRegistration>((from) => knownQuery(from, '', 0))
  const updated = store.prepared<[string, number, number, number], UpdatedRow>((from) =>
    cardsOf(from, '').where((where) =>
      where.or([
        where('cards.tag', '>', 0),
        where('designs.tag', '>', 0),
        // The phone got the card before its last change and registered after it, so nobody told it of that.
        where('registrations.tag', '>', 0),
      ]),
    ),
  )
  const all = store.prepared<[string], UpdatedRow>((from) => cardsOf(from, ''))

  return {
    async register(registration, now) {
      const { device, cardId } = registration
      const [same] = await known(device, cardId)
      // Phones register again and again; nothing is written when nothing is new.
      if (same !== undefined && isSame(same, registration)) return false
      return store.write(async (trx) => {
        const before = await knownQuery(trx, device, cardId).executeTakeFirst()
        const address = { push_token: registration.pushToken, push_url: registration.pushUrl ?? null }
        if (before === undefined) {
          const tag = await tagOfLatecomer(trx, cardId, now)
          const { platform } = registration
          const row = { device, card_id: cardId, platform, ...address, tag, created_at: now, updated_at: now }
          await trx.insertInto('registrations').values(row).execute()
        }
        // A phone has one push token at a time: its other cards are reached by the new one as well.
        await trx
          .updateTable('registrations')
          .set({ ...address, updated_at: now })
          .where('device', '=', device)
          .where('platform', '=', registration.platform)
          .where((where) =>
            where.or([
              where('push_token', '!=', registration.pushToken),
              where(where.fn.coalesce('push_url', where.val('')), '!=', registration.pushUrl ?? ''),
            ]),
          )
          .execute()
        if (before !== undefined && before.platform !== registration.platform) {
          const change = { platform: registration.platform, ...address, updated_at: now }
          await trx.updateTable('registrations').set(change).where('id', '=', before.id).execute()
        }
        return before === undefined
      })
    },

    async unregister(device, cardId) {
      if ((await known(device, cardId)).length === 0) return false
      const { numDeletedRows } = await store.write((trx) =>
        trx.deleteFrom('registrations').where('device', '=', device).where('card_id', '=', cardId).executeTakeFirst(),
      )
      return numDeletedRows > 0n
    },

    async updatedSince(device, text) {
      const since = parseTag(text)
      if (since !== undefined) {
        const rows = await updated(device, since, since, since)
        if (rows.length > 0) return toUpdated(rows)
        // A tag from the future was never given out: the store is older than the phone's knowledge (restored from a
        // backup, or another server's). Everything is told again, since nobody knows what the phone has missed.
        if (since <= (await currentTag(db))) return undefined
      }
      const rows = await all(device)
      return rows.length === 0 ? undefined : toUpdated(rows)
    },
  }
}

/** A tag that we may have given out. Anything else (of a server that was replaced by this one) counts as none. */
function parseTag(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

async function currentTag(db: Db): Promise<number> {
  const { tag } = await db.selectFrom('clock').select('tag').where('id', '=', 1).executeTakeFirstOrThrow()
  return tag
}

interface KnownRegistration {
  readonly id: number
  readonly platform: string
  readonly push_token: string
  readonly push_url: string | null
}

function knownQuery(db: Db, device: string, cardId: number) {
  return db
    .selectFrom('registrations')
    .select(['id', 'platform', 'push_token', 'push_url'])
    .where('device', '=', device)
    .where('card_id', '=', cardId)
}

function isSame(row: KnownRegistration, { platform, pushToken, pushUrl }: Registration): boolean {
  return row.platform === platform && row.push_token === pushToken && row.push_url === (pushUrl ?? null)
}

interface UpdatedRow {
  readonly serial: string
  readonly card_tag: number
  readonly design_tag: number
  readonly own_tag: number
}

function cardsOf(db: Db, device: string) {
  return db
    .selectFrom('registrations')
    .innerJoin('cards', 'cards.id', 'registrations.card_id')
    .innerJoin('designs', 'designs.id', 'cards.design_id')
    .select(['cards.serial', 'cards.tag as card_tag', 'designs.tag as design_tag', 'registrations.tag as own_tag'])
    .where('registrations.device', '=', device)
}

function toUpdated(rows: readonly UpdatedRow[]): UpdatedCards {
  let last = 0
  for (const { card_tag, design_tag, own_tag } of rows) last = Math.max(last, card_tag, design_tag, own_tag)
  return { serials: rows.map(({ serial }) => serial), lastUpdated: String(last) }
}

/**
 * The tag of a phone that registers a card which has changed since it was issued: what it has may be older, and no push
 * will come for a change that is past. 0 where the card is as it was issued.
 */
async function tagOfLatecomer(trx: Parameters<Parameters<Store['write']>[0]>[0], cardId: number, now: number) {
  const card = await trx
    .selectFrom('cards')
    .innerJoin('designs', 'designs.id', 'cards.design_id')
    .select(['cards.revision', 'cards.created_at', 'designs.published_at'])
    .where('cards.id', '=', cardId)
    .executeTakeFirstOrThrow()
  if (card.revision === 1 && card.published_at <= card.created_at) return 0
  return (await beginChange(trx, now)).tag
}
