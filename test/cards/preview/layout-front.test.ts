import { beforeAll, describe, expect, test } from 'vitest'
import { PASS_STYLES } from '../../../src/cards/design/design.js'
import { type Fonts, loadFonts } from '../../../src/cards/fonts/fonts.js'
import { layoutFront } from '../../../src/cards/preview/layout-front.js'
import type { Layout, LayoutBox, Rect, TextBox } from '../../../src/cards/preview/layout-types.js'
import { FRONT_GROUPS } from '../../../src/cards/styles.js'
import type { PassView } from '../../../src/cards/view/types.js'
import { QR, type Sample, type SampleField, samplePicture, samplePictures, sampleView } from './sample-view.js'

let fonts: Fonts
let pictures: PassView['pictures']
beforeAll(async () => {
  fonts = await loadFonts()
  pictures = await samplePictures(
    'logo',
    'primaryLogo',
    'secondaryLogo',
    'strip',
    'thumbnail',
    'background',
    'artwork',
    'footer',
  )
})

const field = (label: string, text: string, rest: Partial<SampleField> = {}): SampleField => ({ label, text, ...rest })
const many = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => field(`${prefix}${index}`, `${index}`))

function front(sample: Sample, context: { ios?: 26 | 27; now?: number } = {}): Layout {
  return layoutFront(sampleView(sample), { fonts, ...context })
}

function only(...names: string[]): PassView['pictures'] {
  return new Map([...pictures].filter(([name]) => names.includes(name)))
}

function texts(layout: Layout): TextBox[] {
  return layout.boxes.filter((box) => box.kind === 'text')
}

function text(layout: Layout, source: string): TextBox {
  const box = texts(layout).find((candidate) => candidate.source === source)
  if (box === undefined) throw new Error(`no text ${source} among ${texts(layout).map((each) => each.source)}`)
  return box
}

function picture(layout: Layout, name: string): Rect | undefined {
  return layout.boxes.find((box) => box.kind === 'picture' && box.name === name)?.rect
}

function barcode(layout: Layout) {
  return layout.boxes.find((box) => box.kind === 'barcode')
}

const bottomOf = ({ y, height }: Rect) => y + height
const rightOf = ({ x, width }: Rect) => x + width
const line = (box: TextBox) => box.lines[0] ?? { text: '', x: 0, baseline: 0, width: 0 }

describe('every style', () => {
  const looks = [
    ...PASS_STYLES.map((style) => ({ style, name: style })),
    { style: 'eventTicket', scheme: 'posterEventTicket', name: 'posterEventTicket' },
    { style: 'boardingPass', scheme: 'semanticBoardingPass', name: 'semanticBoardingPass' },
  ] as const
  const groups = {
    headerFields: [field('Level', 'Gold')],
    primaryFields: [field('Points', '120')],
    secondaryFields: [field('Member', 'Anna'), field('Since', '2021')],
    auxiliaryFields: [field('Branch', 'Main')],
    footerFields: [field('More', 'Sundays are free')],
  }

  test.each(looks)('$name has its texts inside of the card, none over another or over the code', ({
    name,
    ...look
  }) => {
    const layout = front({ ...look, groups, logoText: 'Corner', barcodes: [QR], pictures })
    expect(layout.boxes[0]).toMatchObject({ kind: 'shape', role: 'card' })
    const footer = name === 'posterGeneric' ? ['posterGeneric/footerFields/0/value'] : []
    expect(texts(layout).map(({ source }) => source)).toEqual(
      expect.arrayContaining([
        'logoText',
        ...FRONT_GROUPS.map((group) => `${look.style}/${group}/0/value`),
        'barcodes/0/altText',
        ...footer,
      ]),
    )
    const code = barcode(layout)?.rect
    expect(code).toBeDefined()
    const areas = texts(layout).map((box) => ({ source: box.source, ...inkOf(box) }))
    for (const [index, area] of areas.entries()) {
      expect(area.x).toBeGreaterThanOrEqual(0)
      expect(area.y).toBeGreaterThanOrEqual(0)
      expect(rightOf(area)).toBeLessThanOrEqual(layout.width)
      expect(bottomOf(area)).toBeLessThanOrEqual(layout.height)
      if (area.source !== 'barcodes/0/altText') expect(overlap(area, code!), area.source).toBe(false)
      for (const other of areas.slice(index + 1))
        expect(overlap(area, other), `${area.source} ${other.source}`).toBe(false)
    }
    expect(texts(layout).filter(({ truncated }) => truncated)).toEqual([])
  })

  test.each(looks)('$name without pictures, codes and fields is an empty card', ({ name: _name, ...look }) => {
    const layout = front(look)
    expect(layout.boxes.filter(({ kind }) => kind !== 'shape')).toEqual([])
    expect(layout).toMatchObject({ width: 375, height: 525 })
  })

  test.each(looks)('$name shows no more fields than its limits', ({ name: _name, ...look }) => {
    const layout = front({
      ...look,
      groups: Object.fromEntries(FRONT_GROUPS.map((group) => [group, many(8, group[0]!)])),
      barcodes: [QR],
    })
    const counts = FRONT_GROUPS.map(
      (group) => texts(layout).filter(({ source }) => source.includes(`/${group}/`) && source.endsWith('value')).length,
    )
    const together = ['coupon', 'generic', 'storeCard'].includes(look.style)
    expect(counts).toEqual([
      3,
      look.style === 'boardingPass' ? 2 : 1,
      4,
      together ? 0 : look.style === 'boardingPass' ? 5 : 4,
    ])
  })
})

