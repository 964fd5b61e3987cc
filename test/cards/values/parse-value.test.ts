import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ValueContext } from '../../../src/cards/values/context.js'
import { parseCell, parseValue } from '../../../src/cards/values/parse-value.js'
import { FIELD_TYPES, type FieldSpec, type FieldType } from '../../../src/cards/values/types.js'

const LOCALES = ['en', 'en-US', 'en-GB', 'de', 'de-CH', 'fr', 'ru', 'es', 'pt-BR', 'pl', 'ar', 'xx-nonsense', '']

function field(type: FieldType, more: Partial<FieldSpec> = {}): FieldSpec {
  return { key: 'f', type, required: false, ...more }
}

/** The value, or the reason why not. */
function read(spec: FieldSpec, raw: string, context: Partial<ValueContext> = {}): unknown {
  const parsed = parseValue(spec, raw, { locale: 'en', ...context })
  return parsed.ok ? parsed.value : `refused: ${parsed.reason}`
}

describe('numbers', () => {
  test.each([
    ['1250', 'en', 1250],
    [' -12.5 ', 'en', -12.5],
    ['+7', 'en', 7],
    ['−7', 'en', -7],
    ['007', 'en', 7],
    ['-0', 'en', 0],
    ['1,250.50', 'de', 1250.5],
    ['1.250,50', 'en', 1250.5],
    ['1 250,50', 'ru', 1250.5],
    ['1\u00a0250\u00a0000', 'ru', 1250000],
    ["1'250.5", 'de-CH', 1250.5],
    ['1\u202f250,5', 'fr', 1250.5],
    ['1,250,000', 'ru', 1250000],
    ['1.250.000', 'en', 1250000],
    ['12,34,567', 'en', 'refused: is not a number'],
    ['1250,5', 'en', 1250.5],
    ['0,125', 'en', 0.125],
    ['1250,125', 'en', 1250.125],
    // One separator before three digits: the locale decides.
    ['1,250', 'en', 1250],
    ['1,250', 'de', 1.25],
    ['1.250', 'de', 1250],
    ['1.250', 'en', 1.25],
    ['1,250', 'ru', 1.25],
    ['1.250', 'ru', 'refused: is ambiguous: 1250 or 1.25? Write it without a separator of thousands'],
    ['many', 'en', 'refused: is not a number'],
    ['1 2', 'en', 'refused: is not a number'],
    ['1.2.3', 'en', 'refused: is not a number'],
    ['1,2,3.4', 'en', 'refused: is not a number'],
    ['1-2', 'en', 'refused: is not a number'],
    ['0x10', 'en', 'refused: is not a number'],
    ['Infinity', 'en', 'refused: is not a number'],
    ['.', 'en', 'refused: is not a number'],
    ['7,9E+10', 'en', 'refused: was shortened by a spreadsheet; format the column as text'],
    ['12345678901234567', 'en', 'refused: has more than 15 digits'],
    ['', 'en', 'refused: is empty'],
  ])('%j in %s', (raw, locale, value) => {
    expect(read(field('number'), raw, { locale })).toBe(value)
  })

  test('bounds and whole numbers', () => {
    const spec = field('number', { min: 0, max: 10, integer: true })
    expect(['-1', '0', '10', '11', '2.5'].map((raw) => read(spec, raw))).toEqual([
      'refused: is less than 0',
      0,
      10,
      'refused: is more than 10',
      'refused: is not a whole number',
    ])
  })

  test('what a locale writes it reads again', () => {
    const amount = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100)
    for (const locale of ['en', 'de', 'de-CH', 'fr', 'ru', 'es', 'pt-BR', 'pl']) {
      const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 })
      fc.assert(
        fc.property(amount, (value) => {
          expect(read(field('number'), format.format(value), { locale })).toBe(value === 0 ? 0 : value)
        }),
        { numRuns: 200 },
      )
    }
  })
})

