import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadFonts } from '../../../src/cards/fonts/fonts.js'
import { googleTwin } from '../../../src/cards/google/google-twin.js'
import { googleLook } from '../../../src/cards/google/look/google-look.js'
import type { GoogleTwin } from '../../../src/cards/google/types.js'
import { drawLayout } from '../../../src/cards/preview/draw-layout.js'
import type { Layout, LayoutBox, TextBox } from '../../../src/cards/preview/layout-types.js'
import { viewPass } from '../../../src/cards/view/view-pass.js'
import { NOW, type SamplePass, samplePass } from './passes.js'

const fonts = await loadFonts()
let strip = new Uint8Array()
beforeAll(async () => {
  const picture = { create: { width: 1125, height: 369, channels: 3, background: '#c33' } } as const
  strip = new Uint8Array(await sharp(picture).png().toBuffer())
})

function look(pass: SamplePass, { locale = 'en', change = (twin: GoogleTwin): GoogleTwin => twin } = {}) {
  const bundle = samplePass(pass)
  const twin = change(googleTwin(bundle, undefined, { classSuffix: 'x', now: NOW }))
  const { pictures } = viewPass(bundle, { locale, now: NOW })
  return { ...googleLook(twin, { fonts, locale, pictures }), pictures }
}

const texts = ({ boxes }: Layout): TextBox[] => boxes.filter((box) => box.kind === 'text')
const words = (layout: Layout): string[] => texts(layout).map(({ text }) => text)
const find = (layout: Layout, source: string): TextBox | undefined => texts(layout).find((box) => box.source === source)
const shapes = (layout: Layout, role: string): LayoutBox[] =>
  layout.boxes.filter((box) => box.kind === 'shape' && box.role === role)

const BONUS = (): SamplePass => ({
  files: {
    'strip@3x.png': strip,
    'en.lproj/pass.strings': '',
    'ru.lproj/pass.strings': '"Points" = "Баллы"; "Terms" = "Условия";',
  },
  barcodes: [{ format: 'PKBarcodeFormatQR', message: '0042', altText: '0042' }],
  storeCard: {
    headerFields: [{ key: 'level', label: 'Level', value: 'Gold' }],
    primaryFields: [{ key: 'points', label: 'Points', value: 12480 }],
    secondaryFields: [{ key: 'name', label: 'Member', value: 'Ann Li' }],
    backFields: [
      { key: 'terms', label: 'Terms', value: 'Valid for a year.' },
      { key: 'mail', label: 'Contact', value: 'hello@example.com' },
      { key: 'call', label: 'Call us', value: '+49 30 1234567' },
    ],
  },
})

describe('the front', () => {
  test('logo in a circle, issuer, title, rows, code in a white field, banner at the lower edge', () => {
    const { front } = look(BONUS())
    expect(words(front)).toEqual([
      'Nordlicht',
      'Bonus card',
      'Level',
      'Gold',
      'Points',
      '12,480',
      'Member',
      'Ann Li',
      '0042',
    ])
    const order = front.boxes.map((box) =>
      box.kind === 'shape' ? box.role : box.kind === 'picture' ? box.name : box.kind,
    )
    expect(order.slice(0, 3)).toEqual(['card', 'logo', 'icon'])
    expect(order.at(-1)).toBe('strip')
    const icon = front.boxes.find((box) => box.kind === 'picture' && box.name === 'icon')
    expect(icon).toMatchObject({ fit: 'cover', radius: 20, rect: { width: 40, height: 40 } })
    const hero = front.boxes.find((box) => box.kind === 'picture' && box.name === 'strip')
    expect(hero?.rect).toMatchObject({ x: 0, width: 375, height: 123 })
    expect((hero?.rect.y ?? 0) + 123).toBeCloseTo(front.height, 0)
    const [field] = shapes(front, 'barcodeField')
    expect(field).toMatchObject({ fill: [255, 255, 255], radius: 16 })
    expect(front.boxes.find((box) => box.kind === 'barcode')).toMatchObject({
      format: 'PKBarcodeFormatQR',
      message: '0042',
    })
    expect(shapes(front, 'card')).toMatchObject([{ fill: [18, 41, 74], radius: 24 }])
  })

  test('fields of a row do not overlap, the last one ends at the right margin', () => {
    const { front } = look({
      storeCard: {
        secondaryFields: [
          { key: 'a', label: 'Short', value: '1' },
          { key: 'b', label: 'Reward', value: 'The next coffee is on us' },
          { key: 'c', label: 'Shop', value: 'Berlin Mitte' },
        ],
      },
    })
    const values = texts(front).filter(({ role }) => role === 'value')
    expect(values.map(({ truncated }) => truncated)).toEqual([false, false, false])
    for (const [index, { rect }] of values.entries()) {
      const next = values[index + 1]
      if (next !== undefined) expect(rect.x + rect.width).toBeLessThanOrEqual(next.rect.x)
    }
    const last = values.at(-1)?.lines[0]
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(355, 5)
  })

  test.each([
    ['#12294a', [255, 255, 255]],
    ['#c62828', [255, 255, 255]],
    ['#f3c969', [31, 31, 31]],
    ['#ffffff', [31, 31, 31]],
  ])('on %s texts are %j', (backgroundColor, colour) => {
    const { front } = look({ ...BONUS(), backgroundColor, foregroundColor: '#0f0' })
    expect(find(front, 'title')?.colour).toEqual(colour)
  })

  test('numbers, labels and texts are in the language of the phone', () => {
    const { front, details } = look(BONUS(), { locale: 'ru' })
    expect(words(front)).toEqual(expect.arrayContaining(['Баллы', '12\u00a0480']))
    expect(words(details.light)).toEqual(expect.arrayContaining(['Условия', 'Номер участника']))
  })

  test('a flight shows its airports with an arrow, and its number in the corner', () => {
    const { front } = look({
      boardingPass: {
        transitType: 'PKTransitTypeAir',
        headerFields: [{ key: 'flight', value: 'NA 123' }],
        primaryFields: [
          { key: 'from', value: 'BER' },
          { key: 'to', value: 'LHR' },
        ],
      },
    })
    expect(words(front)).toEqual(['NA 123', 'Nordlicht', 'BER', 'LHR'])
    expect(shapes(front, 'arrow')).toHaveLength(1)
  })

  test('a gift card shows its balance, an offer its title, a generic pass its header under the label', () => {
    const gift = look(
      { storeCard: { primaryFields: [{ key: 'b', label: 'Balance', value: 25.5, currencyCode: 'EUR' }] } },
      {
        change: (twin) => ({
          ...twin,
          type: 'giftCard',
          object: { balance: { micros: '25500000', currencyCode: 'EUR' } },
        }),
      },
    )
    expect(find(gift.front, 'title')?.text).toBe('€25.50')
    expect(find(look({ coupon: { primaryFields: [{ key: 'o', value: '20 %' }] } }).front, 'title')?.text).toBe('20 %')
    const { front } = look({ generic: { primaryFields: [{ key: 'm', label: 'Member', value: 'Ann' }] } })
    expect(words(front)).toEqual(['Nordlicht', 'Member', 'Ann'])
  })

  test('a card that is no longer good says so; without a logo stands the first letter', () => {
    const { front } = look({ ...BONUS(), voided: true }, { change: (twin) => ({ ...twin, pictures: { images: [] } }) })
    expect(words(front).slice(0, 3)).toEqual(['N', 'Nordlicht', 'Not valid'])
    expect(words(look({ ...BONUS(), expirationDate: '2020-01-01T00:00Z' }).front)).toContain('Expired')
  })

  test('what class and object are given by hand is what is shown', () => {
    const change = (twin: GoogleTwin): GoogleTwin => ({
      ...twin,
      class: { ...twin.class, programName: 'By hand', localizedProgramName: undefined, hexBackgroundColor: '#ffffff' },
    })
    const { front } = look(BONUS(), { change })
    expect(find(front, 'title')?.text).toBe('By hand')
    expect(shapes(front, 'card')).toMatchObject([{ fill: [255, 255, 255] }])
  })
})

