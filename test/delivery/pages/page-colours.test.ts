import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, parseColour, type Rgb } from '../../../src/cards/colour/colour.js'
import { pageColours } from '../../../src/delivery/pages/page-colours.js'

const channel = fc.integer({ min: 0, max: 255 })
const colour: fc.Arbitrary<Rgb> = fc.tuple(channel, channel, channel)

test('texts of the page can be read, whatever colours the card has, by day and by night', () => {
  fc.assert(
    fc.property(colour, colour, colour, (background, foreground, label) => {
      const given = { background: true, foreground: true, label: true }
      const style = pageColours({ background, foreground, label, given })
      const schemes = [...style.matchAll(/:root\{([^}]*)\}/g)].map(([, body = '']) => body)
      expect(schemes).toHaveLength(2)
      for (const scheme of schemes) {
        const of = (name: string): Rgb => parseColour(new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(scheme)?.[1])!
        for (const text of ['text', 'soft', 'accent'])
          for (const ground of ['page', 'panel'])
            expect(contrast(of(text), of(ground)), `${text} on ${ground} in ${scheme}`).toBeGreaterThanOrEqual(4.5)
        expect(contrast(of('onAccent'), of('accent'))).toBeGreaterThanOrEqual(4.5)
      }
    }),
    { numRuns: 500 },
  )
})

test('a card that can be seen on the page lends it its colour as it is', () => {
  const given = { background: true, foreground: true, label: true }
  const style = pageColours({ background: [20, 40, 74], foreground: [255, 255, 255], label: [143, 211, 193], given })
  const [day = '', night = ''] = style.split('@media')
  expect(day).toContain('--accent:#14284a')
  expect(night).toContain('--accent:#8fd3c1')
})
