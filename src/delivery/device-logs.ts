import type { Store } from '../store/index.js'

/** What one phone complains of at once: more is cut. */
const MOST_ENTRIES = 100
const LONGEST_ENTRY = 2000
/** Entries that are kept; the oldest go first. */
export const KEPT_ENTRIES = 100_000
/** Every so many entries the oldest are looked for. */
const TIDY_EVERY = 500

export interface DeviceLog {
  readonly id: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly platform: string | null
  /** As far as the message names them. */
  readonly device: string | null
  readonly serial: string | null
  readonly message: string
}

export interface DeviceLogs {
  add(messages: readonly string[], from: { readonly platform: string | undefined; readonly now: number }): Promise<void>
}

/** Writes what phones say to /log into the store: any server of the launch takes it, any command shows it. */
export function createDeviceLogs(store: Store): DeviceLogs {
  let untidy = TIDY_EVERY
  return {
    async add(messages, { platform, now }) {
      if (messages.length === 0) return
      const rows = messages.slice(0, MOST_ENTRIES).map((text) => {
        const message = text.slice(0, LONGEST_ENTRY).toWellFormed()
        return { at: now, platform: platform ?? null, ...namesIn(message), message }
      })
      untidy += rows.length
      await store.write(async (trx) => {
        await store.insertMany(trx, 'device_logs', rows)
        if (untidy < TIDY_EVERY) return
        untidy = 0
        const newest = await trx
          .selectFrom('device_logs')
          .select('id')
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst()
        const last = (newest?.id ?? 0) - KEPT_ENTRIES
        if (last > 0) await trx.deleteFrom('device_logs').where('id', '<=', last).execute()
      })
    },
  }
}

/** `… (for device 5f…, pass type pass.com.x, serial number 1001; with web service url …) encountered error: …` */
function namesIn(message: string): { device: string | null; serial: string | null } {
  const device = /\bdevice ([0-9a-f-]{8,64})\b/i.exec(message)?.[1] ?? null
  // No two parts of the pattern match the same: anybody may send anything here, and spaces without end are quickly read.
  const named = /\bserial number ([^;,)]{1,250})[;,)]/i.exec(message)?.[1]?.trim()
  const serial = named !== undefined && named !== '' && named.length <= 200 ? named : null
  return { device, serial }
}

export interface LogQuery {
  /** Entries of that time or later, epoch milliseconds. */
  readonly since?: number | undefined
  /** Entries after this one. */
  readonly after?: number | undefined
  /** Only entries that name this serial. */
  readonly serial?: string | undefined
  readonly limit: number
}

/** The newest entries that match, or the first ones after `after`; oldest first. */
export async function readDeviceLogs(store: Store, { since, after, serial, limit }: LogQuery): Promise<DeviceLog[]> {
  const order = after === undefined ? 'desc' : 'asc'
  let query = store.db.selectFrom('device_logs').selectAll().orderBy('id', order).limit(limit)
  if (since !== undefined) query = query.where('at', '>=', since)
  if (after !== undefined) query = query.where('id', '>', after)
  if (serial !== undefined) query = query.where('serial', '=', serial)
  const entries = await query.execute()
  return after === undefined ? entries.reverse() : entries
}
