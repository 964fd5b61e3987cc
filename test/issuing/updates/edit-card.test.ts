import { beforeAll, expect, test } from 'vitest'
import type { StoredCard } from '../../../src/issuing/cards/card-view.js'
import { findCard } from '../../../src/issuing/cards/select-cards.js'
import { type CardEdit, editCard } from '../../../src/issuing/updates/card-edit.js'
import type { DesignRules } from '../../../src/issuing/updates/design-rules.js'
import { previewEdit } from '../../../src/issuing/updates/preview-edits.js'
import { silenceOf } from '../../../src/issuing/updates/silence.js'
import { PASS } from '../../cards/design-folder.js'
import { BONUS, NOW, workbench } from '../workbench.js'
import { rulebook } from './run-update.js'

const bench = await workbench('edit-card')
let row: StoredCard
let rules: DesignRules

beforeAll(async () => {
  const field = (key: string, value: unknown, more = {}) => ({ key, label: key, value, ...more })
  const pass = {
    ...(PASS as object),
    storeCard: {
      primaryFields: [field('balance', 0, { changeMessage: 'Now %@ points' })],
      secondaryFields: [field('name', 'Nobody'), field('level', 'Silver')],
    },
  }
  await bench.design('bonus', `${BONUS}barcode: {value: "{serial}-{level}"}\n`, pass)
  await bench.table('one.csv', [
    ['serial', 'name', 'balance', 'level'],
    ['1', 'Ada', 5, 'Gold'],
  ])
  await bench.issue('one.csv')
  row = await findCard(bench.store, '1')
  rules = await rulebook(bench).of(row.design_id)
})

function edited(edit: CardEdit, before: Partial<StoredCard> = {}) {
  const result = editCard({ ...row, ...before }, edit, { rules, now: NOW })
  if ('problem' in result) throw new Error(result.problem.reason)
  return result.card
}

const values = (entries: Record<string, string | number | null>): CardEdit => ({
  values: new Map(Object.entries(entries)),
})

test('a card that already is as asked has nothing to tell', () => {
  const same = values({ name: 'Ada', balance: 5 })
  expect(edited({ ...same, voided: false, locale: null, expiresAt: null, sharing: null })).toMatchObject({ things: [] })
  expect(edited({ barcode: '1-Gold' }).things).toEqual([])
  expect(edited({}).after.field_values).toBe(row.field_values)
})

test('a barcode made of values is made again; one that is not stays', () => {
  expect(edited(values({ level: 'Silver' })).things).toEqual([
    { what: 'level', before: 'Gold', after: 'Silver' },
    { what: 'barcode', before: '1-Gold', after: '1-Silver' },
  ])
  expect(edited(values({ balance: 6 }), { barcode: 'its own' }).after.barcode).toBe('its own')
  expect(edited({ ...values({ level: 'Silver' }), barcode: 'X' }).after.barcode).toBe('X')
  expect(edited({ barcode: null }, { barcode: 'its own' }).after.barcode).toBe('1-Gold')
})

test('a barcode that no phone can draw is refused', () => {
  expect(editCard(row, { barcode: 'x'.repeat(3000) }, { rules, now: NOW })).toMatchObject({
    problem: { column: 'barcode', reason: 'is longer than the 2900 characters of a barcode' },
  })
})

test('a value that is taken away leaves the text of the design', () => {
  const card = edited(values({ balance: null }))
  expect(JSON.parse(card.after.field_values)).toEqual({ name: 'Ada', level: 'Gold' })
  expect(card.things).toEqual([{ what: 'balance', before: 5 }])
  const { holder, silent } = previewEdit(card, { locale: 'en', now: NOW })
  expect(holder).toEqual([
    { kind: 'front', locale: 'en', field: 'balance', before: 'balance: 5', after: 'balance: 0' },
    { kind: 'lock-screen', locale: 'en', field: 'balance', after: 'Now 0 points' },
  ])
  expect(silent).toEqual([])
})

test('keys that objects have by themselves are keys like any other', () => {
  for (const key of ['__proto__', 'constructor']) {
    const card = edited({ values: new Map([[key, 'x']]) })
    expect(card.things).toEqual([{ what: key, after: 'x' }])
    expect(card.after.field_values).toContain(`"${key}":"x"`)
    expect(edited({ values: new Map([[key, null]]) }, card.after).things).toEqual([{ what: key, before: 'x' }])
  }
})

test('texts of places and sharing keep one another, and go without a trace', () => {
  const one = edited({ locationText: 'Near', sharing: false })
  expect(JSON.parse(one.after.extras ?? '')).toEqual({ locationText: 'Near', sharing: false })
  const two = edited({ beaconText: 'Here', sharing: null }, { extras: one.after.extras })
  expect(JSON.parse(two.after.extras ?? '')).toEqual({ locationText: 'Near', beaconText: 'Here' })
  expect(edited({ beaconText: null, locationText: null }, { extras: two.after.extras }).after.extras).toBeNull()
})

test('voided a second time, a card was voided at the first', () => {
  expect(edited({ voided: true }).after.voided_at).toBe(NOW)
  expect(edited({ voided: true }, { voided_at: 5 })).toMatchObject({ after: { voided_at: 5 }, things: [] })
  expect(edited({ voided: false }, { voided_at: 5 }).things).toEqual([{ what: 'voided', before: true, after: false }])
})

test('phones are silent where no field with a changeMessage has another value', () => {
  expect(silenceOf(edited(values({ balance: 6, name: 'Eve' })))).toBeUndefined()
  expect(silenceOf(edited(values({ name: 'Eve', level: 'Silver' })))).toEqual({ fields: ['name', 'level'] })
  expect(silenceOf(edited({ expiresAt: NOW }))).toEqual({ fields: [] })
  // Taken away where the design shows the same.
  expect(silenceOf(edited(values({ level: null }), { field_values: '{"level":"Silver"}' }))).toEqual({ fields: [] })
})

test.each([
  [values({ name: 'Eve' }), ['name: Eve']],
  [values({ level: 'Silver', balance: 7 }), ['balance: 7', 'level: Silver', 'Now 7 points']],
  [{ expiresAt: NOW }, []],
])('what is counted as silent is what the holder gets to see of %j', (edit, texts) => {
  const card = edited(edit)
  const { holder } = previewEdit(card, { locale: 'en', now: NOW })
  expect(holder.map(({ after }) => after)).toEqual(texts)
  expect(silenceOf(card) === undefined).toBe(holder.some(({ kind }) => kind === 'lock-screen'))
})
