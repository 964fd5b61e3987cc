import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Fonts, loadFonts } from '../../../src/cards/fonts/fonts.js'
import { layoutBack } from '../../../src/cards/preview/layout-back.js'
import { layoutFront } from '../../../src/cards/preview/layout-front.js'
import { type PreviewImageOptions, previewImage } from '../../../src/cards/preview/preview-image.js'
import { BARCODE_FORMATS, type BarcodeFormat, type PassView } from '../../../src/cards/view/types.js'
import { scan } from '../barcode/scan.js'
import { QR, samplePicture, samplePictures, sampleView } from './sample-view.js'

let fonts: Fonts
beforeAll(async () => {
  fonts = await loadFonts()
})

function front(view: PassView) {
  return { layout: layoutFront(view, { fonts }), pictures: view.pictures }
}

async function image(views: readonly PassView[], options: Partial<PreviewImageOptions> = {}) {
  const png = await previewImage(views.map(front), { appearance: 'light', ...options })
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  /** Colour at a place in points of the first card. */
  const at = (x: number, y: number, scale = options.scale ?? 2, gap = options.gap ?? 24) => {
    const start = (Math.round((y + gap) * scale) * info.width + Math.round((x + gap) * scale)) * info.channels
    return [...data.subarray(start, start + 3)]
  }
  return { png, info, at }
}

describe('the picture of a card', () => {
  test('has the colours of the pass and of the surroundings where they belong', async () => {
    const strip = new Map([['strip', await samplePicture(375, 144, { colour: '#c81e1e' })]])
    const view = sampleView({ barcodes: [QR], pictures: strip })
    const { at, info } = await image([view])
    expect([info.width, info.height]).toEqual([(375 + 48) * 2, (525 + 48) * 2])
    expect(at(-12, -12)).toEqual([242, 242, 247])
    expect(at(187, 30)).toEqual([18, 41, 74])
    expect(at(187, 100)).toEqual([200, 30, 30])
    expect(at(5, 64 + 122)).toEqual([200, 30, 30])
    expect(at(5, 64 + 124)).toEqual([18, 41, 74])
    // Inside of the white field, beside the code.
    expect(at(187 - 74, 420)).toEqual([255, 255, 255])
    // The corner is rounded.
    expect(at(0.5, 0.5)).toEqual([242, 242, 247])
  })

  test('lies on black on a dark phone and keeps its own colours', async () => {
    const { at } = await image([sampleView({})], { appearance: 'dark' })
    expect(at(-12, -12)).toEqual([0, 0, 0])
    expect(at(187, 260)).toEqual([18, 41, 74])
  })

  test('fills the place of a strip without changing its shape', async () => {
    const drawing = '<rect width="100" height="100" fill="#0a0"/><rect y="40" width="100" height="20" fill="#fff"/>'
    const square = new Map([['strip', await samplePicture(100, 100, drawing)]])
    const { at } = await image([sampleView({ pictures: square })])
    // 375 wide, so the white band of a fifth is 75 high, in the middle of 123.
    expect(at(187, 64 + 61)).toEqual([255, 255, 255])
    expect(at(187, 64 + 61 + 34)).toEqual([255, 255, 255])
    expect(at(187, 64 + 61 + 42)).toEqual([0, 170, 0])
    expect(at(187, 60)).toEqual([18, 41, 74])
  })

  test('of a coupon is torn, of a ticket is notched', async () => {
    const [coupon, ticket] = [
      await image([sampleView({ style: 'coupon' })]),
      await image([sampleView({ style: 'eventTicket' })]),
    ]
    expect(ticket.at(187, 5)).toEqual([242, 242, 247])
    expect(ticket.at(60, 5)).toEqual([18, 41, 74])
    const edge = Array.from({ length: 60 }, (_, index) => coupon.at(100 + index / 2, 1)[0])
    expect(edge).toContain(242)
    expect(edge).toContain(18)
  })

  test('of a voided card is paler', async () => {
    const [good, voided] = [await image([sampleView({})]), await image([sampleView({ voided: true })])]
    expect(voided.at(187, 200)[0]).toBeGreaterThan(good.at(187, 200)[0]! + 50)
  })

  test('is as large as asked for, several in a grid with captions', async () => {
    const views = [1, 2, 3].map(() => sampleView({}))
    const { info } = await image(views, { scale: 1, columns: 2, gap: 10, captions: ['One', 'Two <&>', 'Three'] })
    expect([info.width, info.height]).toEqual([2 * 375 + 30, 2 * (525 + 30) + 30])
    expect((await image([sampleView({})], { scale: 3 })).info.width).toBe((375 + 48) * 3)
  })

  test('of a very long back is drawn smaller instead of failing', async () => {
    const backFields = [{ label: 'A', text: 'a\n'.repeat(2000) }]
    const view = sampleView({ groups: { backFields } })
    const layout = layoutBack(view, { fonts, appearance: 'light' })
    expect(layout.height).toBeGreaterThan(32_767)
    const png = await previewImage([{ layout, pictures: view.pictures }], { appearance: 'light' })
    const { height = 0 } = await sharp(png).metadata()
    expect(height).toBeLessThanOrEqual(16_000)
    expect(height).toBeGreaterThan(15_000)
  })

  test('is made of damaged pictures too, without them', async () => {
    const pictures = await samplePictures('strip', 'logo')
    const strip = pictures.get('strip')!
    pictures.set('strip', { ...strip, bytes: strip.bytes.slice(0, strip.bytes.length >> 1) })
    const { at } = await image([sampleView({ pictures })])
    expect(at(187, 300)).toEqual([18, 41, 74])
  })
})

describe('the code in the picture', () => {
  const messages: Readonly<Record<BarcodeFormat, string>> = {
    PKBarcodeFormatQR: '7012000345678',
    PKBarcodeFormatPDF417: 'CARD 7012000345678',
    PKBarcodeFormatAztec: '7012000345678',
    PKBarcodeFormatCode128: 'Card-7012-0003',
    PKBarcodeFormatCode39: 'CARD 7012',
    PKBarcodeFormatCodabar: 'A70120003A',
    PKBarcodeFormatEAN13: '4006381333931',
    PKBarcodeFormatI2of5: '70120003',
  }
  const names: Readonly<Record<BarcodeFormat, string>> = {
    PKBarcodeFormatQR: 'QRCode',
    PKBarcodeFormatPDF417: 'PDF417',
    PKBarcodeFormatAztec: 'Aztec',
    PKBarcodeFormatCode128: 'Code128',
    PKBarcodeFormatCode39: 'Code39',
    PKBarcodeFormatCodabar: 'Codabar',
    PKBarcodeFormatEAN13: 'EAN13',
    PKBarcodeFormatI2of5: 'ITF',
  }

  test.each(BARCODE_FORMATS)('of format %s scans, on light and dark cards', async (format) => {
    const code = { ...QR, format, message: messages[format] }
    for (const style of ['storeCard', 'posterGeneric'] as const) {
      const { png } = await image([
        sampleView({ style, barcodes: [code], pictures: await samplePictures('background') }),
      ])
      const found = await scan(png)
      expect(found.map(({ text }) => text)).toEqual([messages[format]])
      expect(found[0]?.format).toContain(names[format])
    }
  })

  test('scans at one and at three pixels per point too', async () => {
    for (const scale of [1, 3]) {
      const { png } = await image([sampleView({ barcodes: [QR] })], { scale })
      expect((await scan(png))[0]?.text).toBe(QR.message)
    }
  })
})
