import { contrast, type Rgb } from '../colour/colour.js'
import { type Pixels, shrinkToFit } from './pixels.js'

/** A part of a picture, as shares of its width and height. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Where texts stand on a picture, and how it is calmed under them. */
export interface TextPlace {
  readonly regions: readonly Region[]
  /** `left`: strongest at the left, gone at the right. `ends`: strongest at top and bottom. `all`: everywhere alike. */
  readonly from: 'left' | 'ends' | 'all'
}

/** Contrast that a text should have with nearly all of what is behind it. WCAG 2.2, 1.4.3. */
export const TEXT_CONTRAST = 4.5
/** The share of a region that may have less: thin lines and specks. */
const SPECKS = 0.05
const STEP = 0.05
const MOST = 0.95
/** Longest side of the copy that is measured. */
const MEASURED = 400

/** The contrast of a text with what is behind it, all but the worst specks. */
export function textContrast({ width, height, data }: Pixels, text: Rgb, regions: readonly Region[]): number {
  const worst = regions.map((region) => {
    const found: number[] = []
    const [right, bottom] = [Math.round(region.right * width), Math.round(region.bottom * height)]
    for (let y = Math.round(region.top * height); y < bottom; y++) {
      for (let x = Math.round(region.left * width); x < right; x++) {
        const at = (y * width + x) * 4
        found.push(contrast([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], text))
      }
    }
    found.sort((a, b) => a - b)
    return found[Math.floor(found.length * SPECKS)] ?? 1
  })
  return Math.min(...worst)
}

export interface Calmed {
  readonly pixels: Pixels
  /** Share of the colour where it is strongest; 0 when the picture was calm enough. */
  readonly strength: number
  readonly readable: boolean
}

/** A colour that texts have, and the contrast with the picture that they need. */
export interface TextColour {
  readonly colour: Rgb
  readonly least: number
}

/** Lays as much of a colour over a picture as a text on it needs to be read, on the side of the text. */
export async function calmUnderText(
  pixels: Pixels,
  { texts, colour, place }: { readonly texts: readonly TextColour[]; readonly colour: Rgb; readonly place: TextPlace },
): Promise<Calmed> {
  const small = await shrinkToFit(pixels, MEASURED)
  let strength = 0
  const isReadable = (shown: Pixels) =>
    texts.every((text) => textContrast(shown, text.colour, place.regions) >= text.least)
  let readable = isReadable(small)
  while (!readable && strength < MOST) {
    strength = Math.min(MOST, Math.round((strength + STEP) * 100) / 100)
    readable = isReadable(layOver(small, colour, strength, place))
  }
  return { pixels: strength === 0 ? pixels : layOver(pixels, colour, strength, place), strength, readable }
}

function layOver({ width, height, data }: Pixels, colour: Rgb, strength: number, place: TextPlace): Pixels {
  const result = Uint8Array.from(data)
  const end = Math.max(...place.regions.map(({ right }) => right))
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const share = strength * shareAt(place.from, x / width, y / height, end)
      for (let index = 0; index < 3; index++) {
        const value = data[at + index] ?? 0
        result[at + index] = Math.round(value + ((colour[index] ?? 0) - value) * share)
      }
    }
  }
  return { width, height, data: result }
}

function shareAt(from: TextPlace['from'], x: number, y: number, end: number): number {
  if (from === 'all') return 1
  // Full as far as the text goes, then softly down to nothing.
  if (from === 'left') return smooth(1 - (x - end * 0.92) / Math.max(0.05, Math.min(1, end * 1.6) - end * 0.92))
  return Math.max(smooth((0.42 - y) / 0.22), smooth((y - 0.38) / 0.22))
}

function smooth(value: number): number {
  const share = Math.min(1, Math.max(0, value))
  return share * share * (3 - 2 * share)
}
