import { describe, expect, test } from 'vitest'
import type { PassStyle } from '../../../src/cards/design/design.js'
import { suggestCodes } from '../../../src/cards/import/suggest-codes.js'
import { type FieldSuggestion, suggestFields } from '../../../src/cards/import/suggest-fields.js'
import { readPassSource } from '../../../src/cards/pass/pass-source.js'

interface Field {
  readonly key: string
  readonly label?: string
  readonly value: string | number
  readonly [attribute: string]: unknown
}

interface Recipe {
  readonly style?: PassStyle
  readonly serial?: string
  readonly barcode?: { readonly message: string; readonly altText?: string; readonly format?: string }
  readonly front?: readonly Field[]
  readonly back?: readonly Field[]
  readonly strings?: string
}

function source({ style = 'storeCard', serial = 'A-4711-B', barcode, front = [], back = [], strings }: Recipe) {
  const pass = {
    serialNumber: serial,
    ...(barcode === undefined ? {} : { barcodes: [{ format: 'PKBarcodeFormatQR', ...barcode }] }),
    [style]: { secondaryFields: front, backFields: back },
  }
  const files = new Map(strings === undefined ? [] : [['en.lproj/pass.strings', Buffer.from(strings)] as const])
  return readPassSource(Buffer.from(JSON.stringify(pass)), files)
}

function suggest(first: Recipe, ...others: Recipe[]): readonly FieldSuggestion[] {
  return suggestFields(source(first), others.map(source), { locale: 'en', style: first.style ?? 'storeCard' })
}

const ofFront = (field: Field, recipe: Recipe = {}) => suggest({ ...recipe, front: [field] })[0]
const ofBack = (field: Field, recipe: Recipe = {}) => suggest({ ...recipe, back: [field] })[0]

