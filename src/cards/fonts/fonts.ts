import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Font } from 'opentype.js'
import { relativePath } from './glyph-path.js'

export type FontWeight = 400 | 500 | 600

export interface TextStyle {
  /** Points. */
  readonly size: number
  readonly weight: FontWeight
}

/** A text as outlines. */
export interface Outline {
  /** SVG path data; '' when every character is in `others`. */
  readonly path: string
  /** Runs of characters that the font does not have (emoji, Chinese, …), for the viewer's own fonts. */
  readonly others: readonly { readonly text: string; readonly x: number; readonly width: number }[]
  readonly width: number
}

/**
 * Measures and draws texts with the outlines of Inter, a typeface made to the proportions of Apple's San Francisco,
 * which may not be passed on. Every machine gets the same result, whatever fonts it has.
 */
export interface Fonts {
  /** Points. */
  width(text: string, style: TextStyle): number
  outline(text: string, style: TextStyle & { readonly x: number; readonly baseline: number }): Outline
}

/** The files of @fontsource/inter and what they are for; tried in this order. */
const SUBSETS: readonly (readonly [name: string, covers: (code: number) => boolean])[] = [
  ['latin', (code) => code < 0x100 || (code >= 0x2000 && code < 0x2300) || code === 0xfffd || code < 0x2f0],
  ['latin-ext', (code) => (code >= 0x100 && code < 0x370) || (code >= 0x1d00 && code < 0x2130) || code >= 0xa720],
  ['cyrillic', (code) => (code >= 0x400 && code < 0x4c0) || code === 0x2116 || code === 0x301],
  ['cyrillic-ext', (code) => (code >= 0x460 && code < 0x530) || code === 0x20b4],
  ['greek', (code) => code >= 0x370 && code < 0x400],
  ['vietnamese', (code) => (code >= 0x1ea0 && code < 0x1f00) || (code >= 0x100 && code < 0x340) || code === 0x20ab],
]
const UNITS = 1000

interface Glyph {
  readonly font: Font
  readonly index: number
  /** Thousandths of the size. */
  readonly advance: number
  /** Size -> its outline there, see {@link relativePath}. */
  readonly paths: Map<number, string>
}

/** Most sizes that the outline of a glyph is kept for; cards have few. */
const KEPT_SIZES = 12

let shared: Promise<Fonts> | undefined

/** Prepares the fonts, once per process. The file of a script is read when its first character is met. */
export function loadFonts(): Promise<Fonts> {
  shared ??= import('opentype.js').then(({ default: opentype }) => createFonts((bytes) => opentype.parse(bytes)))
  return shared
}

const { resolve } = createRequire(import.meta.url)

function createFonts(parse: (bytes: ArrayBuffer) => Font): Fonts {
  const fonts = new Map<string, Font>()
  const glyphs = new Map<string, Glyph | undefined>()

  function glyphOf(character: string, weight: FontWeight): Glyph | undefined {
    const key = `${weight}${character}`
    if (glyphs.has(key)) return glyphs.get(key)
    const glyph = findGlyph(character, weight)
    glyphs.set(key, glyph)
    return glyph
  }

  function fontOf(subset: string, weight: FontWeight): Font {
    const name = `${subset}-${weight}`
    let font = fonts.get(name)
    if (font === undefined) {
      const bytes = readFileSync(resolve(`@fontsource/inter/files/inter-${name}-normal.woff`))
      font = parse(new Uint8Array(bytes).buffer)
      fonts.set(name, font)
    }
    return font
  }

  function findGlyph(character: string, weight: FontWeight): Glyph | undefined {
    const code = character.codePointAt(0) ?? 0
    for (const [subset, covers] of SUBSETS) {
      if (!covers(code)) continue
      const font = fontOf(subset, weight)
      const index = font.charToGlyphIndex(character)
      if (index === 0) continue
      const advance = ((font.glyphs.get(index).advanceWidth ?? 0) * UNITS) / font.unitsPerEm
      return { font, index, advance, paths: new Map() }
    }
    return undefined
  }

  /** Walks over a text; x is the left end of the character, in points from the start. */
  function walk(
    text: string,
    { size, weight }: TextStyle,
    visit: (character: string, glyph: Glyph | undefined, x: number, width: number) => void,
  ): number {
    let x = 0
    for (const character of text.normalize('NFC')) {
      const glyph = glyphOf(character, weight)
      const width = ((glyph?.advance ?? foreignAdvance(character)) * size) / UNITS
      visit(character, glyph, x, width)
      x += width
    }
    return x
  }

  return {
    width: (text, style) => walk(text, style, () => undefined),
    outline(text, style) {
      const parts: string[] = []
      const others: { text: string; x: number; width: number }[] = []
      let end = Number.NaN
      const width = walk(text, style, (character, glyph, x, own) => {
        if (glyph !== undefined) {
          const path = pathOf(glyph, style.size)
          if (path !== '') parts.push(`M${fixed(style.x + x)} ${fixed(style.baseline)}${path}`)
          return
        }
        const last = others.at(-1)
        if (last !== undefined && end === x) {
          others[others.length - 1] = { text: last.text + character, x: last.x, width: last.width + own }
        } else others.push({ text: character, x: style.x + x, width: own })
        end = x + own
      })
      return { path: parts.join(''), others, width }
    },
  }
}

function pathOf({ font, index, paths }: Glyph, size: number): string {
  const known = paths.get(size)
  if (known !== undefined) return known
  const path = relativePath(font.glyphs.get(index).getPath(0, 0, size).commands)
  if (paths.size >= KEPT_SIZES) paths.clear()
  paths.set(size, path)
  return path
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** Characters of other scripts: full width for Chinese, Japanese, Korean and emoji, none for marks and joiners. */
function foreignAdvance(character: string): number {
  if (/\p{M}|\p{Cf}|\p{Variation_Selector}|\p{Emoji_Modifier}/u.test(character)) return 0
  return /[\p{Extended_Pictographic}\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u.test(character) ? UNITS : 600
}