/** Where a text has ink: its lines, not what it may take up. */
function inkOf(box: TextBox): Rect {
  const { x, width, baseline } = line(box)
  return { x, y: baseline - box.size * 0.73, width, height: box.size * 0.75 }
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < rightOf(b) && b.x < rightOf(a) && a.y < bottomOf(b) && b.y < bottomOf(a)
}

describe('a store card', () => {
  const groups = {
    headerFields: [field('Level', 'Gold')],
    primaryFields: [field('Points', '1 240')],
    secondaryFields: [field('Member', 'Anna'), field('Since', '2021')],
    auxiliaryFields: [field('Next', '760')],
  }

  test('has the large value over the strip, its label below it', () => {
    const layout = front({ groups, barcodes: [QR], pictures })
    const [value, label] = [
      text(layout, 'storeCard/primaryFields/0/value'),
      text(layout, 'storeCard/primaryFields/0/label'),
    ]
    expect(picture(layout, 'strip')).toEqual({ x: 0, y: 64, width: 375, height: 123 })
    expect(value.size).toBeGreaterThan(40)
    expect(value.over).toBe('strip')
    expect(label.over).toBe('strip')
    expect(line(label).baseline).toBeGreaterThan(line(value).baseline)
    expect(line(value).baseline).toBeLessThan(bottomOf(picture(layout, 'strip')!))
    expect(text(layout, 'storeCard/secondaryFields/0/value').over).toBeUndefined()
  })

  test('without a strip keeps the place and lies on the plain card', () => {
    const [with_, without] = [front({ groups, pictures }), front({ groups })]
    const source = 'storeCard/primaryFields/0/value'
    expect(text(without, source).rect).toEqual(text(with_, source).rect)
    expect(text(without, source).over).toBeUndefined()
    expect(picture(without, 'strip')).toBeUndefined()
  })

  test('has secondary and auxiliary fields in one row with a square code, in two with a wide one', () => {
    const baselines = (format: 'PKBarcodeFormatAztec' | 'PKBarcodeFormatPDF417') => {
      const layout = front({ groups, barcodes: [{ ...QR, format }] })
      const [secondary, auxiliary] = ['secondaryFields', 'auxiliaryFields'].map((group) =>
        text(layout, `storeCard/${group}/0/value`),
      )
      return [line(secondary!).baseline, line(auxiliary!).baseline]
    }
    const [square, wide] = [baselines('PKBarcodeFormatAztec'), baselines('PKBarcodeFormatPDF417')]
    expect(square[0]).toBe(square[1])
    expect(wide[1]).toBeGreaterThan(wide[0]!)
  })

  test('takes its colours from the pass, black on white for the text of the code', () => {
    const layout = front({ groups, barcodes: [QR], logoText: 'Corner', pictures })
    expect(layout.boxes[0]).toMatchObject({ fill: [18, 41, 74] })
    expect(text(layout, 'logoText').colour).toEqual([255, 255, 255])
    expect(text(layout, 'storeCard/secondaryFields/0/label').colour).toEqual([143, 214, 197])
    expect(text(layout, 'storeCard/secondaryFields/0/value').colour).toEqual([255, 255, 255])
    expect(text(layout, 'barcodes/0/altText').colour).toEqual([0, 0, 0])
  })
})