describe('amounts of money', () => {
  test.each([
    ['1 250,50', 'ru', 'EUR', 1250.5],
    ['1,250.50', 'en', 'EUR', 1250.5],
    ['€12', 'en', 'EUR', 12],
    ['12 €', 'de', 'EUR', 12],
    ['-€ 12.50', 'en', 'EUR', -12.5],
    ['€-12.50', 'en', 'EUR', -12.5],
    ['EUR 12.50', 'en', 'EUR', 12.5],
    ['1250 RUB', 'ru', 'RUB', 1250],
    ['1 250 ₽', 'ru', 'RUB', 1250],
    ['1250 руб.', 'ru', 'RUB', 1250],
    ['12,50\u00a0zł', 'pl', 'PLN', 12.5],
    ['$5', 'en', 'CAD', 5],
    ['1250', 'en', 'JPY', 1250],
    ['1.250', 'de', 'JPY', 1250],
    ['0.125', 'en', 'KWD', 0.125],
    ['12.00', 'en', 'JPY', 12],
    ['1,250', 'ru', 'EUR', 'refused: is ambiguous: 1250 or 1.25? Write it without a separator of thousands'],
    ['1,250', 'en', 'EUR', 1250],
    ['12.345678', 'en', 'EUR', 'refused: has more than 2 decimals'],
    ['12.5', 'en', 'JPY', 'refused: has decimals, which its currency does not'],
    ['$12', 'en', 'EUR', 'refused: is in USD, but the card counts in EUR'],
    ['12 GBP', 'en', 'EUR', 'refused: is in GBP, but the card counts in EUR'],
    ['12 apples', 'en', 'EUR', 'refused: is not an amount of money'],
    ['much', 'en', 'EUR', 'refused: is not an amount of money'],
    ['constructor 5', 'en', 'EUR', 'refused: is not an amount of money'],
    ['--5', 'en', 'EUR', 'refused: is not an amount of money'],
  ])('%j in %s, counted in %s', (raw, locale, currency, value) => {
    expect(read(field('money', { currency }), raw, { locale })).toBe(value)
  })

  test('the currency of the launch counts where the field names none', () => {
    expect(read(field('money'), '$5', { currency: 'EUR' })).toBe('refused: is in USD, but the card counts in EUR')
    expect(read(field('money'), '$5')).toBe(5)
  })
})

describe('dates', () => {
  test.each([
    ['1990-02-28', 'en', '1990-02-28'],
    ['1990/2/8', 'en', '1990-02-08'],
    ['28.02.1990', 'ru', '1990-02-28'],
    ['8.2.1990', 'en-US', '1990-02-08'],
    ['28-02-1990', 'en-US', '1990-02-28'],
    ['03/04/1990', 'en', '1990-04-03'],
    ['03/04/1990', 'en-GB', '1990-04-03'],
    ['03/04/1990', 'en-US', '1990-03-04'],
    ['29.02.2000', 'en', '2000-02-29'],
    ['1990-02-28T00:00:00.000Z', 'en', '1990-02-28'],
    ['1990-02-28 00:00:00', 'en', '1990-02-28'],
    ['2027-12-31T23:59+01:00', 'en', '2027-12-31T23:59:00+01:00'],
    ['31/02/1990', 'en', 'refused: is not a date: February 1990 has 28 days'],
    ['29.02.1900', 'en', 'refused: is not a date: February 1900 has 28 days'],
    ['31.04.1990', 'en', 'refused: is not a date: April 1990 has 30 days'],
    ['0.4.1990', 'en', 'refused: is not a date: April 1990 has 30 days'],
    ['1990-13-01', 'en', 'refused: is not a date: there is no month 13'],
    ['12/25/1990', 'en', 'refused: is not a date: there is no month 25 (read as day/month/year)'],
    ['25/12/1990', 'en-US', 'refused: is not a date: there is no month 25 (read as month/day/year)'],
    ['01.02.90', 'en', 'refused: has a year of two digits; write all four'],
    ['2027-12-31T23:59', 'en', 'refused: has a time of day without a time zone; add Z or +01:00, or drop the time'],
    ['2027-12-31T25:00Z', 'en', 'refused: is not a date'],
    ['1.2/1990', 'en', 'refused: is not a date'],
    ['0000-01-01', 'en', 'refused: is not a date'],
    ['yesterday', 'en', 'refused: is not a date'],
    ['44197', 'en', 'refused: is not a date'],
  ])('%j in %s', (raw, locale, value) => {
    expect(read(field('date'), raw, { locale })).toBe(value)
  })

  test('dayFirst says how slashes are read, whatever the locale', () => {
    expect(read(field('date'), '03/04/1990', { locale: 'en-US', dayFirst: true })).toBe('1990-04-03')
    expect(read(field('date'), '03/04/1990', { locale: 'ru', dayFirst: false })).toBe('1990-03-04')
  })

  test('a date is accepted exactly when the calendar has it', () => {
    const part = (max: number) => fc.integer({ min: 0, max })
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), part(14), part(33), (year, month, day) => {
        const two = (value: number) => String(value).padStart(2, '0')
        const iso = `${year}-${two(month)}-${two(day)}`
        const exists = new Date(`${iso}T00:00:00Z`).toJSON()?.startsWith(iso) === true
        const given = [iso, `${day}.${month}.${year}`, `${two(day)}/${two(month)}/${year}`]
        for (const raw of given) expect(parseValue(field('date'), raw, { locale: 'ru' }).ok).toBe(exists)
        if (exists) for (const raw of given) expect(read(field('date'), raw, { locale: 'ru' })).toBe(iso)
      }),
    )
  })
})

