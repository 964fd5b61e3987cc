import { contrast, mixColours, type Rgb } from '../colour/colour.js'
import type { Pixels } from './pixels.js'

/** A part of a picture, as shares of its width and height. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Where a text stands on a picture, and how the picture is calmed under it. */
export interface TextPlace {
  readonly region: Region
  /** `left`: strongest at the left edge, gone at the right. `both`: strongest at the top and the bottom. */
  readonly from: 'left' | 'both'
}

/** Contrast that a text should have with nearly all of what is behind it. WCAG 2.2, 1.4.3. */
export const TEXT_CONTRAST = 4.5
/** The share of the region that may have less: thin lines and specks. */
const SPECKS = 0.05
const STEP = 0.05
const MOST = 0.95

/** The contrast of a text with what is behind it, all but the worst specks. */
export function textContrast({ width, height, data }: Pixels, text: Rgb, region: Region): number {
  const found: number[] = []
  const [right, bottom] = [Math.round(region.right * width), Math.round(region.bottom * height)]
  for (let y = Math.round(region.top * height); y < bottom; y += 3) {
    for (let x = Math.round(region.left * width); x < right; x += 3) {
      const at = (y * width + x) * 4
      found.push(contrast([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], text))
    }
  }
  found.sort((a, b) => a - b)
  return found[Math.floor(found.length * SPECKS)] ?? 1
}

/**
 * Lays as much of a colour over a picture as a text on it needs to be read, on the side of the text.
 *
 * @returns the share of the colour at its strongest, 0 when the picture was calm enough
 */
export function calmUnderText(
  pixels: Pixels,
  { text, colour, place }: { readonly text: Rgb; readonly colour: Rgb; readonly place: TextPlace },
): { readonly pixels: Pixels; readonly strength: number; readonly contrast: number } {
  let result = pixels
  let strength = 0
  let reached = textContrast(pixels, text, place.region)
  while (reached < TEXT_CONTRAST && strength < MOST) {
    strength = Math.min(MOST, strength + STEP)
    result = layOver(pixels, colour, strength, place)
    reached = textContrast(result, text, place.region)
  }
  return { pixels: result, strength, contrast: reached }
}

function layOver({ width, height, data }: Pixels, colour: Rgb, strength: number, { region, from }: TextPlace): Pixels {
  const result = Uint8Array.from(data)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const share = strength * (from === 'left' ? fade(x / width, region.right) : fadeBoth(y / height))
      const [red, green, blue] = mixColours([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], colour, share)
      result[at] = red
      result[at + 1] = green
      result[at + 2] = blue
    }
  }
  return { width, height, data: result }
}

/** Full as far as the text goes, then softly down to nothing. */
function fade(at: number, end: number): number {
  if (at <= end * 0.75) return 1
  return smooth(1 - (at - end * 0.75) / Math.max(0.01, Math.min(0.98, end * 1.6) - end * 0.75))
}

function fadeBoth(at: number): number {
  return Math.max(smooth(1 - at / 0.4), at > 0.6 ? 1 : smooth((at - 0.35) / 0.25))
}

function smooth(value: number): number {
  const share = Math.min(1, Math.max(0, value))
  return share * share * (3 - 2 * share)
}
