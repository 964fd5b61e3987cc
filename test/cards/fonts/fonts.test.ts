import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutToWidth, wrapText } from '../../../src/cards/fonts/fit-text.js'
import { loadFonts } from '../../../src/cards/fonts/fonts.js'

const fonts = await loadFonts()
const STYLE = { size: 17, weight: 400 } as const

describe('measuring', () => {
  test('grows with the size, the weight and the text, in Latin, Cyrillic, Greek and Vietnamese alike', () => {
    for (const text of ['Points 1250', 'Баллы', 'Πόντοι', 'Điểm thưởng', '12,50 €', '990 ₽']) {
      const width = fonts.width(text, STYLE)
      expect(fonts.outline(text, { ...STYLE, x: 0, baseline: 0 })).toMatchObject({ others: [], width })
      expect(width).toBeGreaterThan(text.length * 5)
      expect(width).toBeLessThan(text.length * 14)
      expect(fonts.width(text, { ...STYLE, size: 34 })).toBeCloseTo(2 * width, 6)
      expect(fonts.width(text, { ...STYLE, weight: 600 })).toBeGreaterThan(width)
    }
  })

  test('what the font does not have keeps its place for the fonts of the viewer', () => {
    const { others, path } = fonts.outline('A 東京 B 😀', { ...STYLE, x: 10, baseline: 20 })
    expect(others.map(({ text }) => text)).toEqual(['東京', '😀'])
    expect(others[0]?.width).toBeCloseTo(34, 6)
    expect(others[0]?.x).toBeCloseTo(10 + fonts.width('A ', STYLE), 6)
    expect(path).toMatch(/^M/)
  })
})

describe('fitting', () => {
  const anyText = fc
    .array(fc.constantFrom('a', 'Ж', ' ', 'W', '-', 'слово', 'word', '\n'), { maxLength: 60 })
    .map((parts) => parts.join(''))

  test('a cut text is as long as fits, and ends with an ellipsis', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 200 }), (text, width) => {
        const cut = cutToWidth(fonts, text, width, STYLE)
        expect(fonts.width(cut, STYLE)).toBeLessThanOrEqual(width)
        if (cut === text) return
        expect(cut.endsWith('…')).toBe(true)
        expect(fonts.width(text, STYLE)).toBeGreaterThan(width)
      }),
    )
  })

  test('wrapping loses nothing, keeps to the width and never ends a line with a space', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 200 }), (text, width) => {
        const { lines, truncated } = wrapText(fonts, text, { ...STYLE, width })
        expect(truncated).toBe(false)
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
        for (const line of lines) {
          expect(fonts.width(line, STYLE)).toBeLessThanOrEqual(width)
          expect(line).toBe(line.trimEnd())
        }
      }),
    )
  })

  test('more lines than allowed end in an ellipsis', () => {
    const wrapped = wrapText(fonts, 'one two three four five six seven', { ...STYLE, width: 80, maxLines: 2 })
    expect(wrapped).toMatchObject({
      truncated: true,
      lines: [expect.stringMatching(/^one two/), expect.stringMatching(/…$/)],
    })
  })
})
