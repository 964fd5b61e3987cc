import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Rgb } from '../../../src/cards/colour/colour.js'
import { colourNames, parseTypedColour } from '../../../src/cards/colour/css-colours.js'
import { chroma, fromOklab, oklabDistance, toOklab, withLightness } from '../../../src/cards/colour/oklab.js'

describe('colours as people type them', () => {
  test.each([
    ['#1f6f5c', [31, 111, 92]],
    ['1F6F5C', [31, 111, 92]],
    ['#fff', [255, 255, 255]],
    ['abc', [170, 187, 204]],
    [' rgb(1, 2, 3) ', [1, 2, 3]],
    ['navy', [0, 0, 128]],
    ['Dark Olive-Green', [85, 107, 47]],
    ['rebeccapurple', [102, 51, 153]],
  ])('%j is known', (typed, colour) => expect(parseTypedColour(typed)).toEqual(colour))

  test.each(['', '#12', 'rgb(300, 0, 0)', 'bluish', '#ggg', 'transparent'])('%j is none', (typed) =>
    expect(parseTypedColour(typed)).toBeUndefined())

  test('there are the 148 names of CSS', () => expect(colourNames()).toHaveLength(148))
})

describe('OKLab', () => {
  const colour = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)) as fc.Arbitrary<Rgb>

  test('white, black and red are where its author puts them', () => {
    expect(toOklab([255, 255, 255])[0]).toBeCloseTo(1, 3)
    expect(toOklab([0, 0, 0])[0]).toBe(0)
    const [lightness, a, b] = toOklab([255, 0, 0])
    expect([lightness, a, b].map((value) => Math.round(value * 1000) / 1000)).toEqual([0.628, 0.225, 0.126])
  })

  test('goes there and back without a change', () => {
    fc.assert(
      fc.property(colour, (rgb) => {
        expect(fromOklab(toOklab(rgb))).toEqual(rgb)
      }),
    )
  })

  test('another lightness is reached, and the hue is kept', () => {
    fc.assert(
      fc.property(colour, fc.double({ min: 0.25, max: 0.95, noNaN: true }), (rgb, lightness) => {
        const moved = toOklab(withLightness(rgb, lightness))
        expect(Math.abs(moved[0] - lightness)).toBeLessThan(0.012)
        const own = toOklab(rgb)
        const share = chroma(own) === 0 ? 0 : chroma(moved) / chroma(own)
        expect(oklabDistance([0, own[1] * share, own[2] * share], [0, moved[1], moved[2]])).toBeLessThan(0.03)
      }),
    )
  })
})
