import { beforeAll, describe, expect, test } from 'vitest'
import { parseSetValues, withValues } from '../../../src/app/preview/card-values.js'
import type { Design } from '../../../src/cards/design/design.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { sampleCard } from '../../../src/cards/design/sample-card.js'

const template = new URL('../../../templates/designs/bonus', import.meta.url).pathname
let design: Design
beforeAll(async () => {
  design = await loadDesign(template)
})

const read = (...pairs: string[]) => parseSetValues(pairs, design, { locale: 'en' })

test('values are read as cells of a CSV are', () => {
  const { values } = read('balance=1,250', 'level=gold', 'name= Ada = Eve ')
  expect([...values]).toEqual([
    ['balance', 1250],
    ['level', 'Gold'],
    ['name', 'Ada = Eve'],
  ])
})

test('the decimal separator is that of the language of the launch, not of the one shown', () => {
  const german = parseSetValues(['balance=1.250'], design, { locale: 'de' })
  expect(german.values.get('balance')).toBe(1250)
})

test('a value that is no such value is told with its field', () => {
  expect(() => read('balance=many')).toThrow(/^--set balance: "many" is not a number/)
  expect(() => read('level=Bronze')).toThrow(/^--set level: "Bronze" /)
  expect(() => read('name=')).toThrow(/^--set name: "" is empty, but every card needs it/)
})

test('a field that is not there is told with those that are', () => {
  expect(() => read('balanse=1')).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: expect.stringContaining('--set balanse: '),
      hints: ['It has name, balance, level, serial, barcode.', 'Did you mean balance?'],
    }),
  )
  // Keys of all objects are no fields.
  expect(() => read('constructor=1')).toThrow(/fed no such field/)
})

test.each(['balance', '=5', ''])('"%s" is not of the form field=value', (pair) => {
  expect(() => read(pair)).toThrow(/not of the form field=value/)
})

describe('a card with other values', () => {
  test('of a sample has the barcode of its serial', () => {
    const sample = sampleCard(design, { locale: 'en' })
    const card = withValues(sample, read('serial=42', 'balance=7'), design, 'sample')
    expect(card).toMatchObject({ serial: '42', barcode: '42', values: { balance: 7 } })
    expect(sample.values.balance).not.toBe(7)
  })

  test('of a sample has the barcode that is set', () => {
    const card = withValues(sampleCard(design, { locale: 'en' }), read('barcode=TILL-1'), design, 'sample')
    expect(card.barcode).toBe('TILL-1')
  })

  test('that was issued keeps the barcode that tills know', () => {
    const issued = { serial: '1', token: 't'.repeat(20), barcode: 'OLD', values: { name: 'Ada', balance: 5 } }
    const card = withValues(issued, read('balance=7'), design, 'issued')
    expect(card).toEqual({ ...issued, values: { name: 'Ada', balance: 7 } })
  })
})
