import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type BarcodeRequest, drawBarcode } from '../../../src/cards/barcode/draw-barcode.js'
import { encodeMessage } from '../../../src/cards/barcode/encode-message.js'
import { BARCODE_FORMATS, type BarcodeFormat } from '../../../src/cards/view/types.js'
import { scan } from './scan.js'

const SQUARE = { field: { x: 0, y: 0, width: 152, height: 152 }, room: { x: 10, y: 10, width: 132, height: 132 } }
const WIDE = { field: { x: 0, y: 0, width: 296, height: 92 }, room: { x: 10, y: 10, width: 276, height: 72 } }

const MESSAGES: Readonly<Record<BarcodeFormat, string>> = {
  PKBarcodeFormatQR: 'https://cards.example/c/7012-0003',
  PKBarcodeFormatPDF417: 'CARD 7012000345678',
  PKBarcodeFormatAztec: '7012000345678',
  PKBarcodeFormatCode128: 'Card-7012-0003',
  PKBarcodeFormatCode39: 'CARD 7012',
  PKBarcodeFormatCodabar: '70120003',
  PKBarcodeFormatEAN13: '4006381333931',
  PKBarcodeFormatI2of5: '70120003',
}

function request(format: BarcodeFormat, message = MESSAGES[format], messageEncoding = 'iso-8859-1'): BarcodeRequest {
  const isSquare = format === 'PKBarcodeFormatQR' || format === 'PKBarcodeFormatAztec'
  return { format, message, messageEncoding, ...(isSquare ? SQUARE : WIDE) }
}

