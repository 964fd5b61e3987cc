import { contrast, type Rgb } from '../colour/colour.js'
import type { Fonts } from '../fonts/fonts.js'
import type { PassView } from '../view/types.js'
import { drawLayout } from './draw-layout.js'
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
  const below = { ...layout, boxes: drawnBefore.filter(({ kind }) => kind === 'picture' || kind === 'shape') }
  const svg = await drawLayout(below, { fonts, pictures, background: [255, 255, 255] })
  const { default: sharp } = await import('sharp')
  const { data, info } = await sharp(Buffer.from(svg), { unlimited: true })
    .resize(Math.round(layout.width), Math.round(layout.height), { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })

  return texts.flatMap((box): TextContrast[] => {
    const ratios = box.lines
      .flatMap((line) => pixels(data, info, inkOf(line, box.size)))
      .map((pixel) => contrast(box.colour, pixel))
      .sort((a, b) => a - b)
    const ratio = ratios[Math.floor(ratios.length * WORST_SHARE)]
    return ratio === undefined ? [] : [{ box, picture: box.over, ratio }]
  })
}

/** Where the letters of a line are, from the height of capitals to a little below the baseline. */
function inkOf({ x, baseline, width }: TextBox['lines'][number], size: number): Rect {
  return { x, y: baseline - size * 0.73, width, height: size * 0.78 }
}

function pixels(data: Uint8Array, { width, height }: { width: number; height: number }, rect: Rect): Rgb[] {
  const found: Rgb[] = []
  const [left, right] = [Math.max(0, Math.floor(rect.x)), Math.min(width, Math.ceil(rect.x + rect.width))]
  const [top, bottom] = [Math.max(0, Math.floor(rect.y)), Math.min(height, Math.ceil(rect.y + rect.height))]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 3
      found.push([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0])
    }
  }
  return found
}
