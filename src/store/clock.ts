import { sql } from 'kysely'
import type { Trx } from './store.js'

/**
 * The order of changes. Phones ask "what changed since TAG", and "is it newer than TIME", a time in whole seconds. Clocks
 * are no help: two changes may fall into one second, clocks of two machines differ, and a clock may be set back. So a tag
 * is a number of a sequence that moves with the transaction (Apple calls it opaque), and the times of a card's changes
 * move by a second at least. The one row is written by every change, so that the order of tags is the order in which
 * changes become visible, on Postgres too: a number that was drawn earlier cannot be committed later.
 */
export interface Change {
  /** The same for everything that the transaction changes: it becomes visible at once. */
  readonly tag: number
  /** When the transaction says it is, epoch milliseconds. */
  readonly now: number
  /** The time of a card's change: now, but at least in the second after the one before. */
  stamp(previous: number): number
  /** Call last, when all stamps are taken. */
  done(): Promise<void>
}

const SECOND = 1000

/** Begins a change of single cards. */
export async function beginChange(trx: Trx, now: number): Promise<Change> {
  const { tag, floor } = await trx
    .updateTable('clock')
    .set((eb) => ({ tag: eb('tag', '+', 1), latest: later(now) }))
    .where('id', '=', 1)
    .returning(['tag', 'floor'])
    .executeTakeFirstOrThrow()
  let latest = now
  return {
    tag,
    now,
    stamp(previous) {
      const at = laterSecond(now, Math.max(previous, floor))
      if (at > latest) latest = at
      return at
    },
    async done() {
      if (latest > now)
        await trx
          .updateTable('clock')
          .set({ latest: later(latest) })
          .where('id', '=', 1)
          .execute()
    },
  }
}

/**
 * A change of many cards at once whose rows are not touched, such as a new version of their design.
 *
 * @returns its tag, and a time that is later than that of any change before and earlier than that of any after.
 */
export async function changeAll(trx: Trx, now: number): Promise<{ readonly tag: number; readonly at: number }> {
  const { tag, latest } = await trx
    .updateTable('clock')
    .set((eb) => ({ tag: eb('tag', '+', 1) }))
    .where('id', '=', 1)
    .returning(['tag', 'latest'])
    .executeTakeFirstOrThrow()
  const at = laterSecond(now, latest)
  await trx.updateTable('clock').set({ latest: at, floor: at }).where('id', '=', 1).execute()
  return { tag, at }
}

const later = (time: number) => sql<number>`case when latest > ${time} then latest else ${time} end`

function laterSecond(now: number, previous: number): number {
  const next = (Math.floor(previous / SECOND) + 1) * SECOND
  return Math.max(now, next)
}
