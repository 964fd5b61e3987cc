import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { viewPass } from '../../../src/cards/view/view-pass.js'
import { PASS } from '../design-folder.js'

const NOW = Date.parse('2027-03-10T12:00:00Z')
const plainSpaces = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

function view(
  passJson: Record<string, unknown>,
  { locale = 'en', files = {} as Record<string, string>, timeZone = 'UTC' } = {},
) {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
  return viewPass({ passJson, files: bytes }, { locale, now: NOW, timeZone })
}

/** The text of one field, in a storeCard's back or front. */
function shown(field: Record<string, unknown>, options: Parameters<typeof view>[1] & { group?: string } = {}): string {
  const { group = 'secondaryFields' } = options
  const { groups } = view({ storeCard: { [group]: [{ key: 'x', ...field }] } }, options)
  const fields = groups[group as 'secondaryFields']
  return plainSpaces(fields[0]?.text ?? '')
}

describe('values', () => {
  test.each([
    [{ value: 1250 }, 'en', '1250'],
    [{ value: 1250.5, numberStyle: 'PKNumberStyleDecimal' }, 'en', '1,250.5'],
    [{ value: 1250.5, numberStyle: 'PKNumberStyleDecimal' }, 'ru', '1 250,5'],
    [{ value: 0.05, numberStyle: 'PKNumberStylePercent' }, 'en', '5%'],
    [{ value: 1250, numberStyle: 'PKNumberStyleScientific' }, 'en', '1.25E3'],
    [{ value: 42, numberStyle: 'PKNumberStyleSpellOut' }, 'en', 'forty-two'],
    [{ value: 2021, numberStyle: 'PKNumberStyleSpellOut' }, 'ru', 'две тысячи двадцать один'],
    [{ value: 1111, numberStyle: 'PKNumberStyleSpellOut' }, 'ru', 'одна тысяча сто одиннадцать'],
    [{ value: -300, numberStyle: 'PKNumberStyleSpellOut' }, 'en', 'minus three hundred'],
    [{ value: 7, numberStyle: 'PKNumberStyleSpellOut' }, 'de', '7'],
    [{ value: 12.5, currencyCode: 'EUR' }, 'en', '€12.50'],
    [{ value: 12.5, currencyCode: 'EUR' }, 'ru', '12,50 €'],
    [{ value: 1000, currencyCode: 'JPY' }, 'en', '¥1,000'],
    [{ value: 'as it is', currencyCode: 'EUR' }, 'en', 'as it is'],
  ])('%j in %s is %s', (field, locale, expected) => {
    expect(shown(field, { locale })).toBe(expected)
  })

  test.each([
    [{ value: '2027-12-31T20:30:00-05:00', dateStyle: 'PKDateStyleMedium' }, 'en', 'Jan 1, 2028'],
    [
      { value: '2027-12-31T20:30:00-05:00', dateStyle: 'PKDateStyleMedium', ignoresTimeZone: true },
      'en',
      'Dec 31, 2027',
    ],
    [
      { value: '2027-12-31T20:30Z', dateStyle: 'PKDateStyleShort', timeStyle: 'PKDateStyleShort' },
      'en',
      '12/31/27, 8:30 PM',
    ],
    [{ value: '2027-12-31T20:30Z', timeStyle: 'PKDateStyleShort' }, 'ru', '20:30'],
    [{ value: '2027-03-11T08:00:00Z', dateStyle: 'PKDateStyleMedium', isRelative: true }, 'en', 'Tomorrow'],
    [{ value: '2027-03-09T23:00:00Z', dateStyle: 'PKDateStyleMedium', isRelative: true }, 'ru', 'Вчера'],
    [{ value: '2027-04-11T08:00:00Z', dateStyle: 'PKDateStyleMedium', isRelative: true }, 'en', 'Apr 11, 2027'],
    [{ value: '2027-12-31', dateStyle: 'PKDateStyleMedium' }, 'en', '2027-12-31'],
    [{ value: '2027-02-31T00:00:00Z', dateStyle: 'PKDateStyleMedium' }, 'en', '2027-02-31T00:00:00Z'],
    [{ value: '2027-12-31T20:30:00Z', dateStyle: 'PKDateStyleNone' }, 'en', '2027-12-31T20:30:00Z'],
  ])('%j in %s is %s', (field, locale, expected) => {
    expect(shown(field, { locale })).toBe(expected)
  })

  test('a time is shown on the clock of the phone', () => {
    const field = { value: '2027-06-01T22:30:00Z', dateStyle: 'PKDateStyleShort', timeStyle: 'PKDateStyleShort' }
    expect(shown(field, { timeZone: 'Europe/Moscow' })).toBe('6/2/27, 1:30 AM')
  })

  test('links of the back are found, and those of attributedValue read', () => {
    const back = (field: Record<string, unknown>) =>
      view({ storeCard: { backFields: [{ key: 'x', ...field }] } }).groups.backFields[0]
    expect(
      back({ value: 'Call +7 (912) 345-67-89, write to hi@example.com or see https://example.com/a?b=1.' })?.runs,
    ).toEqual([
      { text: 'Call ' },
      { text: '+7 (912) 345-67-89', href: 'tel:+79123456789' },
      { text: ', write to ' },
      { text: 'hi@example.com', href: 'mailto:hi@example.com' },
      { text: ' or see ' },
      { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
      { text: '.' },
    ])
    expect(back({ value: 'https://example.com', dataDetectorTypes: [] })?.runs).toBeUndefined()
    expect(back({ value: 'Card 1234 5678 9012 of 2027-12-31' })?.runs).toBeUndefined()
    expect(
      back({ value: 'x', attributedValue: `See <a href='https://e.com/?a=1&amp;b=2'>our <b>page</b></a> &lt;3` }),
    ).toMatchObject({
      text: 'See our page <3',
      runs: [{ text: 'See ' }, { text: 'our page', href: 'https://e.com/?a=1&b=2' }, { text: ' <3' }],
    })
  })
})

describe('languages', () => {
  const files = {
    'ru.lproj/pass.strings': '"Points" = "Баллы"; "Silver" = "Серебряный"; "Now %@" = "Теперь %@"; "A card" = "Карта";',
    'ru.lproj/logo.png': 'ru 1x',
    'logo.png': '1x',
    'logo@2x.png': '2x',
    'strip@2x.png': '2x',
    'strip@3x.png': '3x',
    'zh-Hant.lproj/pass.strings': '"Points" = "點數";',
  }

  test('texts, values and messages are translated; a region finds its language', () => {
    for (const locale of ['ru', 'ru-RU', 'ru_KZ']) {
      const card = view(PASS, { locale, files })
      expect(card.description).toBe('Карта')
      expect(card.groups.primaryFields[0]).toMatchObject({ label: 'Баллы', changeMessage: 'Теперь %@', text: '0' })
      expect(card.groups.headerFields[0]?.text).toBe('Серебряный')
    }
    expect(view(PASS, { locale: 'zh-TW', files }).groups.primaryFields[0]?.label).toBe('點數')
    expect(view(PASS, { locale: 'de', files }).groups.primaryFields[0]?.label).toBe('Points')
  })

  test('a translated picture comes before a sharper common one, and the sharpest is taken', () => {
    const pictures = (locale: string) =>
      Object.fromEntries([...view(PASS, { locale, files }).pictures].map(([name, { file }]) => [name, file]))
    expect(pictures('ru')).toEqual({ logo: 'ru.lproj/logo.png', strip: 'strip@3x.png' })
    expect(pictures('en')).toEqual({ logo: 'logo@2x.png', strip: 'strip@3x.png' })
  })
})

describe('styles', () => {
  test('older phones take the generic beside a posterGeneric', () => {
    const both = {
      posterGeneric: { primaryFields: [{ key: 'a', value: 'new' }] },
      generic: { primaryFields: [{ key: 'a', value: 'old' }] },
    }
    const text = (ios: 26 | 27) =>
      viewPass({ passJson: both, files: new Map() }, { locale: 'en', now: NOW, ios }).groups.primaryFields[0]?.text
    expect([text(27), text(26)]).toEqual(['new', 'old'])
  })

  test('a scheme counts only on its style and in its order', () => {
    const scheme = (style: string, ...preferredStyleSchemes: string[]) =>
      view({ [style]: {}, preferredStyleSchemes }).scheme
    expect(scheme('eventTicket', 'posterEventTicket', 'eventTicket')).toBe('posterEventTicket')
    expect(scheme('eventTicket', 'eventTicket', 'posterEventTicket')).toBeUndefined()
    expect(scheme('boardingPass', 'semanticBoardingPass')).toBe('semanticBoardingPass')
    expect(scheme('storeCard', 'posterEventTicket')).toBeUndefined()
  })

  test('a text colour that is missing can be read on the background', () => {
    expect(view({ storeCard: {}, backgroundColor: 'rgb(10,20,30)' }).colours.foreground).toEqual([255, 255, 255])
    expect(view({ storeCard: {}, backgroundColor: '#fed' }).colours.foreground).toEqual([0, 0, 0])
  })

  test('no pass.json makes it throw', () => {
    const keys = [
      'storeCard',
      'generic',
      'primaryFields',
      'key',
      'value',
      'label',
      'barcodes',
      'nfc',
      'expirationDate',
      'dateStyle',
      'row',
    ]
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
      ),
    }))
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...keys, 'preferredStyleSchemes'), tree),
        fc.string(),
        (pass, locale) => {
          expect(view(pass as Record<string, unknown>, { locale: locale || 'en' }).locale).toBeTruthy()
        },
      ),
      { numRuns: 500 },
    )
  })
})