describe('the header', () => {
  test('has the logo at the left, its text beside it, fields at the right in their order', () => {
    const layout = front({
      logoText: 'Corner',
      groups: { headerFields: [field('A', 'one'), field('B', 'two')] },
      pictures,
    })
    const logo = picture(layout, 'logo')!
    const [first, second] = [0, 1].map((index) => text(layout, `storeCard/headerFields/${index}/value`))
    expect(logo.x).toBe(16)
    expect(line(text(layout, 'logoText')).x).toBeGreaterThan(rightOf(logo))
    expect(line(first!).x).toBeLessThan(line(second!).x)
    expect(line(second!).x + line(second!).width).toBeCloseTo(375 - 16, 1)
  })

  test('never enlarges a logo and keeps its shape when it is too large', async () => {
    expect(picture(front({ pictures }), 'logo')).toMatchObject({ width: 40, height: 40 })
    const { samplePicture } = await import('./sample-view.js')
    const wide = new Map([['logo', await samplePicture(400, 50, { colour: '#fff' }, 1)]])
    expect(picture(front({ pictures: wide }), 'logo')).toMatchObject({ width: 160, height: 20 })
  })

  test('cuts the logo text before the fields, and says so', () => {
    const layout = front({
      logoText: 'A very long name of an organization of this city',
      groups: { headerFields: [field('Balance', '12 345,00 €')] },
      pictures,
    })
    expect(text(layout, 'logoText')).toMatchObject({ truncated: true })
    expect(line(text(layout, 'logoText')).text).toMatch(/…$/)
    expect(text(layout, 'storeCard/headerFields/0/value').truncated).toBe(false)
    const value = line(text(layout, 'storeCard/headerFields/0/label'))
    expect(line(text(layout, 'logoText')).x + line(text(layout, 'logoText')).width).toBeLessThan(value.x)
  })
})

