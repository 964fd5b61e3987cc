import type { DesignKind } from '../../kit/design-kinds.js'
import { MEMBERS, type Member } from './invented-members.js'

type Row = Readonly<Record<string, string | number>>

/** By kind: what identifies the card, and what feeds its fields besides the member's name. */
const COLUMNS: Readonly<
  Record<DesignKind, (member: Member, index: number) => { readonly id: Row; readonly fed: Row }>
> = {
  bonus: ({ balance, level }, index) => ({ id: serial(index), fed: { balance, level } }),
  stamp: ({ stamps }, index) => ({ id: serial(index), fed: { stamps } }),
  discount: ({ spent }, index) => {
    const next = DISCOUNTS.find(({ from }) => from > spent)
    const step = DISCOUNTS.findLast(({ from }) => from <= spent)
    const toNext = next === undefined ? '' : next.from - spent
    return { id: serial(index), fed: { discount: step?.percent ?? '3%', spent, to_next: toNext } }
  },
  cashback: ({ spent, level }, index) => {
    const rate = { Silver: 3, Gold: 5, Platinum: 10 }[level]
    const earned = (spent * rate) / 100
    const balance = Math.round(earned * 40) / 100
    return { id: serial(index), fed: { balance, rate: `${rate}%`, earned } }
  },
  membership: ({ level, since, visits }, index) => ({
    id: { number: `M-${20417 + index}` },
    fed: {
      tier: { Silver: 'Pearl', Gold: 'Sapphire', Platinum: 'Diamond' }[level],
      since,
      visits,
      valid_until: `2031${since.slice(4)}`,
    },
  }),
  coupon: ({ locale, code }, index) => ({
    id: { code: `SPRING-${code}` },
    fed: { discount: index % 3 === 0 ? '–25%' : '–20%', offer: BREAKFAST[locale], valid_until: '2031-05-31' },
  }),
  gift: ({ locale, amount }, index) => ({
    id: { number: `6042 7718 ${3305 + 7 * index}` },
    fed: { sender: SENDER[locale], balance: amount, valid_until: '2031-12-31', message: GREETING[locale] },
  }),
  event: ({ locale }, index) => ({
    id: { ticket: `NL-${4217 + index}` },
    fed: {
      ...EVENING[locale],
      date: '2031-06-18T19:30:00+02:00',
      doors: '18:30',
      section: index < 6 ? 'A' : 'B',
      row: 1 + Math.floor(index / 4),
      seat: 8 + (index % 4),
    },
  }),
  referral: ({ code, friends }) => ({ id: { code }, fed: { friends, reward: 5, earned: 5 * friends } }),
}

const DISCOUNTS = [
  { from: 0, percent: '3%' },
  { from: 500, percent: '5%' },
  { from: 1500, percent: '7%' },
  { from: 5000, percent: '10%' },
  { from: 15000, percent: '15%' },
] as const
const BREAKFAST = { en: 'Breakfast for two', ru: 'Завтрак на двоих' } as const
const SENDER = { en: 'Ada Bergstrom', ru: 'Илья Морозов' } as const
const GREETING = { en: 'Happy birthday! Choose what you like.', ru: 'С днём рождения! Выбери, что по душе.' } as const
const EVENING = {
  en: { event: 'Northern Lights', venue: 'Harbour Hall' },
  ru: { event: 'Северное сияние', venue: 'Дом музыки' },
} as const

/**
 * members.csv of a new launch: columns named like the fields of the design, so that it issues without mapping. The
 * first column keeps a card the same card when its other values change.
 */
export function sampleMembers(kind: DesignKind): string {
  const rows = MEMBERS.map((member, index): Row => {
    const { id, fed } = COLUMNS[kind](member, index)
    return { ...id, name: member.name, locale: member.locale, ...fed }
  })
  const header = Object.keys(rows[0] ?? {})
  return [header, ...rows.map((row) => Object.values(row))].map((row) => `${row.map(cell).join(',')}\n`).join('')
}

function serial(index: number): Row {
  return { serial: 1001 + index }
}

function cell(value: string | number): string {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