describe('one pass alone', () => {
  test.each([
    ['member', 'MEMBER', 'John Appleseed'],
    ['holder', 'Cardholder', "Mary-Jane O'Neill"],
    ['f1', 'Inhaber', 'Jürgen von der Heide'],
    ['nom', 'Nom', 'Élodie Dupré'],
    ['f1', 'Участник', 'Анна Соколова'],
    ['f1', 'ФИО', 'Соколова Анна Петровна'],
    ['f1', '会員', '佐藤 花子'],
    ['passenger', 'PASSENGER', 'APPLESEED/JOHN MR'],
  ])('%s labelled %s with %s is a name that every card needs', (key, label, value) => {
    expect(ofFront({ key, label, value })).toMatchObject({ type: 'text', about: 'name', required: true })
  })

  test.each([
    ['a number', { key: 'points', label: 'Points', value: 120 }, 'number'],
    ['a number as text, by its label', { key: 'x', label: 'Баллы', value: '1 250' }, 'number'],
    ['an amount', { key: 'balance', label: 'Balance', value: 21.75, currencyCode: 'USD' }, 'money'],
    ['an amount as text', { key: 'x', label: 'Guthaben', value: '12,50 €' }, 'money'],
    [
      'a date in style',
      { key: 'expires', label: 'EXPIRES', value: '2027-04-24T10:00-05:00', dateStyle: 'PKDateStyleShort' },
      'date',
    ],
    ['a date as text', { key: 'x', label: 'Mitglied seit', value: '24.04.2019' }, 'date'],
    ['an e-mail address', { key: 'x', label: 'E-mail', value: 'ann@example.org' }, 'email'],
    ['a phone number', { key: 'phone', label: 'Phone', value: '+49 30 901820' }, 'phone'],
    ['a placeholder', { key: 'name', label: 'Name', value: '{{name}}' }, 'text'],
    [
      'what has a message for changes',
      { key: 'deal', label: 'Deal', value: 'Lemons', changeMessage: 'Now %@' },
      'text',
    ],
  ])('%s is suggested', (_title, field, type) => {
    expect(ofFront(field as Field)).toMatchObject({ key: field.key, type, why: expect.any(String) })
  })

  test('an amount brings its currency along', () => {
    expect(ofFront({ key: 'b', label: 'Balance', value: '34.56', currencyCode: 'CHF' })).toMatchObject({
      currency: 'CHF',
    })
    expect(ofFront({ key: 'b', label: 'Баланс', value: '120 ₽' })).toMatchObject({ type: 'money', currency: 'RUB' })
  })

  test('a level whose steps are translated becomes a choice, in their order', () => {
    const strings = '"Platinum" = "Platinum"; "Gold" = "Gold"; "Silver" = "Silver"; "Terms" = "Terms";'
    const field = { key: 'tier', label: 'Tier', value: 'Gold' }
    expect(ofFront(field, { strings })).toMatchObject({
      type: 'enum',
      options: ['Silver', 'Gold', 'Platinum'],
      default: 'Gold',
    })
    expect(ofFront(field)).toMatchObject({ type: 'text', about: 'level' })
  })

  test('what says the same as the serial or the barcode is suggested wherever it stands', () => {
    expect(ofBack({ key: 'x', value: 'A-4711-B' })).toMatchObject({ required: true, why: 'is the serial of the card' })
    expect(ofBack({ key: 'x', value: '998877' }, { barcode: { message: '998877' } })).toMatchObject({
      type: 'text',
      required: true,
    })
    expect(ofBack({ key: 'x', value: '99-88' }, { barcode: { message: 'zz', altText: '99-88' } })).toBeDefined()
  })

  test.each([
    ['conditions', 'Conditions', 'Points are valid for 12 months.'],
    ['contact', 'Contact', 'hello@example.com'],
    ['mail', 'E-Mail', 'anna@example.com'],
    ['phone', 'Customer service', '+49 30 901820'],
    ['hours', 'Opening hours', '9-18'],
    ['store', 'Our store', 'Main Street 5'],
    ['since', 'Since 1921', 'Quality And Taste'],
  ])('on the back "%s" with "%s: %s" stays the same on every card', (key, label, value) => {
    expect(ofBack({ key, label, value })).toBeUndefined()
  })

  test.each([
    ['an offer', { key: 'offer', label: 'Any premium dog food', value: '20% off' }],
    ['a deal', { key: 'deal', label: 'Deal of the Day', value: 'Lemons' }],
  ])('on the front %s stays the same on every card', (_title, field) => {
    expect(ofFront(field)).toBeUndefined()
  })

  test('the date of an event is everybody’s, the seat is not', () => {
    const style = 'eventTicket'
    expect(
      ofFront({ key: 'starts', label: 'Date', value: '2027-05-01T20:00Z', dateStyle: 'PKDateStyleShort' }, { style }),
    ).toBeUndefined()
    expect(ofFront({ key: 'seat', label: 'Seat', value: '12A' }, { style })).toMatchObject({ about: 'place' })
  })

  test('everything on the front of a boarding pass is a traveller’s own', () => {
    expect(ofFront({ key: 'class', label: 'DESIG.', value: 'Coach' }, { style: 'boardingPass' })).toMatchObject({
      type: 'text',
    })
  })

  test('a label that pass.json only has a key for is understood in translation', () => {
    const strings = '"LABEL_1" = "Member name";'
    expect(ofFront({ key: 'f1', label: 'LABEL_1', value: 'Ann Lee' }, { strings })).toMatchObject({
      about: 'name',
      label: 'Member name',
    })
  })
})

