/** A picture as the bytes red, green, blue of its pixels, row by row. */
export interface RawPixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** The pixels of a picture that we have drawn, made narrower where it is wider than that. */
export async function rawPixels(png: Uint8Array, width: number): Promise<RawPixels> {
  const { default: sharp } = await import('sharp')
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .resize({ width, withoutEnlargement: true, kernel: 'mitchell' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, rgb: data }
}
