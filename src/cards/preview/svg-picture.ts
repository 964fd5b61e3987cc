import type { ViewPicture } from '../view/types.js'
import type { PictureBox } from './layout-types.js'

/** Pixels per point that pictures are kept at; more is not seen. */
const SHARPEST = 3
/** Pictures below this size are taken as they are. */
const SMALL_BYTES = 100_000
/** Blurred pictures need few pixels. */
const BLURRED = 0.5
/** Decoding more than this is refused: such a picture fits no card. */
const MOST_PIXELS = 25_000_000
/** Pictures with more pixels are made small here, where decoding has a limit, and not where the drawing is rendered. */
const SMALL_PIXELS = 4_000_000

/** Sides, languages and runs of a preview share the bytes of a picture, so each is prepared once. */
const prepared = new WeakMap<Uint8Array, Map<string, Promise<string | undefined>>>()

/**
 * A picture as a data URI, made small where it is larger than needed and blurred where asked for.
 *
 * @returns undefined for what cannot be shown: PDF pictures, other formats, damaged files
 */
export function pictureUri({ bytes }: ViewPicture, box: PictureBox): Promise<string | undefined> {
  const uses = prepared.get(bytes) ?? new Map<string, Promise<string | undefined>>()
  prepared.set(bytes, uses)
  const key = [box.rect.width, box.rect.height, box.fit, box.blur].join(' ')
  const known = uses.get(key) ?? prepare(bytes, box)
  uses.set(key, known)
  return known
}

async function prepare(bytes: Uint8Array, { rect, fit, blur }: PictureBox): Promise<string | undefined> {
  const type = typeOf(bytes)
  if (type === undefined) return undefined
  const { default: sharp } = await import('sharp')
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS })
    const { width, height } = await image.metadata()
    const perPoint = blur === undefined ? SHARPEST : BLURRED
    const target = { width: Math.ceil(rect.width * perPoint), height: Math.ceil(rect.height * perPoint) }
    const isLarge =
      (width > target.width * 1.2 && height > target.height * 1.2 && bytes.length > SMALL_BYTES) ||
      width * height > SMALL_PIXELS
    if (blur === undefined && !isLarge) {
      return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
    }
    const fitted = image.resize({ ...target, fit: fit === 'cover' ? 'cover' : 'inside' })
    const drawn = blur === undefined ? fitted : fitted.blur(Math.max(0.3, blur * perPoint))
    return `data:image/png;base64,${(await drawn.png().toBuffer()).toString('base64')}`
  } catch {
    return undefined
  }
}

function typeOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return 'image/png'
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'image/jpeg' : undefined
}
