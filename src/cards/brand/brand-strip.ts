import { contrast, mixColours, type Rgb, toHex } from '../colour/colour.js'
import type { HeroPicture } from '../pictures/hero-pictures.js'
import { PICTURE_SCALES, type PictureSize } from '../pictures/picture-size.js'
import { renderPng } from '../pictures/render-png.js'
import { TEXT_CONTRAST } from '../pictures/scrim.js'
import type { BrandColours } from './brand-colours.js'

type DrawingColours = Pick<BrandColours, 'background' | 'foreground' | 'accent'>

/** Shares of the accent in the tiles, from the calm side to the lively one. */
const TONES = [0.07, 0.14, 0.24, 0.38, 0.56, 0.8, 1] as const
const COLOURS = 16

/** A calm picture in the brand's colours, at all scales: file name -> PNG. */
export async function drawBrandPicture(
  image: HeroPicture,
  size: PictureSize,
  colours: DrawingColours,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for (const [suffix, scale] of PICTURE_SCALES) {
    const svg = brandPictureSvg(image, size, colours, scale)
    files.set(`${image}${suffix}.png`, await renderPng(svg, { colours: COLOURS }))
  }
  return files
}

/**
 * Mosaic tiles on the card's background. On a strip they gather at the right, so that the text at the left stands on
 * plain colour; pictures that fill a card keep every tile readable under text. The same colours, the same picture.
 */
export function brandPictureSvg(image: HeroPicture, size: PictureSize, colours: DrawingColours, scale: number): string {
  const { width, height } = size
  const { background } = colours
  const tile = tileSize(image, height)
  const gap = tile / 8
  const step = tile + gap
  const columns = Math.ceil(width / step)
  const rows = Math.ceil(height / step)
  // Whole tiles at the right edge and the top: what is cut is cut where it is calm.
  const [left, top] = [width - columns * step + gap / 2, (height - rows * step) / 2 + gap / 2]
  const random = randomFrom(toHex(background) + toHex(colours.accent) + image)
  let tiles = ''
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const liveliness = livelinessAt(image, (column + 0.5) / columns, (row + 0.5) / rows)
      const [appears, tone, spark] = [random(), random(), random()]
      if (appears > 0.15 + liveliness * 1.1 || liveliness <= 0.02) continue
      const fill = tileColour(image, colours, liveliness * (0.45 + 0.65 * tone), spark > 0.95 && liveliness > 0.6)
      const [x, y] = [fixed(left + column * step), fixed(top + row * step)]
      const side = `width="${fixed(tile)}" height="${fixed(tile)}" rx="${fixed(tile / 6)}"`
      tiles += `<rect x="${x}" y="${y}" ${side} fill="${toHex(fill)}"/>`
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" ` +
    `viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${toHex(background)}"/>${tiles}</svg>`
  )
}

function tileSize(image: HeroPicture, height: number): number {
  if (image === 'footer') return height * 0.42
  if (image === 'thumbnail') return height / 5.6
  return image === 'strip' ? 15.6 : height / 20
}

/** 0 (nothing) … 1 (every place has a tile, and strong ones). */
function livelinessAt(image: HeroPicture, x: number, y: number): number {
  if (image === 'strip' || image === 'footer') return Math.max(0, (x - 0.48) / 0.52) ** 1.1
  if (image === 'thumbnail') return 0.35 + 0.6 * ((x + 1 - y) / 2)
  // A diagonal band across the middle; texts stand at the top and the bottom.
  return Math.max(0, 1 - Math.abs(y - 0.44 + (x - 0.5) * 0.3) / 0.3)
}

function tileColour(image: HeroPicture, colours: DrawingColours, liveliness: number, spark: boolean): Rgb {
  const { background, foreground, accent } = colours
  const index = Math.min(TONES.length - 1, Math.floor(Math.max(0, liveliness) * TONES.length))
  const wanted = TONES[index] ?? 1
  if (image === 'strip' || image === 'footer' || image === 'thumbnail') {
    return spark ? mixColours(accent, foreground, 0.3) : mixColours(background, accent, wanted)
  }
  for (let share = wanted * 0.8; share > 0; share -= 0.03) {
    const colour = mixColours(background, accent, share)
    if (contrast(colour, foreground) >= TEXT_CONTRAST) return colour
  }
  return background
}

/** Numbers 0…1 that look random and are the same for the same seed (mulberry32 over FNV-1a). */
function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}
