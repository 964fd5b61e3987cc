import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { isCrushedPng, readCrushedPng } from '../../../src/cards/import/crushed-png.js'
import { checkPicture, completeIcons } from '../../../src/cards/import/import-pictures.js'
import { crushPng } from './crushed.js'

const COLOURS = { background: [10, 90, 60], foreground: [255, 255, 255] } as const
const png = (width: number, height: number, background = '#c03020'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer()

async function pixelsOf(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).ensureAlpha().raw().toBuffer()
}

describe("PNGs of Apple's own kind", () => {
  test('become the picture that was crushed', async () => {
    const pixels = fc
      .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 12 }) })
      .chain(({ width, height }) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          rgba: fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }),
        }),
      )
    fc.assert(
      fc.property(pixels, ({ width, height, rgba }) => {
        const crushed = crushPng(width, height, rgba)
        expect(isCrushedPng(crushed)).toBe(true)
        const read = readCrushedPng(crushed)
        expect(read).toMatchObject({ width, height })
        for (let at = 0; at < rgba.length; at += 4) {
          const alpha = rgba[at + 3] ?? 0
          expect(read?.pixels[at + 3]).toBe(alpha)
          // What alpha took away is gone: half a step of a channel that was multiplied.
          const step = alpha === 0 ? 255 : Math.ceil(128 / alpha)
          for (const channel of [0, 1, 2])
            expect(Math.abs((read?.pixels[at + channel] ?? 0) - (rgba[at + channel] ?? 0))).toBeLessThanOrEqual(step)
        }
      }),
    )
  })

  test('are converted into ordinary ones that look the same', async () => {
    const rgba = Uint8Array.from([255, 0, 0, 255, 0, 128, 0, 255, 0, 0, 255, 255, 9, 8, 7, 255])
    const checked = await checkPicture(crushPng(2, 2, rgba))
    expect(checked).toMatchObject({ ok: true, note: expect.stringContaining('CgBI') })
    expect(checked.ok && (await pixelsOf(checked.bytes))).toEqual(Buffer.from(rgba))
  })

  test('are refused when damaged', async () => {
    const crushed = crushPng(4, 4, new Uint8Array(64).fill(200))
    expect(await checkPicture(crushed.subarray(0, crushed.length - 30))).toMatchObject({ ok: false })
  })
})

describe('pictures under the name of a PNG', () => {
  test('stay as they are when they are one', async () => {
    const bytes = await png(3, 3)
    expect(await checkPicture(bytes)).toEqual({ ok: true, bytes })
  })

  test('are converted from a JPEG', async () => {
    const jpeg = await sharp(await png(8, 8))
      .jpeg()
      .toBuffer()
    const checked = await checkPicture(jpeg)
    expect(checked).toMatchObject({ ok: true, note: 'was a JPEG in spite of its name and was converted' })
    expect(checked.ok && (await sharp(checked.bytes).metadata()).format).toBe('png')
  })

  test.each([
    ['an SVG, which may refer to other files', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', /SVG/],
    ['a text', 'no picture at all', /damaged/],
  ])('are refused: %s', async (_title, text, reason) => {
    expect(await checkPicture(Buffer.from(text))).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })

  test('are refused when truncated', async () => {
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 251))
    const whole = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toBuffer()
    expect(await checkPicture(whole.subarray(0, whole.length / 2))).toMatchObject({ ok: false })
  })
})

describe('icons', () => {
  const sizes = async (files: ReadonlyMap<string, Uint8Array>): Promise<Record<string, number | undefined>> =>
    Object.fromEntries(
      await Promise.all(
        [...files].map(async ([name, bytes]) => [name, (await sharp(bytes).metadata()).width] as const),
      ),
    )

  test('missing scales are made from the largest one', async () => {
    const made = await completeIcons(new Map([['icon@2x.png', await png(76, 76)]]), COLOURS)
    expect(await sizes(made.files)).toEqual({ 'icon.png': 38, 'icon@3x.png': 114 })
    expect(made.notes).toEqual(['icon.png, icon@3x.png: made from icon@2x.png.'])
  })

  test('a small one is named as such', async () => {
    const made = await completeIcons(new Map([['icon.png', await png(29, 29)]]), COLOURS)
    expect(made.notes.join()).toContain('which is small')
  })

  test('without an icon the logo becomes one, on the colour of the card', async () => {
    const made = await completeIcons(new Map([['logo.png', await png(160, 50)]]), COLOURS)
    expect(await sizes(made.files)).toEqual({ 'icon.png': 38, 'icon@2x.png': 76, 'icon@3x.png': 114 })
    const pixels = await pixelsOf(made.files.get('icon@3x.png') ?? new Uint8Array())
    expect([...pixels.subarray(0, 3)]).toEqual([10, 90, 60])
    expect([...pixels.subarray((57 * 114 + 57) * 4).subarray(0, 3)]).toEqual([0xc0, 0x30, 0x20])
  })

  test('without any picture a plain one is drawn, and complete sets stay', async () => {
    const made = await completeIcons(new Map(), COLOURS)
    expect(made.files.size).toBe(3)
    expect(await completeIcons(made.files, COLOURS)).toEqual({ files: new Map(), notes: [] })
  })
})
