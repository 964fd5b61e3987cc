import { writeFileSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'

const GIVEN = ['Ada', 'Bruno', 'Chloe', 'Мария', 'Dmitri', 'Elif', 'Анна', 'Grace', 'Hugo', 'Zoë', 'Илья', 'Imani']
const FAMILY = [
  'Bergstrom',
  'Соколова',
  "O'Neill",
  'Ångström',
  'Okafor',
  'Кузнецова',
  'Yilmaz',
  'Holm',
  'de la Cruz',
  'Weiß',
]
const LEVELS = ['Silver', 'Gold', 'Platinum']

/**
 * Writes invented members, always the same ones, with deliberate mistakes strewn in.
 *
 * @returns how many rows are good and how many are bad
 */
export function writeMembers(path, { design, good }) {
  const random = seeded(design.length)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const columns = design === 'bonus' ? ['serial', 'name', 'balance', 'level'] : ['serial', 'name', 'stamps']
  const base = design === 'bonus' ? 200000 : 300000
  const member = (number) => ({
    serial: String(base + number),
    name: `${pick(GIVEN)} ${pick(FAMILY)}`,
    balance: String(Math.floor(random() * 5000)),
    level: pick(LEVELS),
    stamps: String(Math.floor(random() * 11)),
  })
  const rows = Array.from({ length: good }, (_, index) => member(index + 1))
  const mistakes = mistakesOf(design).map((mistake, index) => ({ ...member(good + index + 1), ...mistake }))
  for (const [index, row] of mistakes.entries()) rows.splice(40 * (index + 1), 0, row)
  const text = stringify(
    rows.map((row) => columns.map((column) => row[column])),
    { header: true, columns },
  )
  writeFileSync(path, text)
  return { good, bad: mistakes.length }
}

function mistakesOf(design) {
  const common = [{ name: '' }, { serial: '' }, { name: 'x'.repeat(61) }]
  return design === 'bonus'
    ? [...common, { balance: 'twelve' }, { balance: '1.2.3' }, { level: 'Bronze' }]
    : [...common, { stamps: '-1' }, { stamps: '11' }, { stamps: '2.5' }]
}

/** A small generator of numbers that look random and are the same each time (mulberry32). */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
