import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadDesign } from '../../src/cards/design/load-design.js'
import type { CardData, FieldValue, PassIdentity } from '../../src/cards/model.js'
import { compileCard } from '../../src/cards/program.js'
import { designFolder, PASS } from './design-folder.js'

const IDENTITY: PassIdentity = { passTypeIdentifier: 'pass.com.example.card', teamIdentifier: 'TEAM123456' }
const ONLINE: PassIdentity = { ...IDENTITY, organizationName: 'Café "Ö"', webServiceURL: 'https://cards.example.com' }
const CARD: CardData = { serial: 'A-1', token: '0123456789abcdef', barcode: 'A-1', values: {} }

const YAML = `version: 1
fields:
  name: {type: text}
  balance: {type: number}
  spent: {type: money, currency: EUR}
  born: {type: date}
`
const RICH = {
  ...PASS,
  webServiceURL: 'https://template.example.com',
  authenticationToken: 'template-token-template',
  barcode: { format: 'PKBarcodeFormatPDF417', message: 'old', messageEncoding: 'iso-8859-1', 'x-own': 1 },
  storeCard: {
    ...PASS.storeCard,
    auxiliaryFields: [
      { key: 'spent', label: 'Spent', value: 0 },
      { key: 'born', label: 'Birthday', value: '' },
    ],
    'x-group': [{ key: 'unknown', value: { deep: [1, null, true] } }],
  },
  'x-unknown': { b: 1, a: [{}, [], 'é', null] },
}

/** What a card's pass.json must say, made the slow and obvious way. */
function reference(card: CardData, identity: PassIdentity): unknown {
  const pass = structuredClone(RICH) as Record<string, unknown> & typeof RICH
  Object.assign(pass, { serialNumber: card.serial })
  Object.assign(pass, {
    passTypeIdentifier: identity.passTypeIdentifier,
    teamIdentifier: identity.teamIdentifier,
    organizationName: identity.organizationName ?? pass.organizationName,
  })
  const { webServiceURL, authenticationToken, ...offline } = pass
  const result: Record<string, unknown> & typeof offline =
    identity.webServiceURL === undefined
      ? offline
      : { ...pass, webServiceURL: identity.webServiceURL, authenticationToken: card.token }
  if (card.expiresAt !== undefined)
    result.expirationDate = new Date(card.expiresAt).toISOString().replace(/\.\d{3}Z/, 'Z')
  if (card.voided !== undefined) result.voided = card.voided
  for (const barcode of [...pass.barcodes, pass.barcode]) {
    barcode.message = card.barcode
    if ([...card.barcode].some((character) => (character.codePointAt(0) ?? 0) > 255)) barcode.messageEncoding = 'utf-8'
  }
  for (const group of Object.values(pass.storeCard)) {
    for (const field of group as Record<string, unknown>[]) {
      const key = String(field.key)
      const value = card.values[key]
      if (!['name', 'balance', 'spent', 'born'].includes(key)) continue
      if (value !== undefined) field.value = value
      if (key === 'spent' && typeof field.value === 'number') field.currencyCode = 'EUR'
      if (key !== 'born' || value === undefined) continue
      field.value = `${value}T00:00:00Z`
      field.dateStyle = 'PKDateStyleMedium'
      field.ignoresTimeZone = true
    }
  }
  return JSON.parse(JSON.stringify(result))
}

