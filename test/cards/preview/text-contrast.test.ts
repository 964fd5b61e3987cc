import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Rgb } from '../../../src/cards/colour/colour.js'
import { loadFonts } from '../../../src/cards/fonts/fonts.js'
import type { Layout, LayoutBox, TextBox } from '../../../src/cards/preview/layout-types.js'
import { textContrasts } from '../../../src/cards/preview/text-contrast.js'
import type { PassView } from '../../../src/cards/view/types.js'

const WHITE: Rgb = [255, 255, 255]
const CARD = { x: 0, y: 0, width: 200, height: 100 }

/** A picture that is black at its left and white from `share` of its width on. */
async function pictures(share: number): Promise<PassView['pictures']> {
  const left = Math.round(200 * share)
  const image = sharp({ create: { width: 200, height: 100, channels: 3, background: '#ffffff' } })
  const black = await sharp({ create: { width: Math.max(1, left), height: 100, channels: 3, background: '#000000' } })
    .png()
    .toBuffer()
  const bytes = await image
    .composite(left === 0 ? [] : [{ input: black, left: 0, top: 0 }])
    .png()
    .toBuffer()
  return new Map([['strip', { file: 'strip.png', bytes, scale: 1 }]])
}

const strip: LayoutBox = { kind: 'picture', name: 'strip', rect: CARD, fit: 'cover' }

function text(colour: Rgb, more: Partial<TextBox> = {}): TextBox {
  return {
    kind: 'text',
    role: 'value',
    source: 'storeCard/primaryFields/0/value',
    text: 'Points',
    rect: { x: 10, y: 30, width: 180, height: 40 },
    lines: [{ text: 'Points', x: 10, baseline: 60, width: 180 }],
    size: 30,
    weight: 400,
    colour,
    truncated: false,
    over: 'strip',
    ...more,
  }
}

async function ratio(boxes: readonly LayoutBox[], share: number): Promise<number | undefined> {
  const layout: Layout = { width: CARD.width, height: CARD.height, boxes }
  const [found] = await textContrasts(layout, { pictures: await pictures(share), fonts: await loadFonts() })
  return found?.ratio
}

test('a white text on black is as clear as can be, on white it is invisible', async () => {
  expect(await ratio([strip, text(WHITE)], 1)).toBeCloseTo(21, 0)
  expect(await ratio([strip, text(WHITE)], 0)).toBeCloseTo(1, 0)
})

test('a fifth of white below the text counts, a twentieth does not', async () => {
  expect(await ratio([strip, text(WHITE)], 0.77)).toBeLessThan(1.5)
  expect(await ratio([strip, text(WHITE)], 0.92)).toBeGreaterThan(15)
})

test('a shade between picture and text helps, a veil above both does not count', async () => {
  const shade: LayoutBox = { kind: 'shape', role: 'shade', rect: CARD, fill: [0, 0, 0], opacity: 0.8 }
  const veil: LayoutBox = { kind: 'shape', role: 'veil', rect: CARD, fill: WHITE, opacity: 0.9 }
  expect(await ratio([strip, shade, text(WHITE)], 0)).toBeGreaterThan(7)
  expect(await ratio([strip, text(WHITE), veil], 1)).toBeCloseTo(21, 0)
})

test('texts that lie on no picture are not looked at', async () => {
  const { over: _, ...plain } = text(WHITE)
  expect(await ratio([strip, plain], 0)).toBeUndefined()
})