describe('the details', () => {
  test('facts, texts and links, each in its cell; the links have signs', () => {
    const { details } = look(BONUS())
    expect(words(details.light)).toEqual([
      'Bonus card',
      'Nordlicht',
      'Member ID',
      '0042',
      'Terms',
      'Valid for a year.',
      'Contact',
      'Call us',
    ])
    expect(shapes(details.light, 'cell')).toHaveLength(4)
    expect(shapes(details.light, 'sign-mailto')).toHaveLength(1)
    expect(shapes(details.light, 'sign-tel')).toHaveLength(1)
  })

  test('by night the same texts stand at the same places in other colours', () => {
    const { light, dark } = look(BONUS()).details
    const places = (layout: Layout) => layout.boxes.map(({ kind, rect }) => ({ kind, rect }))
    expect(places(dark)).toEqual(places(light))
    expect(shapes(light, 'sheet')).toMatchObject([{ fill: [255, 255, 255] }])
    expect(shapes(dark, 'sheet')).toMatchObject([{ fill: [19, 19, 20] }])
    expect(texts(dark)[0]?.colour).not.toEqual(texts(light)[0]?.colour)
  })

  test('messages come first', () => {
    const change = (twin: GoogleTwin): GoogleTwin => ({
      ...twin,
      class: { ...twin.class, messages: [{ header: 'News', body: 'Double points.' }] },
    })
    expect(words(look(BONUS(), { change }).details.light).slice(2, 4)).toEqual(['News', 'Double points.'])
  })
})

test('every side becomes a drawing', async () => {
  const { front, details, pictures } = look(BONUS())
  for (const layout of [front, details.light, details.dark]) {
    const svg = await drawLayout(layout, { fonts, pictures })
    expect(svg).toMatch(/^<svg /)
    expect(svg).not.toContain('NaN')
  }
})

test('whatever stands in class and object, the look has finite places inside of the card', () => {
  const anything = fc.jsonValue({ maxDepth: 4 })
  const side = fc.dictionary(
    fc.constantFrom(
      ...['textModulesData', 'linksModuleData', 'barcode', 'messages', 'programName', 'localizedProgramName', 'header'],
      ...['loyaltyPoints', 'balance', 'hexBackgroundColor', 'state', 'ticketLeg', 'classTemplateInfo', 'issuerName'],
    ),
    anything,
  )
  const type = fc.constantFrom('loyalty', 'giftCard', 'offer', 'eventTicket', 'flight', 'transit', 'generic')
  fc.assert(
    fc.property(type, side, side, (kind, cls, object) => {
      const twin = { type: kind, class: cls, object, report: [], pictures: { images: [] } } as GoogleTwin
      const sides = googleLook(twin, { fonts, locale: 'en', pictures: new Map() })
      for (const { boxes, height, width } of [sides.front, sides.details.light]) {
        expect(Number.isFinite(height)).toBe(true)
        for (const { rect } of boxes) {
          expect(rect.x).toBeGreaterThanOrEqual(0)
          expect(rect.x + rect.width).toBeLessThanOrEqual(width + 0.01)
          expect(rect.y + rect.height).toBeLessThanOrEqual(height + 0.5)
        }
      }
    }),
    { numRuns: 300 },
  )
})
