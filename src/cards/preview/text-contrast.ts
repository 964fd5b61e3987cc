import { createRecent } from '../../kit/recent.js'
import { luminance, type Rgb } from '../colour/colour.js'
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
 * one pixel per point, and the pixels behind the letters are compared with their colour. Cards of one design have the
 * same below their texts, which then is drawn once.
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
  const ground = await recentGrounds(keyOf(below, pictures), () => drawGround(below, { pictures, fonts }))
  return texts.flatMap((box): TextContrast[] => {
    const ratio = ratioOf(box, ground)
    return Number.isNaN(ratio) ? [] : [{ box, picture: box.over, ratio }]
  })
}

/** What lies below the texts, by its brightness. */
interface Ground {
  readonly width: number
  readonly height: number
  /** Of each pixel, line by line. */
  readonly luminances: Float64Array
  /** Contrasts that were measured on it. */
  readonly measured: (key: string, measure: () => number) => number
}

/** About 1.3 MB each. */
const recentGrounds = createRecent<Promise<Ground>>(24)
const MEASURED = 2000

const numbers = new WeakMap<Uint8Array, number>()
let given = 0

/** Everything that the drawing depends on; pictures by a number that their bytes keep while they are in memory. */
function keyOf({ width, height, boxes }: Layout, pictures: PassView['pictures']): string {
  const named = new Set(boxes.flatMap((box) => (box.kind === 'picture' ? [box.name] : [])))
  const files = [...named].map((name) => {
    const bytes = pictures.get(name)?.bytes
    if (bytes === undefined) return [name]
    const number = numbers.get(bytes) ?? ++given
    numbers.set(bytes, number)
    return [name, number]
  })
  return JSON.stringify([width, height, boxes, files])
}

async function drawGround(
  below: Layout,
  { pictures, fonts }: { readonly pictures: PassView['pictures']; readonly fonts: Fonts },
): Promise<Ground> {
  const svg = await drawLayout(below, { fonts, pictures, background: [255, 255, 255] })
  const { default: sharp } = await import('sharp')
  // The drawing is our own and small; the pictures in it are (see svg-picture.ts).
  const { data, info } = await sharp(Buffer.from(svg), { unlimited: true })
    .resize(Math.round(below.width), Math.round(below.height), { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const luminances = new Float64Array(info.width * info.height)
  for (let pixel = 0, at = 0; pixel < luminances.length; pixel++, at += 3)
    luminances[pixel] = luminance([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0])
  return { width: info.width, height: info.height, luminances, measured: createRecent(MEASURED) }
}

/** NaN for a text without a line. */
function ratioOf(box: TextBox, ground: Ground): number {
  const areas = box.lines.map((line) => pixelsOf(inkOf(line, box.size), ground))
  return ground.measured(JSON.stringify([box.colour, areas]), () => measure(box.colour, areas, ground))
}

interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function measure(colour: Rgb, areas: readonly Area[], { width, luminances }: Ground): number {
  const own = luminance(colour)
  const size = areas.reduce((sum, { left, right, top, bottom }) => sum + spread(left, right) * spread(top, bottom), 0)
  const ratios = new Float64Array(size)
  let count = 0
  for (const { left, right, top, bottom } of areas) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const other = luminances[y * width + x] ?? 0
        ratios[count++] = (Math.max(own, other) + 0.05) / (Math.min(own, other) + 0.05)
      }
    }
  }
  return ratios.sort()[Math.floor(size * WORST_SHARE)] ?? Number.NaN
}

function spread(from: number, to: number): number {
  return Math.max(0, to - from)
}

/** Where the letters of a line are, from the height of capitals to a little below the baseline. */
function inkOf({ x, baseline, width }: TextBox['lines'][number], size: number): Rect {
  return { x, y: baseline - size * 0.73, width, height: size * 0.78 }
}

function pixelsOf({ x, y, width, height }: Rect, ground: Ground): Area {
  return {
    left: Math.max(0, Math.floor(x)),
    right: Math.min(ground.width, Math.ceil(x + width)),
    top: Math.max(0, Math.floor(y)),
    bottom: Math.min(ground.height, Math.ceil(y + height)),
  }
}
