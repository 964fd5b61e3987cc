import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  contrast,
  luminance,
  mixColours,
  parseColour,
  type Rgb,
  toHex,
  toPassColour,
} from '../../../src/cards/colour/colour.js'

const colour: fc.Arbitrary<Rgb> = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255))

describe('colours of pass.json', () => {
  test.each([
    ['rgb(1, 2,3)', [1, 2, 3]],
    [' RGB( 255,255,255 ) ', [255, 255, 255]],
    ['#Abc', [170, 187, 204]],
    ['#010203', [1, 2, 3]],
    ['rgb(256,0,0)', undefined],
    ['rgb(255-255-255)', undefined],
    ['rgba(1,2,3,1)', undefined],
    ['#12345', undefined],
    ['red', undefined],
    [7, undefined],
  ])('%s', (text, expected) => {
    expect(parseColour(text)).toEqual(expected)
  })

  test('are read back as they are written', () => {
    fc.assert(
      fc.property(colour, (value) => {
        expect([parseColour(toHex(value)), parseColour(toPassColour(value))]).toEqual([value, value])
      }),
    )
  })

  test('contrast is that of WCAG', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5)
    // The grey that every guide names as just readable on white.
    expect(contrast([0x76, 0x76, 0x76], [255, 255, 255])).toBeCloseTo(4.54, 2)
    expect(luminance([255, 0, 0])).toBeCloseTo(0.2126, 4)
    fc.assert(
      fc.property(colour, colour, (a, b) => {
        expect(contrast(a, b)).toBe(contrast(b, a))
        expect(contrast(a, b)).toBeGreaterThanOrEqual(1)
        expect(mixColours(a, b, 0)).toEqual(a)
        expect(mixColours(a, b, 1)).toEqual(b)
      }),
    )
  })
})
