import { qrSvg } from '../barcode/qr-code.js'

/** Large enough for posters, and whole pixels for each module. */
const PIXELS_PER_MODULE = 16
const SVG_PIXELS_PER_MODULE = 8

/** A QR code as PNG, black on white with its quiet zone; see {@link qrSvg}. */
export async function qrPicture(text: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const density = (72 * PIXELS_PER_MODULE) / SVG_PIXELS_PER_MODULE
  return sharp(Buffer.from(qrSvg(text)), { density })
    .removeAlpha()
    .greyscale()
    .png({ palette: true, colours: 2 })
    .toBuffer()
}
