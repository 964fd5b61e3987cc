import { deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A drawing with the body given, 100 x 50. */
export function svg(body: string, attributes = 'viewBox="0 0 100 50"'): Buffer {
  const spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
  return Buffer.from(`<svg ${spaces} ${attributes}>${body}</svg>`)
}

/** A drawing as PNG, `scale` pixels per unit. */
export function drawn(body: string, { width = 100, height = 50, scale = 4 } = {}): Promise<Buffer> {
  const sized = `width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}"`
  return sharp(svg(body, sized)).png().toBuffer()
}

export function plain(width: number, height: number, background: string | object, channels: 3 | 4 = 3) {
  return sharp({ create: { width, height, channels, background }, limitInputPixels: false })
}

/** A photograph of nothing but noise, the hardest there is to make light. */
export function noise(width: number, height: number, sigma = 60) {
  const create = {
    width,
    height,
    channels: 3,
    background: '#000',
    noise: { type: 'gaussian', mean: 128, sigma },
  } as const
  return sharp({ create, limitInputPixels: false })
}

const CRC = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  let crc = 0xffffffff
  for (const byte of body) crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 255]!
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
  return Buffer.concat([length, body, sum])
}

/** A PNG that claims a size, with image data of our choosing. */
export function handmadePng(width: number, height: number, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The head of an ISO media file of these brands. */
export function isoFile(...brands: string[]): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(8 + 4 + 4 + 4 * (brands.length - 1))
  return Buffer.concat([
    size,
    Buffer.from(`ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`, 'latin1'),
    Buffer.alloc(200),
  ])
}
