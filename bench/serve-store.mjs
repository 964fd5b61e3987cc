// Fills a store as `tessera issue` and phones would, only faster: rows go straight into the tables.
import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'

const BATCH = 50_000

/** Every card is on one phone; every hundredth phone has a hundred cards more. @returns what the load needs to know */
export function fillStore(file, cards) {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  const design = db.prepare('select id from designs').get().id
  const now = Date.now()
  const card = db.prepare(
    `insert into cards (serial, design_id, field_values, token, barcode, revision, created_at, updated_at, tag, job_id, job_row)
     values (?, ?, ?, ?, ?, 1, ?, ?, ?, 0, ?)`,
  )
  const registration = db.prepare(
    `insert into registrations (device, card_id, platform, push_token, tag, created_at, updated_at)
     values (?, ?, 'apple', ?, 0, ?, ?)`,
  )
  const { tag } = db.prepare('select tag from clock').get()
  const levels = ['Silver', 'Gold', 'Platinum']
  const insert = db.transaction((from, to) => {
    for (let index = from; index < to; index++) {
      const values = JSON.stringify({ name: `Member Number ${index}`, balance: index % 5000, level: levels[index % 3] })
      const { lastInsertRowid } = card.run(
        serial(index),
        design,
        values,
        token(index),
        serial(index),
        now,
        now,
        tag + 1 + index,
        index,
      )
      registration.run(device(index), lastInsertRowid, randomBytes(32).toString('hex'), now, now)
    }
  })
  for (let from = 0; from < cards; from += BATCH) insert(from, Math.min(cards, from + BATCH))
  db.prepare('update clock set tag = ?, latest = ?').run(tag + 1 + cards, now)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

export const serial = (index) => `B${String(index).padStart(9, '0')}`
/** Not random, so that the load can name it. */
export const token = (index) => `token-of-the-bench-${String(index).padStart(9, '0')}`
/** A hundred cards in a row share a phone. */
export const device = (index) =>
  index % 100 === 0 ? hex(index) : index % 1000 < 100 ? hex(index - (index % 100)) : hex(index)
const hex = (index) => index.toString(16).padStart(32, '0')
