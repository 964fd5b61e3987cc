import type { DesignKind } from './answers.js'

/** Twelve invented people; the Cyrillic ones have a locale, so that their cards are written in Russian. */
const MEMBERS: readonly (readonly [name: string, locale: string, balance: number, level: string, stamps: number])[] = [
  ['Ada Bergstrom', 'en', 1250, 'Gold', 3],
  ['Bruno Castellani', 'en', 80, 'Silver', 0],
  ['Мария Соколова', 'ru', 2400, 'Platinum', 9],
  ['Chloe Okafor', 'en', 415, 'Silver', 5],
  ['Дмитрий Орлов', 'ru', 60, 'Silver', 1],
  ['Elif Yilmaz', 'en', 990, 'Gold', 10],
  ['Frederik Holm', 'en', 0, 'Silver', 0],
  ['Анна Кузнецова', 'ru', 1780, 'Gold', 7],
  ['Grace Whitfield', 'en', 3105, 'Platinum', 2],
  ['Hugo "Red" Lindqvist', 'en', 220, 'Silver', 4],
  ['Илья Морозов', 'ru', 505, 'Silver', 6],
  ["Imani O'Neill, Jr.", 'en', 1500, 'Gold', 8],
]

/**
 * members.csv of a new launch: columns named like the fields of the design, so that it issues without mapping. The
 * column `serial` keeps a card the same card when its other values change.
 */
export function sampleMembers(kind: DesignKind): string {
  const values = kind === 'bonus' ? ['balance', 'level'] : ['stamps']
  const rows = MEMBERS.map(([name, locale, balance, level, stamps], index) => {
    const fed = kind === 'bonus' ? [balance, level] : [stamps]
    return [1001 + index, name, locale, ...fed]
  })
  return [['serial', 'name', 'locale', ...values], ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')
}

function cell(value: string | number): string {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