describe('several passes of one kind', () => {
  const card = (values: Readonly<Record<string, string | number>>): Recipe => ({
    front: Object.entries(values).map(([key, value]) => ({ key, label: key, value })),
  })

  test('what differs is suggested, what all agree in is not', () => {
    const found = suggest(card({ x: 'Lemons', y: 'same' }), card({ x: 'Limes', y: 'same' }))
    expect(found).toMatchObject([{ key: 'x', type: 'text', required: false, why: 'differs between the 2 passes' }])
  })

  test.each([
    ['numbers', [1, 2, 3], 'number'],
    ['dates', ['2027-01-02', '2027-02-03', '2027-02-03'], 'date'],
    ['addresses', ['a@example.com', 'b@example.com', 'c@example.com'], 'email'],
    ['texts', ['red', 'green', 'blue'], 'text'],
    ['digits that identify', ['001', '002', '003'], 'text'],
  ] as const)('%s are told from their values', (_title, values, type) => {
    const [first, ...others] = values.map((value) => card({ x: value }))
    expect(suggest(first ?? {}, ...others)[0]).toMatchObject({ key: 'x', type })
  })

  test('levels become a choice, and so do few values for many passes', () => {
    expect(suggest(card({ x: 'Gold' }), card({ x: 'Silver' }))[0]).toMatchObject({
      type: 'enum',
      options: ['Silver', 'Gold'],
    })
    const [first, ...others] = ['east', 'west', 'east', 'east', 'west', 'east'].map((x) => card({ x }))
    expect(suggest(first ?? {}, ...others)[0]).toMatchObject({ type: 'enum', options: ['east', 'west'] })
  })

  test('a field that some of the passes lack is not required', () => {
    const all = [card({ id: 'A-1' }), card({ id: 'A-2' }), card({})]
    expect(suggest(all[0] ?? {}, ...all.slice(1))[0]).toMatchObject({ key: 'id', required: false })
  })

  test('what a pair agrees in is judged by its looks, what four agree in is the same on every card', () => {
    const gold = card({ level: 'Gold' })
    expect(suggest(gold, gold)[0]).toMatchObject({ key: 'level' })
    expect(suggest(gold, gold, gold, gold)).toEqual([])
  })
})

describe('the barcode', () => {
  const codes = (first: Recipe, ...others: Recipe[]) =>
    suggestCodes(source(first), others.map(source), suggest(first, ...others))

  test.each([
    ['the serial', '4711', '{serial}'],
    ['the serial in a text', 'MEMBER-4711', 'MEMBER-{serial}'],
    ['the serial in an address', 'https://shop.example/club/c/4711', 'https://shop.example/club/c/{serial}'],
  ])('that says %s is made of it', (_title, message, value) => {
    expect(codes({ serial: '4711', barcode: { message } })).toMatchObject({ barcode: { value } })
  })

  test('that says what a field shows is made of it', () => {
    const front = [{ key: 'card_no', label: 'Card number', value: '55500123' }]
    expect(codes({ front, barcode: { message: '55500123' } })).toMatchObject({ barcode: { value: '{card_no}' } })
  })

  test.each([['123456789'], ['A-4711-B JOHN 20270722'], ['{A-4711-B}']])('that says %s needs a column', (message) => {
    expect(codes({ barcode: { message } })).toMatchObject({ barcode: { column: 'barcode' } })
  })

  test('must be made the same way on all passes', () => {
    const one = { serial: '4711', barcode: { message: 'M-4711' } }
    expect(codes(one, { serial: '4712', barcode: { message: 'M-4712' } })).toMatchObject({
      barcode: { value: 'M-{serial}' },
    })
    expect(codes(one, { serial: '4712', barcode: { message: 'N-4712' } })).toMatchObject({
      barcode: { column: 'barcode' },
    })
  })

  test('has a text below that follows the card', () => {
    const text = (altText: string) => codes({ serial: '4711', barcode: { message: '4711', altText } }).barcode?.text
    expect(text('4711')).toBe('{serial}')
    expect(text('No. 4711')).toBe('No. {serial}')
    expect(text('287-5741')).toBe('{barcode}')
    expect(text('Scan me')).toBeUndefined()
  })

  test('and the serial come from the field that shows the serial', () => {
    const front = [{ key: 'no', label: 'Number', value: '4711' }]
    expect(codes({ serial: '4711', front, barcode: { message: '4711' } })).toMatchObject({
      serialField: 'no',
      barcode: { value: '{serial}' },
    })
  })
})