/** Any text at all: quotes, control characters, emoji, halves of surrogate pairs. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('"', '\\', '\u2028', '\ud800', '</script>', '%@', '{serial}'),
)
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const anyCard: fc.Arbitrary<CardData> = fc.record(
  {
    serial: anyText,
    token: anyText,
    barcode: anyText,
    values: fc.record(
      {
        name: anyText as fc.Arbitrary<FieldValue>,
        balance: anyNumber,
        spent: fc.oneof(anyNumber, anyText),
        born: fc.constantFrom('1990-02-28', '2004-12-31'),
      },
      { requiredKeys: [] },
    ),
    expiresAt: fc.integer({ min: 0, max: 4e12 }),
    voided: fc.boolean(),
  },
  { requiredKeys: ['serial', 'token', 'barcode', 'values'] },
)

describe('the text of pass.json', () => {
  test('says the same as a slow reference implementation, whatever the member is called', async () => {
    const design = await loadDesign(await designFolder({ pass: RICH, yaml: YAML }))
    for (const identity of [IDENTITY, ONLINE]) {
      const program = compileCard(design, identity, { cacheDir: '/nowhere' })
      fc.assert(
        fc.property(anyCard, (card) => {
          expect(JSON.parse(program.passJson(card))).toStrictEqual(reference(card, identity))
        }),
        { numRuns: 400 },
      )
    }
  })

  test('keeps every token of the design that Tessera does not set, in its order', async () => {
    const own =
      '"z":1.50e2,"2":"caf\\u00e9","1":12345678901234567890,"userInfo":{"__proto__":{"x":-0.0},"é":[ 1 , {} ]}'
    const pass = `{${own}, "generic": {"primaryFields": [{"value":"a","key":"name","semantics":{"k":1.0}}]}}`
    const design = await loadDesign(await designFolder({ pass, yaml: 'version: 1\nfields: {name: {type: text}}\n' }))
    const { passJson } = compileCard(design, IDENTITY, { cacheDir: '/nowhere' })
    expect(passJson({ ...CARD, values: { name: 'Ann' } })).toBe(
      `{${own.replace('[ 1 , {} ]', '[1,{}]')},"generic":{"primaryFields":[{"value":"Ann","key":"name","semantics":{"k":1.0}}]},` +
        '"serialNumber":"A-1","passTypeIdentifier":"pass.com.example.card","teamIdentifier":"TEAM123456"}',
    )
  })

  test('a field without a value keeps what the design says, and keys of Object.prototype are no values', async () => {
    const pass = { generic: { primaryFields: [{ key: 'toString', value: 'own' }] } }
    const design = await loadDesign(
      await designFolder({ pass, yaml: 'version: 1\nfields: {toString: {type: text}}\n' }),
    )
    const { passJson } = compileCard(design, IDENTITY, { cacheDir: '/nowhere' })
    expect(JSON.parse(passJson(CARD)).generic.primaryFields).toEqual([{ key: 'toString', value: 'own' }])
  })

  test('an amount gets no currency where the design formats it itself', async () => {
    const fields = [
      { key: 'a', value: 0, numberStyle: 'PKNumberStyleDecimal' },
      { key: 'b', value: 0, currencyCode: 'USD' },
      { key: 'c', value: 'none yet' },
    ]
    const yaml = 'version: 1\nfields: {a: {type: money}, b: {type: money}, c: {type: money}}\n'
    const design = await loadDesign(await designFolder({ pass: { generic: { backFields: fields } }, yaml }))
    const { passJson } = compileCard(design, IDENTITY, { cacheDir: '/nowhere', currency: 'EUR' })
    expect(JSON.parse(passJson(CARD)).generic.backFields).toEqual(fields)
    const paid = JSON.parse(passJson({ ...CARD, values: { c: 12.5 } })).generic.backFields
    expect(paid[2]).toEqual({ key: 'c', value: 12.5, currencyCode: 'EUR' })
  })

  test('the text under the barcode is filled from its template', async () => {
    const yaml = 'version: 1\nbarcode: {text: "No. {serial} · {name}"}\nfields: {name: {type: text}}\n'
    const design = await loadDesign(await designFolder({ yaml }))
    const { passJson } = compileCard(design, IDENTITY, { cacheDir: '/nowhere' })
    const { barcodes } = JSON.parse(passJson({ ...CARD, values: { name: 'Ann' } }))
    expect(barcodes).toEqual([{ ...PASS.barcodes[0], message: 'A-1', altText: 'No. A-1 · Ann' }])
  })
})
