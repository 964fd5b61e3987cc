import sharp from 'sharp'
import { type Rgb, toHex } from '../colour/colour.js'
import type { PassStyle } from '../design/design.js'
import { PICTURE_SCALES, type PictureName, type PictureSize, pictureSize } from './picture-size.js'
import { fromPixels, type Pixels } from './pixels.js'
import type { Logo } from './prepare-logo.js'

export const LOGO_PICTURES = ['icon', 'logo', 'primaryLogo', 'secondaryLogo'] as const satisfies PictureName[]
export type LogoPicture = (typeof LOGO_PICTURES)[number]

export interface LogoLook {
  /** The colour of the icon's square. */
  readonly square: Rgb
  /** Put under the logo where it could not be seen on the card otherwise. */
  readonly plate?: Rgb
}

/** Shares of an icon's side: most symbols, and pictures that fill a rectangle, which look best without a border. */
const ICON_SYMBOL = 0.7
const ICON_WIDE = 0.84
const PLATE_AIR = 0.12

/** One logo picture at all scales: file name -> PNG. */
export async function makeLogoPicture(
  image: LogoPicture | 'thumbnail',
  logo: Logo,
  style: PassStyle,
  look: LogoLook,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const size = pictureSize(image, style)
  for (const [suffix, scale] of PICTURE_SCALES) {
    const drawn =
      image === 'icon' || image === 'thumbnail' ? drawIcon(logo, size, scale, look) : drawFree(logo, size, scale, look)
    const png = (await drawn).png({ palette: true, quality: 100, dither: 0, compressionLevel: 9, effort: 10 })
    files.set(`${image}${suffix}.png`, await png.toBuffer())
  }
  return files
}

/** Pixels that a logo has to have so that nothing is enlarged; undefined when it has them. */
export function missingPixels(
  image: LogoPicture,
  { original, aspect }: Pick<Logo, 'original' | 'aspect'>,
  style: PassStyle,
): PictureSize | undefined {
  if (original === undefined) return undefined
  const most = pictureSize(image, style)
  const share = image === 'icon' ? ICON_SYMBOL : 1
  const need = fitInto(aspect, { width: most.width * 3 * share, height: most.height * 3 * share })
  if (original.width >= need.width * 0.95) return undefined
  return { width: Math.ceil(need.width), height: Math.ceil(need.height) }
}

async function drawIcon(logo: Logo, size: PictureSize, scale: number, { square, plate }: LogoLook) {
  const side = size.width * scale
  const shown = logo.symbol ?? logo.pixels
  const aspect = shown.width / shown.height
  const colour = plate ?? square
  const canvas = sharp({ create: { width: side, height: side, channels: 4, background: toHex(colour) } })
  // Something that is a full square already is the icon.
  const fills = !logo.free && aspect > 0.8 && aspect < 1.25
  const share = fills ? 1 : aspect > 1.6 ? ICON_WIDE : ICON_SYMBOL
  const { width, height } = fills
    ? { width: side, height: side }
    : round(fitInto(aspect, { width: side * share, height: side * share }))
  const input = await resized(shown, width, height)
  return canvas.composite([{ input, left: Math.round((side - width) / 2), top: Math.round((side - height) / 2) }])
}

async function drawFree(logo: Logo, size: PictureSize, scale: number, { plate }: LogoLook) {
  const air = plate === undefined ? 0 : size.height * PLATE_AIR
  // The same shape at all scales: rounded at the end, from points.
  const points = fitInto(logo.aspect, { width: size.width - 2 * air, height: size.height - 2 * air })
  const inner = round({ width: points.width * scale, height: points.height * scale })
  if (plate === undefined) return fromPixels(logo.pixels).resize(inner.width, inner.height, { fit: 'fill' })
  const { width, height } = round({
    width: (points.width + 2 * air) * scale,
    height: (points.height + 2 * air) * scale,
  })
  const input = await resized(logo.pixels, inner.width, inner.height)
  const body = `<rect width="${width}" height="${height}" rx="${air * scale}" fill="${toHex(plate)}"/>`
  const ground = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`
  return sharp(Buffer.from(ground)).composite([{ input, gravity: 'centre' }])
}

function resized(pixels: Pixels, width: number, height: number): Promise<Buffer> {
  return fromPixels(pixels).resize(width, height, { fit: 'fill' }).png({ compressionLevel: 1 }).toBuffer()
}

function fitInto(aspect: number, { width, height }: PictureSize): PictureSize {
  return aspect > width / height ? { width, height: width / aspect } : { width: height * aspect, height }
}

function round({ width, height }: PictureSize): PictureSize {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
}
