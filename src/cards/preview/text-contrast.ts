import { contrastOf, luminance, type Rgb } from '../colour/colour.js'
import type { Fonts } from '../fonts/fonts.js'
import type { PassView } from '../view/types.js'
import { type GroundPixels, groundPixels } from './ground-pixels.js'
import type { Layout, Rect, TextBox } from './layout-types.js'

export interface TextContrast {
  readonly box: TextBox
  /** The picture below: `strip`, `background`. */
  readonly picture: string
  /** Contrast to the tenth of the pixels that is worst, 1 … 21. */
  readonly ratio: number
}

/** A text is as hard to read as its worst part; single pixels do not matter. */
const WORST_SHARE = 0.1

/**
 * How well the texts that lie on pictures can be read: everything below them, shades and blur included, is drawn with
 * one pixel per point, and the pixels behind the letters are compared with their colour.
 */
export async function textContrasts(
  layout: Layout,
  { pictures, fonts }: { readonly pictures: PassView['pictures']; readonly fonts: Fonts },
): Promise<TextContrast[]> {
  const texts = layout.boxes.filter(
    (box): box is TextBox & { readonly over: string } => box.kind === 'text' && box.over !== undefined,
  )
  if (texts.length === 0) return []
  // What is drawn later, such as the veil over a void card, lies above the texts.
  const last = layout.boxes.findLastIndex((box) => box.kind === 'text' && box.over !== undefined)
  const drawnBefore = layout.boxes.slice(0, last)
  const below = drawnBefore.filter((box) => box.kind === 'picture' || box.kind === 'shape')
  const ground = await groundPixels(layout, below, { pictures, fonts })

  return texts.flatMap((box): TextContrast[] => {
    const ratio = worstContrast(ground, box)
    return ratio === undefined ? [] : [{ box, picture: box.over, ratio }]
  })
}

/** The contrast of a text to the pixels behind its letters, at the edge of the tenth that is worst. */
function worstContrast(ground: GroundPixels, { lines, size, colour }: TextBox): number | undefined {
  const areas = lines.map((line) => pixelsOf(ground, inkOf(line, size)))
  // Labels are the same on all cards of a design.
  const key = JSON.stringify([colour, areas])
  const known = ground.contrasts.get(key)
  if (known !== undefined) return known
  const measured = measure(ground, areas, colour)
  if (measured !== undefined) ground.contrasts.set(key, measured)
  return measured
}

function measure(ground: GroundPixels, areas: readonly PixelArea[], colour: Rgb): number | undefined {
  const count = areas.reduce((sum, { left, right, top, bottom }) => sum + (right - left) * (bottom - top), 0)
  if (count === 0) return undefined
  const own = luminance(colour)
  const ratios = new Float64Array(count)
  let index = 0
  for (const { left, right, top, bottom } of areas) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) ratios[index++] = contrastOf(own, luminanceAt(ground, x, y))
    }
  }
  // Typed arrays are sorted as numbers, and fast.
  return ratios.sort()[Math.floor(count * WORST_SHARE)]
}

/** Where the letters of a line are, from the height of capitals to a little below the baseline. */
function inkOf({ x, baseline, width }: TextBox['lines'][number], size: number): Rect {
  return { x, y: baseline - size * 0.73, width, height: size * 0.78 }
}

interface PixelArea {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The pixels that a rectangle touches, within the card. */
function pixelsOf({ width, height }: GroundPixels, rect: Rect): PixelArea {
  const [left, right] = [Math.max(0, Math.floor(rect.x)), Math.min(width, Math.ceil(rect.x + rect.width))]
  const [top, bottom] = [Math.max(0, Math.floor(rect.y)), Math.min(height, Math.ceil(rect.y + rect.height))]
  return { left, right: Math.max(left, right), top, bottom: Math.max(top, bottom) }
}

function luminanceAt({ data, width }: GroundPixels, x: number, y: number): number {
  const at = (y * width + x) * 3
  return luminance([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0])
}