describe('texts with a form', () => {
  test.each([
    ['+7 (912) 345-67-89', '+79123456789'],
    ['+44 (0)20 7946 0018', '+442079460018'],
    ['030 / 12 34 56', '030123456'],
    ['\u202a+49 30 123456\u202c', '+4930123456'],
    ['8‑800‑100', '8800100'],
    ['1234', 'refused: is not a phone number: it has fewer than 5 digits'],
    ['+1234567890123456', 'refused: is not a phone number: it has more than 15 digits'],
    ['7.9123E+10', 'refused: was shortened by a spreadsheet; format the column as text'],
    ['call me', 'refused: is not a phone number'],
    ['12+34567', 'refused: is not a phone number'],
  ])('phone %j', (raw, value) => expect(read(field('phone'), raw)).toBe(value))

  test.each([
    'ann@example.com',
    'a.b+c@sub.example.co',
    "o'neil@example.com",
    'анна@пример.рф',
    'x@xn--e1afmkfd.xn--p1ai',
  ])('e-mail %j', (raw) => expect(read(field('email'), raw)).toBe(raw))
  test.each([
    'ann',
    'ann@',
    '@example.com',
    'ann@example',
    'a b@example.com',
    'a@b@example.com',
    '.a@example.com',
    'a..b@example.com',
    'a@-x.com',
    'a@x.com,b@x.com',
    'a@1.2.3.4',
  ])('no e-mail %j', (raw) => expect(read(field('email'), raw)).toBe('refused: is not an e-mail address'))

  test('web addresses', () => {
    expect(read(field('url'), 'https://example.com/ä?q=1')).toBe('https://example.com/ä?q=1')
    expect(read(field('url'), 'HTTP://example.com')).toBe('HTTP://example.com')
    for (const raw of [
      'example.com',
      'javascript:alert(1)',
      'https://',
      'https:// x.com',
      'https:///x',
      'ftp://x.com',
    ]) {
      expect(read(field('url'), raw)).toMatch(/^refused: is not a web address/)
    }
    expect(read(field('url'), 'https://exa mple.com')).toMatch(/^refused/)
  })

  test('an option is found whatever its case, and the reason lists them', () => {
    const spec = field('enum', { options: ['Silver', 'Золото', 'Platinum Plus'] })
    expect(read(spec, 'sILVER')).toBe('Silver')
    expect(read(spec, ' ЗОЛОТО ')).toBe('Золото')
    expect(read(spec, 'platinum  plus')).toBe('Platinum Plus')
    expect(read(spec, 'toString')).toBe('refused: is not one of Silver, Золото, Platinum Plus')
    const many = field('enum', { options: Array.from({ length: 20 }, (_, index) => `o${index}`) })
    expect(read(many, 'x')).toBe('refused: is not one of o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, o10, o11 and 8 more')
  })

  test('texts keep their line breaks, are measured in characters, and hold no control characters', () => {
    expect(read(field('text'), ' Zoë\n"Q" 👩‍🚀 ')).toBe('Zoë\n"Q" 👩‍🚀')
    expect(read(field('text', { maxLength: 3 }), '👍👍👍')).toBe('👍👍👍')
    expect(read(field('text', { maxLength: 3 }), '👍👍👍👍')).toBe('refused: is longer than 3 characters')
    expect(read(field('text'), 'a\u0000b')).toBe('refused: has the control character U+0000')
    expect(read(field('text'), 'x'.repeat(10_001))).toBe('refused: is longer than 10000 characters')
  })
})

describe('cells', () => {
  const context = { locale: 'en' }
  test('an empty cell takes the default, is refused, or leaves the field alone', () => {
    expect(parseCell(field('number', { default: '7' }), ' ', context)).toEqual({ ok: true, value: 7 })
    expect(parseCell(field('number', { default: '7', required: true }), undefined, context)).toEqual({
      ok: true,
      value: 7,
    })
    expect(parseCell(field('text', { required: true }), '', context)).toEqual({
      ok: false,
      reason: 'is empty, but every card needs it',
    })
    expect(parseCell(field('text', { default: '' }), '', context)).toBeUndefined()
    expect(parseCell(field('text'), undefined, context)).toBeUndefined()
    expect(parseCell(field('text'), ' x ', context)).toEqual({ ok: true, value: 'x' })
  })

  test('whatever stands in a cell, there is a value or a short reason, never an exception', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(..."0123456789.,-+ /:TZ€$@()\u00a0'")).map((characters) => characters.join('')),
    )
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), cell, fc.constantFrom(...LOCALES), (type, raw, locale) => {
        const spec = field(type, { options: ['a', 'b'], currency: 'EUR' })
        const parsed = parseValue(spec, raw, { locale })
        if (!parsed.ok) {
          expect(parsed.reason).toMatch(/^(?:is|has|was) .{2,110}$/)
          return
        }
        expect(typeof parsed.value).toBe(type === 'number' || type === 'money' ? 'number' : 'string')
        if (typeof parsed.value === 'number') expect(Number.isFinite(parsed.value)).toBe(true)
        // Reading what was read changes nothing: a rejected file that was fixed reads like the first.
        expect(parseValue(spec, String(parsed.value), { locale: 'en' })).toEqual(parsed)
      }),
      { numRuns: 5000 },
    )
  })
})
