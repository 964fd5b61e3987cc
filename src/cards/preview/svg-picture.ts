import type { ViewPicture } from '../view/types.js'
import type { PictureBox } from './layout-types.js'

/** Pixels per point that pictures are kept at; more is not seen. */
const SHARPEST = 3
/** Pictures below this size are taken as they are. */
const SMALL_BYTES = 100_000
/** Blurred pictures need few pixels. */
const BLURRED = 0.5
/** Decoding more than this is refused: such a picture fits no card. */
const MOST_PIXELS = 50_000_000

/**
 * A picture as a data URI, made small where it is larger than needed and blurred where asked for.
 *
 * @returns undefined for what cannot be shown: PDF pictures, other formats, damaged files
 */
export async function pictureUri(picture: ViewPicture, box: PictureBox): Promise<string | undefined> {
  const type = typeOf(picture.bytes)
  if (type === undefined) return undefined
  const { default: sharp } = await import('sharp')
  try {
    const image = sharp(picture.bytes, { limitInputPixels: MOST_PIXELS })
    const { width, height } = await image.metadata()
    const perPoint = box.blur === undefined ? SHARPEST : BLURRED
    const target = { width: Math.ceil(box.rect.width * perPoint), height: Math.ceil(box.rect.height * perPoint) }
    const tooLarge = width > target.width * 1.2 && height > target.height * 1.2
    if (box.blur === undefined && (!tooLarge || picture.bytes.length < SMALL_BYTES)) {
      // Stopping early on damage: half a picture is worse than none.
      await image.stats()
      return `data:${type};base64,${Buffer.from(picture.bytes).toString('base64')}`
    }
    const fitted = image.resize({
      ...target,
      fit: box.fit === 'cover' ? 'cover' : 'inside',
      withoutEnlargement: box.blur === undefined,
    })
    const drawn = box.blur === undefined ? fitted : fitted.blur(Math.max(0.3, box.blur * perPoint))
    return `data:image/png;base64,${(await drawn.png().toBuffer()).toString('base64')}`
  } catch {
    return undefined
  }
}

function typeOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return 'image/png'
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'image/jpeg' : undefined
}
