/** An SVG as PNG, at twice its size. Texts in it should be outlines: the machine may have no fonts. */
export async function plotPng(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer()
}
