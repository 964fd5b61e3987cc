import { hash } from 'node:crypto'
import { LruCache } from '../../kit/lru.js'
import type { Fonts } from '../fonts/fonts.js'
import { oncePerFile } from '../pass/intern-files.js'
import type { PassView } from '../view/types.js'
import { drawLayout } from './draw-layout.js'
import type { Layout, PictureBox, ShapeBox } from './layout-types.js'

/** Pixels as red, green, blue, one for each point of the layout. */
export interface GroundPixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  /** What was measured on them; kept as long as they are. */
  readonly contrasts: LruCache<string, number>
}

/** A front has 375 x 460 points at most, half a megabyte; some designs in some languages at a time. */
const MOST_BYTES = 24 * 1024 * 1024

const known = new LruCache<string, Promise<GroundPixels>>(MOST_BYTES, (_, key) => bytesOf(key))
const digestOf = oncePerFile((bytes) => hash('sha256', bytes, 'base64'))

/**
 * Draws the pictures and shapes of a layout alone. Cards of one design share them, whatever their texts say, so that
 * the drawing of one is kept for the next.
 */
export function groundPixels(
  layout: Layout,
  boxes: readonly (PictureBox | ShapeBox)[],
  { pictures, fonts }: { readonly pictures: PassView['pictures']; readonly fonts: Fonts },
): Promise<GroundPixels> {
  const size = { width: Math.round(layout.width), height: Math.round(layout.height) }
  const shown = boxes.flatMap((box) => (box.kind === 'picture' ? [pictures.get(box.name)] : []))
  const digests = shown.map((picture) => (picture === undefined ? '' : digestOf(picture.bytes)))
  const key = JSON.stringify([size.width, size.height, layout.width, layout.height, boxes, digests])
  const found = known.get(key)
  if (found !== undefined) return found
  const drawn = draw({ ...layout, boxes: [...boxes] }, size, { pictures, fonts })
  known.set(key, drawn)
  return drawn
}

async function draw(
  layout: Layout,
  size: { readonly width: number; readonly height: number },
  { pictures, fonts }: { readonly pictures: PassView['pictures']; readonly fonts: Fonts },
): Promise<GroundPixels> {
  const svg = await drawLayout(layout, { fonts, pictures, background: [255, 255, 255] })
  const { default: sharp } = await import('sharp')
  const { data, info } = await sharp(Buffer.from(svg), { unlimited: true })
    .resize(size.width, size.height, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, contrasts: new LruCache(1000) }
}

/** Weighed when it is begun, by the size that stands first in its key. */
function bytesOf(key: string): number {
  const [width = 0, height = 0] = key.slice(1).split(',', 2).map(Number)
  return width * height * 3 + key.length
}