describe('a row of fields', () => {
  const secondary = (...secondaryFields: SampleField[]) => front({ groups: { secondaryFields } })
  const value = (layout: Layout, index: number) => text(layout, `storeCard/secondaryFields/${index}/value`)

  test('begins at the left, ends at the right and shares the width evenly', () => {
    const layout = secondary(field('A', 'one'), field('B', 'two'), field('C', 'three'))
    expect(line(value(layout, 0)).x).toBe(16)
    expect(line(value(layout, 2)).x + line(value(layout, 2)).width).toBeCloseTo(359, 1)
    expect(new Set([0, 1, 2].map((index) => value(layout, index).rect.width)).size).toBe(1)
    expect(line(value(secondary(field('A', 'one')), 0)).x).toBe(16)
  })

  test('follows the alignment that a field asks for', () => {
    const layout = secondary(field('A', 'one', { alignment: 'right' }), field('B', 'two', { alignment: 'left' }))
    expect(line(value(layout, 0)).x + line(value(layout, 0)).width).toBeCloseTo(rightOf(value(layout, 0).rect), 1)
    expect(line(value(layout, 1)).x).toBe(value(layout, 1).rect.x)
    const centred = value(secondary(field('A', 'one', { alignment: 'center' })), 0)
    expect(line(centred).x + line(centred).width / 2).toBeCloseTo(187.5, 1)
  })

  test('gives a long text what short ones leave', () => {
    const layout = secondary(field('Member', 'Alexandra Konstantinova'), field('No.', '7'), field('Y', '1'))
    expect(value(layout, 0).rect.width).toBeGreaterThan(200)
    expect(value(layout, 0)).toMatchObject({ truncated: false, size: 18 })
  })

  test('shrinks a text a little before it cuts it', () => {
    const words = (count: number) => secondary(field('A', 'Lorem ipsum '.repeat(count).trim()))
    expect(value(words(2), 0)).toMatchObject({ size: 18, truncated: false })
    const shrunk = value(words(4), 0)
    expect(shrunk.size).toBeLessThan(18)
    expect(shrunk.size).toBeGreaterThanOrEqual(10.8)
    expect(shrunk.truncated).toBe(false)
    const cut = value(words(9), 0)
    expect(cut.truncated).toBe(true)
    expect(cut.size).toBeCloseTo(10.8)
    expect(line(cut).text).toMatch(/…$/)
    expect(line(cut).width).toBeLessThanOrEqual(cut.rect.width + 0.01)
    expect(cut.text).toBe('Lorem ipsum '.repeat(9).trim())
  })

  test('puts a text that begins in Hebrew or Arabic at the right', () => {
    const box = value(secondary(field('A', 'שלום עולם')), 0)
    expect(line(box).x + line(box).width).toBeCloseTo(359, 1)
  })

  test('keeps baselines in line when only one value shrinks', () => {
    const layout = secondary(field('A', 'A long text that needs to be made smaller'), field('B', '1'))
    expect(value(layout, 0).size).toBeLessThan(value(layout, 1).size)
    expect(line(value(layout, 0)).baseline).toBe(line(value(layout, 1)).baseline)
  })
})

describe('the barcode', () => {
  const ean = { ...QR, format: 'PKBarcodeFormatEAN13', message: '4006381333931' } as const

  test('is the first that the phone knows', () => {
    expect(barcode(front({ barcodes: [ean, QR] }))?.format).toBe('PKBarcodeFormatEAN13')
    expect(barcode(front({ barcodes: [ean, QR] }, { ios: 26 }))?.format).toBe('PKBarcodeFormatQR')
    expect(text(front({ barcodes: [ean, QR] }, { ios: 26 }), 'barcodes/1/altText').text).toBe(QR.altText)
    expect(barcode(front({ barcodes: [ean] }, { ios: 26 }))).toBeUndefined()
  })

  test('lies in a white field at the bottom centre, its text below it inside of the field', () => {
    for (const code of [QR, ean]) {
      const layout = front({ barcodes: [code] })
      const box = barcode(layout)!
      const alt = text(layout, 'barcodes/0/altText')
      expect(box.rect.x + box.rect.width / 2).toBe(187.5)
      expect(bottomOf(box.rect)).toBe(525 - 18)
      expect(line(alt).baseline).toBeGreaterThan(bottomOf(box.code))
      expect(line(alt).baseline).toBeLessThan(bottomOf(box.rect))
    }
  })

  test('without a text has a lower field', () => {
    const { altText: _altText, ...plain } = QR
    const [with_, without] = [barcode(front({ barcodes: [QR] }))!, barcode(front({ barcodes: [plain] }))!]
    expect(without.rect.height).toBe(without.rect.width)
    expect(with_.rect.height).toBeGreaterThan(without.rect.height)
  })
})

