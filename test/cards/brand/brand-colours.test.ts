import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brandColours, LOGO_SEEN } from '../../../src/cards/brand/brand-colours.js'
import { paletteOf, visibility } from '../../../src/cards/brand/palette.js'
import { contrast, type Rgb, toHex } from '../../../src/cards/colour/colour.js'
import { chroma, oklabDistance, toOklab } from '../../../src/cards/colour/oklab.js'
import type { Pixels } from '../../../src/cards/pictures/pixels.js'

/** Stripes of colours, as high as their shares. */
function stripes(...colours: readonly (readonly [colour: Rgb, rows: number])[]): Pixels {
  const width = 40
  const rows = colours.flatMap(([colour, count]) => Array.from({ length: count * width }, () => [...colour, 255]))
  return { width, height: rows.length / width, data: Uint8Array.from(rows.flat()) }
}

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
const RED: Rgb = [214, 40, 40]
const BLUE: Rgb = [24, 70, 184]

const colour = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)) as fc.Arbitrary<Rgb>
const logo = fc
  .array(fc.tuple(colour, fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 5 })
  .map((colours) => ({ pixels: stripes(...colours) }))
const best = (background: Rgb) => Math.max(contrast(WHITE, background), contrast(BLACK, background))

describe('whatever the logo', () => {
  test('texts are read: values with a contrast of 7 or the most there is, labels with 4.5', () => {
    fc.assert(
      fc.property(
        logo,
        fc.option(colour, { nil: undefined }),
        fc.constantFrom(undefined, 'dark', 'photo'),
        (own, given, under) => {
          const wishes = {
            ...(given === undefined ? {} : { colour: given }),
            ...(under === undefined ? {} : { under }),
          }
          const { background, foreground, label, accent } = brandColours(own, wishes)
          expect(contrast(foreground, background)).toBeGreaterThanOrEqual(
            under === 'dark' ? 4.5 : Math.min(7, best(background)),
          )
          expect(contrast(label, background)).toBeGreaterThanOrEqual(4.5)
          expect(contrast(accent, background)).toBeGreaterThanOrEqual(3)
          if (under === 'dark') expect(foreground).toEqual(WHITE)
          else if (given !== undefined) expect(background).toEqual(given)
        },
      ),
    )
  })

  test('the logo is seen on the background that is chosen for it', () => {
    fc.assert(
      fc.property(logo, (own) => {
        const { background, logoSeen } = brandColours(own)
        const palette = paletteOf(own.pixels)
        // No other plain background would do clearly better.
        const others = [WHITE, BLACK].map((other) => visibility(palette, other).share)
        expect(logoSeen).toBeGreaterThanOrEqual(Math.min(LOGO_SEEN, ...others.map((share) => share - 0.15), 0.5))
        if (palette.length === 1) expect(contrast(palette[0]!.colour, background)).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: 300 },
    )
  })

  test('the same logo gives the same colours', () => {
    fc.assert(
      fc.property(logo, (own) => {
        expect(brandColours(own)).toEqual(brandColours(own))
      }),
      { numRuns: 30 },
    )
  })
})

describe('the colours that people would expect', () => {
  test('a red logo stands on a light ground with red for what draws the eye', () => {
    const { background, accent } = brandColours({ pixels: stripes([RED, 30], [WHITE, 6]) })
    expect(toOklab(background)[0]).toBeGreaterThan(0.94)
    expect(accent).toEqual(RED)
  })

  test('a black one on white-ish grey, a white one on near black', () => {
    const black = brandColours({ pixels: stripes([BLACK, 9]) })
    expect([toOklab(black.background)[0] > 0.95, chroma(toOklab(black.background)) < 0.01]).toEqual([true, true])
    const white = brandColours({ pixels: stripes([WHITE, 9]) })
    expect(toOklab(white.background)[0]).toBeLessThan(0.25)
  })

  test('a white sign that had a ground of its own keeps it as the background of the card', () => {
    expect(brandColours({ pixels: stripes([WHITE, 9]), ground: [11, 122, 90] }).background).toEqual([11, 122, 90])
  })

  test('a colour that is given wins, and then the logo lends the accent', () => {
    const { background, accent } = brandColours({ pixels: stripes([[247, 127, 0], 9]) }, { colour: [10, 20, 60] })
    expect([toHex(background), toHex(accent)]).toEqual(['#0a143c', '#f77f00'])
  })

  test('without a logo everything follows from the colour', () => {
    const { background, foreground } = brandColours(undefined, { colour: [255, 215, 0] })
    expect(background).toEqual([255, 215, 0])
    expect(contrast(foreground, background)).toBeGreaterThan(7)
  })
})

test('the colours of a picture, the most frequent first; edges and noise are not counted', () => {
  const pixels = stripes([BLUE, 20], [WHITE, 10], [[26, 72, 186], 8], [[250, 252, 255], 2])
  const palette = paletteOf(pixels)
  expect(palette.map(({ share }) => Math.round(share * 100))).toEqual([70, 30])
  expect(oklabDistance(palette[0]!.lab, toOklab(BLUE))).toBeLessThan(0.02)
})
