import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { qrSvg } from '../../../src/cards/barcode/qr-code.js'
import { qrPicture } from '../../../src/cards/preview/qr-picture.js'
import { scan } from './scan.js'

const LINK = 'https://cards.example.com/c/wdraNBPSI-zHccPo93-h-w?via=qr'

describe('a QR code of its own', () => {
  test('as a drawing is sharp, has its quiet zone and can be scanned', async () => {
    const svg = qrSvg(LINK)
    const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
    const pixels = await sharp(Buffer.from(svg)).resize(size, size).greyscale().raw().toBuffer()
    const dark = (x: number, y: number) => (pixels[y * size + x] ?? 255) < 128
    for (let at = 0; at < size; at++)
      for (const edge of [0, 3, size - 4, size - 1]) expect(dark(at, edge) || dark(edge, at)).toBe(false)
    expect(dark(4, 4)).toBe(true)
    const [code] = await scan(await sharp(Buffer.from(svg)).png().toBuffer())
    expect(code).toMatchObject({ text: LINK, format: 'QRCode' })
  })

  test('as a picture is black on white, in whole pixels', async () => {
    const png = await qrPicture(LINK)
    const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
    expect(new Set(data)).toEqual(new Set([0, 255]))
    expect(info.width).toBeGreaterThan(400)
    expect((await scan(png))[0]?.text).toBe(LINK)
  })

  test('holds ten links, and any text', async () => {
    const many = `https://cards.example.com/c/${Array.from({ length: 10 }, () => 'wdraNBPSI-zHccPo93-h-w').join('.')}?via=qr`
    expect((await scan(await qrPicture(many)))[0]?.text).toBe(many)
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), async (text) => {
        expect(qrSvg(text)).toMatch(/^<svg .*<\/svg>\n$/)
      }),
      { numRuns: 30 },
    )
  })
})
