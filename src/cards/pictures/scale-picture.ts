/**
 * A smaller PNG of a picture, exactly as wide and high as wanted; what sticks out at the longer sides is cut.
 *
 * @throws when the bytes are no picture
 */
export async function scalePicture(
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  return sharp(bytes).resize(width, height, { fit: 'cover' }).png({ compressionLevel: 9, effort: 10 }).toBuffer()
}
