import { describe, expect, test } from 'vitest'
import { OPTIONS, type Option, readFieldValue, readOption } from '../../../src/issuing/updates/read-edit.js'

const english = { locale: 'en' }

describe('what a text says of a card', () => {
  test.each<[Option, string, object]>([
    ['expires', '2099-12-31', { expiresAt: Date.parse('2099-12-31T23:59:59Z') }],
    ['expires', '2099-12-31T10:00:00+02:00', { expiresAt: Date.parse('2099-12-31T08:00:00Z') }],
    ['expires', ' Never ', { expiresAt: null }],
    ['voided', 'yes', { voided: true }],
    ['voided', 'TRUE', { voided: true }],
    ['voided', '0', { voided: false }],
    ['sharing', 'off', { sharing: false }],
    ['sharing', 'On', { sharing: true }],
    ['sharing', 'default', { sharing: null }],
    ['locale', 'ru', { locale: 'ru' }],
    ['barcode', ' 12 ', { barcode: '12' }],
    ['location_text', 'Coffee is near', { locationText: 'Coffee is near' }],
    ['beacon_text', 'Здравствуйте', { beaconText: 'Здравствуйте' }],
  ])('%s %j', (option, text, value) => {
    expect(readOption(option, text, english)).toEqual({ ok: true, value })
  })

  test('nothing takes away', () => {
    const nothing = OPTIONS.map((option) => {
      const read = readOption(option, ' ', english)
      return read.ok ? read.value : read.reason
    })
    expect(nothing).toEqual([
      { expiresAt: null },
      { voided: false },
      { locale: null },
      { barcode: null },
      { sharing: null },
      { locationText: null },
      { beaconText: null },
    ])
  })

  test.each<[Option, string, string]>([
    ['expires', '2099-02-30', 'is not a date: February 2099 has 28 days'],
    ['voided', 'perhaps', 'is not yes or no'],
    ['voided', 'default', 'is not yes or no'],
    ['sharing', 'maybe', 'is not on, off or default'],
    ['locale', 'not a tag', 'is not a language tag such as en or ru'],
    ['location_text', 'x'.repeat(501), 'is longer than 500 characters'],
    ['beacon_text', 'a\u0007b', 'has the control character U+0007'],
  ])('%s %j is refused', (option, text, reason) => {
    expect(readOption(option, text, english)).toEqual({ ok: false, reason })
  })
})

describe('the value of a field', () => {
  const balance = { key: 'balance', type: 'number', required: false } as const
  test('is read in the language of the card', () => {
    expect(readFieldValue(balance, '1.250', { locale: 'de' })).toEqual({ ok: true, value: 1250 })
    expect(readFieldValue(balance, '1,250', english)).toEqual({ ok: true, value: 1250 })
  })
  test('that is nothing leaves what the design shows, unless every card needs one', () => {
    expect(readFieldValue(balance, '', english)).toEqual({ ok: true, value: null })
    expect(readFieldValue({ ...balance, default: '7' }, ' ', english)).toEqual({ ok: true, value: null })
    expect(readFieldValue({ ...balance, required: true }, '', english)).toEqual({
      ok: false,
      reason: 'is empty, but every card needs it',
    })
  })
})