describe('the sign of a card that is held to a reader', () => {
  const sign = (sample: Sample) => front(sample).boxes.find((box) => box.kind === 'shape' && box.role === 'contactless')

  test('is at the bottom of cards with NFC and no barcode', () => {
    expect(sign({ nfc: true })?.rect).toEqual({ x: 169.5, y: 471, width: 36, height: 36 })
    expect(sign({ nfc: true, barcodes: [QR] })).toBeUndefined()
    expect(sign({})).toBeUndefined()
  })

  test('has nothing behind it, on posters and on boarding passes with a footer', () => {
    const groups = { primaryFields: [field('To', 'Anna')], auxiliaryFields: [field('Seat', '1'), field('Row', '2')] }
    const poster = front({ style: 'eventTicket', scheme: 'posterEventTicket', groups, nfc: true })
    const journey = front({ style: 'boardingPass', groups, nfc: true, pictures: only('footer') })
    for (const { boxes } of [poster, journey]) {
      const { rect } = boxes.find((box) => box.kind === 'shape' && box.role === 'contactless')!
      const others = boxes.filter(({ kind }) => kind === 'text' || kind === 'picture')
      expect(Math.max(...others.map((box) => bottomOf(box.rect)))).toBeLessThan(rect.y)
    }
  })
})

describe('a boarding pass', () => {
  const groups = {
    primaryFields: [field('Moscow', 'SVO'), field('Saint Petersburg', 'LED')],
    auxiliaryFields: [field('Seat', '14F')],
    secondaryFields: [field('Passenger', 'Petrova')],
  }

  test.each([
    'air',
    'boat',
    'bus',
    'generic',
    'train',
  ] as const)('has the sign of %s between its places', (transitType) => {
    const layout = front({ style: 'boardingPass', transitType, groups })
    const sign = layout.boxes.find((box): box is LayoutBox & { kind: 'shape' } => {
      return box.kind === 'shape' && box.role === `transit-${transitType}`
    })
    const [from, to] = [0, 1].map((index) => line(text(layout, `boardingPass/primaryFields/${index}/value`)))
    expect(sign?.rect.x).toBeGreaterThan(from!.x + from!.width)
    expect(rightOf(sign!.rect)).toBeLessThan(to!.x)
    expect(from!.baseline).toBe(to!.baseline)
    const numbers = sign?.path?.match(/-?[\d.]+/g)?.map(Number) ?? []
    expect(numbers.every((value) => Number.isFinite(value) && value < 375)).toBe(true)
  })

  test('has auxiliary fields above secondary ones and the footer picture right above the code', () => {
    const layout = front({ style: 'boardingPass', groups, barcodes: [QR], pictures })
    const [auxiliary, secondary] = ['auxiliary', 'secondary'].map((group) =>
      line(text(layout, `boardingPass/${group}Fields/0/value`)),
    )
    expect(auxiliary!.baseline).toBeLessThan(secondary!.baseline)
    const gap = barcode(layout)!.rect.y - bottomOf(picture(layout, 'footer')!)
    expect(gap).toBeGreaterThan(0)
    expect(gap).toBeLessThan(12)
  })
})

describe('an event ticket', () => {
  const groups = {
    primaryFields: [field('Event', 'Concert')],
    secondaryFields: [field('Place', 'Hall')],
    auxiliaryFields: [field('Date', '24 Dec'), field('Row', 'F', { row: 1 }), field('Seat', '12')],
  }

  test('with a strip leaves out background and thumbnail', () => {
    const layout = front({ style: 'eventTicket', groups, pictures })
    expect(picture(layout, 'strip')?.height).toBe(98)
    expect(picture(layout, 'background')).toBeUndefined()
    expect(picture(layout, 'thumbnail')).toBeUndefined()
  })

  test('without a strip has its texts over the blurred background, left of the thumbnail', () => {
    const layout = front({ style: 'eventTicket', groups, pictures: only('background', 'thumbnail') })
    const background = layout.boxes.find((box) => box.kind === 'picture' && box.name === 'background')
    expect(background).toMatchObject({ blur: expect.any(Number), fit: 'cover', rect: { width: 375, height: 525 } })
    const primary = text(layout, 'eventTicket/primaryFields/0/value')
    expect(primary.over).toBe('background')
    expect(rightOf(primary.rect)).toBeLessThan(picture(layout, 'thumbnail')!.x)
  })

  test('has auxiliary fields in the row that they ask for', () => {
    const layout = front({ style: 'eventTicket', groups })
    const [date, row, seat] = [0, 1, 2].map((index) => line(text(layout, `eventTicket/auxiliaryFields/${index}/value`)))
    expect(date!.baseline).toBe(seat!.baseline)
    expect(row!.baseline).toBeGreaterThan(date!.baseline)
  })

  test('as a poster has its artwork over the whole card and its texts at the bottom, a code from iOS 27 on', () => {
    const poster = { style: 'eventTicket', scheme: 'posterEventTicket', groups, pictures, barcodes: [QR] } as const
    const layout = front(poster)
    expect(picture(layout, 'artwork')).toEqual({ x: 0, y: 0, width: 375, height: 525 })
    expect(picture(layout, 'primaryLogo')).toBeDefined()
    expect(picture(layout, 'secondaryLogo')).toBeDefined()
    expect(text(layout, 'eventTicket/primaryFields/0/value').over).toBe('artwork')
    expect(barcode(layout)).toBeDefined()
    const older = front(poster, { ios: 26 })
    expect(barcode(older)).toBeUndefined()
    expect(line(text(older, 'eventTicket/primaryFields/0/value')).baseline).toBeGreaterThan(525 / 2)
  })
})