async function picture({ field }: BarcodeRequest, path: string, scale = 2): Promise<Uint8Array> {
  const size = `width="${field.width * scale}" height="${field.height * scale}" viewBox="0 0 ${field.width} ${field.height}"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

async function drawn(wanted: BarcodeRequest) {
  const drawing = await drawBarcode(wanted)
  if ('problem' in drawing) throw new Error(drawing.problem)
  return drawing
}

describe('a barcode', () => {
  test.each(BARCODE_FORMATS)('of format %s stays in its room, on whole half points', async (format) => {
    const wanted = request(format)
    const { area, module, path } = await drawn(wanted)
    expect(area.x).toBeGreaterThanOrEqual(wanted.room.x)
    expect(area.x + area.width).toBeLessThanOrEqual(wanted.room.x + wanted.room.width)
    expect(area.y).toBeGreaterThanOrEqual(wanted.room.y)
    expect(area.y + area.height).toBeLessThanOrEqual(wanted.room.y + wanted.room.height)
    expect(module).toBeGreaterThanOrEqual(1)
    const numbers = path.match(/[\d.]+/g)?.map(Number) ?? []
    expect(numbers.length).toBeGreaterThan(40)
    expect(numbers.filter((value) => value % 0.5 !== 0)).toEqual([])
  })

  test.each(BARCODE_FORMATS)('of format %s has no grey pixel at two pixels per point', async (format) => {
    const wanted = request(format)
    const { path } = await drawn(wanted)
    const { data } = await sharp(await picture(wanted, path))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([...new Set(data)].sort((a, b) => a - b)).toEqual([0, 255])
  })

  test('of two columns and more rows uses the height that it has', async () => {
    const { area } = await drawn(request('PKBarcodeFormatPDF417'))
    expect(area.height).toBeGreaterThan(30)
  })

  test('too fine for whole steps is drawn all the same', async () => {
    const { module, area } = await drawn(request('PKBarcodeFormatCode128', 'x'.repeat(80)))
    expect(module).toBeLessThan(0.5)
    expect(area.width).toBeLessThanOrEqual(276)
  })

  test('of a long message scans', async () => {
    const message = 'Tessera '.repeat(30)
    const wanted = request('PKBarcodeFormatQR', message)
    expect((await scan(await picture(wanted, (await drawn(wanted)).path, 4)))[0]?.text).toBe(message)
  })
})

describe('the message', () => {
  test.each([
    ['utf-8', 'Анна — 42', Buffer.from('Анна — 42')],
    ['UTF-8', '日本', Buffer.from('日本')],
    ['iso-8859-1', 'Zoë £5', Buffer.from('Zoë £5', 'latin1')],
    ['windows-1251', 'Анна', Buffer.from([0xc0, 0xed, 0xed, 0xe0])],
  ])('is held in the bytes of %s', async (encoding, message, bytes) => {
    const wanted = request('PKBarcodeFormatQR', message, encoding)
    const [found] = await scan(await picture(wanted, (await drawn(wanted)).path))
    expect(Buffer.from(found?.bytes ?? [])).toEqual(bytes)
  })

  test('of Codabar gets the letters that begin and end it, and keeps its own', async () => {
    const read = async (message: string) => {
      const wanted = request('PKBarcodeFormatCodabar', message)
      return (await scan(await picture(wanted, (await drawn(wanted)).path)))[0]?.text
    }
    expect(await read('1234')).toBe('A1234A')
    expect(await read('B1234D')).toBe('B1234D')
  })

  test.each<[BarcodeFormat, string, string, RegExp]>([
    ['PKBarcodeFormatEAN13', '4006381333932', 'utf-8', /last digit/],
    ['PKBarcodeFormatI2of5', '12a4', 'utf-8', /digits/],
    ['PKBarcodeFormatCode39', 'lower', 'utf-8', /capital/],
    ['PKBarcodeFormatQR', 'x'.repeat(5000), 'utf-8', /bytes/],
    ['PKBarcodeFormatQR', 'x'.repeat(2900), 'utf-8', /length/i],
    ['PKBarcodeFormatQR', '', 'utf-8', /empty/],
    ['PKBarcodeFormatQR', 'Анна', 'iso-8859-1', /"А"/],
    ['PKBarcodeFormatQR', 'Anna', 'x-none', /x-none/],
    ['PKBarcodeFormatQR', 'Anna', 'utf-16', /utf-16/],
  ])('that %s cannot hold is told, whole and readable: %.12s', async (format, message, encoding, reason) => {
    const drawing = await drawBarcode(request(format, message, encoding))
    expect(drawing).toEqual({ problem: expect.stringMatching(reason) })
    expect('problem' in drawing && drawing.problem).toMatch(/^[A-Zx].*\.$/)
    expect('problem' in drawing && drawing.problem).not.toContain('bwipp')
  })

  test('never makes the drawing throw', async () => {
    const anything = fc.record({
      format: fc.constantFrom(...BARCODE_FORMATS),
      message: fc.string({ unit: 'binary', maxLength: 60 }),
      encoding: fc.oneof(fc.constantFrom('utf-8', 'iso-8859-1', 'us-ascii', 'koi8-r'), fc.string()),
    })
    await fc.assert(
      fc.asyncProperty(anything, async ({ format, message, encoding }) => {
        const drawing = await drawBarcode(request(format, message, encoding))
        expect('path' in drawing ? drawing.path : drawing.problem).not.toBe('')
      }),
      { numRuns: 60 },
    )
  })
})

describe('bytes of an encoding', () => {
  test('are those that its decoder reads back', () => {
    for (const encoding of ['windows-1252', 'iso-8859-5', 'koi8-r', 'macintosh']) {
      const encoded = encodeMessage('Plain text 0123', encoding)
      expect('bytes' in encoded && new TextDecoder(encoding).decode(encoded.bytes)).toBe('Plain text 0123')
    }
  })

  test('of iso-8859-1 are the codes of the characters, not those of windows-1252', () => {
    expect(encodeMessage('\u0080ÿ', 'ISO-8859-1')).toEqual({ bytes: Uint8Array.of(0x80, 0xff) })
    expect(encodeMessage('€', 'iso-8859-1')).toHaveProperty('problem')
    expect(encodeMessage('é', 'us-ascii')).toHaveProperty('problem')
  })
})
