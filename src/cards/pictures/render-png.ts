import sharp from 'sharp'

export interface PngOptions {
  /** Most colours of the palette, 2…256. Flat drawings look right with 16, edges included. */
  readonly colours: number
}

/** Draws an SVG of our own making as a small palette PNG. Every card carries these bytes, so they are squeezed. */
export async function renderPng(svg: string, { colours }: PngOptions): Promise<Uint8Array> {
  return sharp(Buffer.from(svg)).png({ palette: true, colours, dither: 0, compressionLevel: 9, effort: 10 }).toBuffer()
}