describe('a generic pass', () => {
  test('has its value at the left of the thumbnail', () => {
    const layout = front({ style: 'generic', groups: { primaryFields: [field('Member', 'Anna')] }, pictures })
    expect(picture(layout, 'thumbnail')).toEqual({ x: 269, y: 74, width: 90, height: 90 })
    expect(rightOf(text(layout, 'generic/primaryFields/0/value').rect)).toBeLessThan(269)
  })

  test.each([
    ['upright', 60, 90, { x: 299, y: 74, width: 60, height: 90 }],
    ['lying', 90, 60, { x: 269, y: 89, width: 90, height: 60 }],
    ['very long', 90, 10, { x: 269, y: 89, width: 90, height: 60 }],
  ])('keeps the shape of a thumbnail from 2:3 to 3:2: %s', async (_title, width, height, rect) => {
    const thumbnail = await samplePicture(width, height, { colour: '#e9c46a' })
    expect(picture(front({ style: 'generic', pictures: new Map([['thumbnail', thumbnail]]) }), 'thumbnail')).toEqual(
      rect,
    )
  })

  test('as a poster shows the first footer field on its own ground', () => {
    const layout = front({
      style: 'posterGeneric',
      groups: { primaryFields: [field('Member', 'Anna')], footerFields: [field('A', 'one'), field('B', 'two')] },
      pictures,
      barcodes: [QR],
      colours: { ...sampleView({}).colours, footerBackground: [90, 0, 60] },
    })
    const ground = layout.boxes.find((box) => box.kind === 'shape' && box.role === 'footer')
    expect(ground).toMatchObject({ fill: [90, 0, 60] })
    expect(line(text(layout, 'posterGeneric/footerFields/0/value')).baseline).toBeGreaterThan(ground!.rect.y)
    expect(texts(layout).some(({ source }) => source.includes('footerFields/1'))).toBe(false)
    expect(bottomOf(barcode(layout)!.rect)).toBeLessThan(ground!.rect.y)
  })
})

describe('a card that is no longer good', () => {
  const note = (sample: Sample, now?: number) =>
    texts(front(sample, now === undefined ? {} : { now })).find(({ role }) => role === 'note')

  test('is veiled and says why, in the language of the card', () => {
    expect(note({ voided: true })?.text).toBe('Void')
    expect(note({ voided: true, locale: 'ru-RU' })?.text).toBe('Недействительна')
    expect(note({ voided: true, locale: 'tlh' })?.text).toBe('Void')
    expect(front({ voided: true }).boxes.some((box) => box.kind === 'shape' && box.role === 'veil')).toBe(true)
  })

  test('has expired from its time on, when the time is told', () => {
    expect(note({ expiresAt: 1000 }, 1000)?.text).toBe('Expired')
    expect(note({ expiresAt: 1000 }, 999)).toBeUndefined()
    expect(note({ expiresAt: 1000 })).toBeUndefined()
    expect(note({})).toBeUndefined()
  })
})
