import sharp, { type Sharp } from 'sharp'
import { PICTURE_SCALES, type PictureSize } from './picture-size.js'

const LARGEST = 3

/** The part of a picture that catches the eye, at the largest scale: all scales then show the same part. */
export function cutToShape(picture: Sharp, size: PictureSize, strategy: 'attention' | 'entropy' = 'attention'): Sharp {
  const [width, height] = [size.width * LARGEST, size.height * LARGEST]
  return picture.resize({ width, height, fit: 'cover', position: sharp.strategy[strategy] })
}

/** A picture that is as large as its largest scale, at all scales: file name -> PNG. */
export async function encodeScales(
  image: string,
  size: PictureSize,
  open: () => Sharp,
  { quality, dither }: { readonly quality: number; readonly dither: number },
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for (const [suffix, scale] of PICTURE_SCALES) {
    const scaled = open().resize(size.width * scale, size.height * scale)
    const png = scaled.png({ palette: true, quality, dither, compressionLevel: 9, effort: 7 })
    files.set(`${image}${suffix}.png`, await png.toBuffer())
  }
  return files
}
