import { type Rgb, toHex } from '../colour/colour.js'
import { cutToWidth } from '../fonts/fit-text.js'
import { type Fonts, loadFonts } from '../fonts/fonts.js'
import type { PassView } from '../view/types.js'
import { drawLayout } from './draw-layout.js'
import type { Layout } from './layout-types.js'
import { fixed } from './svg-text.js'
import { drawable } from './text-line.js'

export interface PreviewSide {
  readonly layout: Layout
  readonly pictures: PassView['pictures']
}

export interface PreviewImageOptions {
  /** Pixels per point; 2 when not given. */
  readonly scale?: number
  readonly appearance: 'light' | 'dark'
  /** Sides beside one another; all of them when not given. */
  readonly columns?: number
  /** Points around and between the sides; 24 when not given. */
  readonly gap?: number
  /** A line below each side. */
  readonly captions?: readonly string[]
}

interface Surroundings {
  readonly background: Rgb
  readonly text: Rgb
}

/** What iOS has behind cards: its grouped background, light and dark. */
export const SURROUNDINGS: Readonly<Record<'light' | 'dark', Surroundings>> = {
  light: { background: [242, 242, 247], text: [60, 60, 67] },
  dark: { background: [0, 0, 0], text: [199, 199, 204] },
}

const CAPTION = { size: 13, weight: 500 } as const
const CAPTION_HEIGHT = 30
/** Pixels; SVG renderers refuse more than 32767. */
const LONGEST_EDGE = 16_000

/** Draws sides of cards beside one another as one PNG. Very large pictures get a smaller scale. */
export async function previewImage(sides: readonly PreviewSide[], options: PreviewImageOptions): Promise<Uint8Array> {
  const { columns = sides.length, gap = 24, captions = [], appearance } = options
  const fonts = await loadFonts()
  const { background, text } = SURROUNDINGS[appearance]
  const captionHeight = captions.length === 0 ? 0 : CAPTION_HEIGHT
  const { places, width, height } = grid(sides, Math.max(1, columns), gap, captionHeight)

  const drawings = await Promise.all(
    sides.map(async ({ layout, pictures }, index) => {
      const place = places[index]
      if (place === undefined) return ''
      const svg = await drawLayout(layout, { fonts, pictures })
      const caption = captionSvg(fonts, captions[index] ?? '', { x: place.x, y: place.y + layout.height }, layout.width)
      const inner = svg.replace('<svg ', `<svg x="${fixed(place.x)}" y="${fixed(place.y)}" `)
      return `${inner}<g fill="${toHex(text)}">${caption}</g>`
    }),
  )
  const scale = Math.min(options.scale ?? 2, LONGEST_EDGE / width, LONGEST_EDGE / height)
  const [pixelWidth, pixelHeight] = [Math.round(width * scale), Math.round(height * scale)]
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pixelWidth}" height="${pixelHeight}" viewBox="0 0 ${fixed(width)} ${fixed(height)}">` +
    `<rect width="100%" height="100%" fill="${toHex(background)}"/>${drawings.join('')}</svg>`
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg), { unlimited: true }).removeAlpha().png({ compressionLevel: 6 }).toBuffer()
}

interface Place {
  readonly x: number
  readonly y: number
}

/** Columns as wide and rows as high as the largest side in them. */
function grid(sides: readonly PreviewSide[], columns: number, gap: number, captionHeight: number) {
  const widths: number[] = []
  const heights: number[] = []
  sides.forEach(({ layout }, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    widths[column] = Math.max(widths[column] ?? 0, layout.width)
    heights[row] = Math.max(heights[row] ?? 0, layout.height + captionHeight)
  })
  const start = (sizes: readonly number[], index: number) =>
    sizes.slice(0, index).reduce((sum, size) => sum + size + gap, gap)
  const places: Place[] = sides.map((_, index) => ({
    x: start(widths, index % columns),
    y: start(heights, Math.floor(index / columns)),
  }))
  return { places, width: start(widths, widths.length), height: start(heights, heights.length) }
}

function captionSvg(fonts: Fonts, caption: string, place: Place, width: number): string {
  const text = cutToWidth(fonts, drawable(caption), width, CAPTION)
  const x = place.x + (width - fonts.width(text, CAPTION)) / 2
  const { path } = fonts.outline(text, { ...CAPTION, x, baseline: place.y + CAPTION_HEIGHT - 9 })
  return path === '' ? '' : `<path d="${path}"/>`
}
