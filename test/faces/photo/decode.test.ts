import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { decodePhoto } from '../../../src/faces/photo/decode.js'
import type { Photo } from '../../../src/faces/types.js'
import { QUARTERS, quarters } from '../../support/photos.js'

/** The colour in the middle of a quarter: `red` upper left, `green` upper right, `blue` and `black` below. */
function at({ width, height, data }: Photo, right: number, below: number): number[] {
  const x = Math.floor(width * (right === 0 ? 0.25 : 0.75))
  const y = Math.floor(height * (below === 0 ? 0.25 : 0.75))
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
}

function nameAt(photo: Photo, right: number, below: number): string {
  const [r = 0, g = 0, b = 0] = at(photo, right, below)
  const distances = Object.entries(QUARTERS).map(
    ([name, [red, green, blue]]) => [Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue), name] as const,
  )
  const [nearest] = distances.sort(([a], [b2]) => a - b2)
  return nearest !== undefined && nearest[0] < 150 ? nearest[1] : `none of them: ${r},${g},${b}`
}

function layout(photo: Photo): string[] {
  return [nameAt(photo, 0, 0), nameAt(photo, 1, 0), nameAt(photo, 0, 1), nameAt(photo, 1, 1)]
}

const UPRIGHT = ['red', 'green', 'blue', 'black']

/** EXIF orientation -> on which side of the upright photo the first row and the first column of the file lie. */
const ORIENTATIONS: readonly [orientation: number, row: string, column: string][] = [
  [1, 'top', 'left'],
  [2, 'top', 'right'],
  [3, 'bottom', 'right'],
  [4, 'bottom', 'left'],
  [5, 'left', 'top'],
  [6, 'right', 'top'],
  [7, 'right', 'bottom'],
  [8, 'left', 'bottom'],
]

/** The quarters as a camera would store them that was held in that way. */
async function stored(width: number, height: number, row: string, column: string): Promise<Sharp> {
  const upright = await quarters(width, height).raw().toBuffer()
  const lying = row === 'left' || row === 'right'
  const [w, h] = lying ? [height, width] : [width, height]
  const data = Buffer.alloc(w * h * 3)
  for (let r = 0; r < h; r++)
    for (let c = 0; c < w; c++) {
      const place = { x: 0, y: 0 }
      for (const [side, step] of [
        [row, r],
        [column, c],
      ] as const) {
        if (side === 'left') place.x = step
        if (side === 'right') place.x = width - 1 - step
        if (side === 'top') place.y = step
        if (side === 'bottom') place.y = height - 1 - step
      }
      upright.copy(data, (r * w + c) * 3, (place.y * width + place.x) * 3, (place.y * width + place.x) * 3 + 3)
    }
  return sharp(data, { raw: { width: w, height: h, channels: 3 } })
}

describe('orientation', () => {
  test.each(ORIENTATIONS)('%i, first row %s, first column %s, is turned upright', async (orientation, row, column) => {
    const lying = await (await stored(64, 48, row, column)).png().toBuffer()
    for (const format of ['jpeg', 'webp', 'tiff', 'png'] as const) {
      const bytes = await sharp(lying).withMetadata({ orientation })[format]().toBuffer()
      const photo = await decodePhoto(bytes)
      expect({ format, width: photo.width, height: photo.height }).toEqual({ format, width: 64, height: 48 })
      expect(layout(photo)).toEqual(UPRIGHT)
    }
  })

  test('of a photo that is shrunk too', async () => {
    const lying = await (await stored(640, 480, 'right', 'top')).png().toBuffer()
    const bytes = await sharp(lying).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const photo = await decodePhoto(bytes, { longerSide: 100 })
    expect(photo).toMatchObject({ width: 100, height: 75, original: { width: 640, height: 480 } })
    expect(layout(photo)).toEqual(UPRIGHT)
  })
})

describe('colours', () => {
  const cases: readonly [string, () => Promise<Buffer>][] = [
    ['JPEG', () => quarters().jpeg().toBuffer()],
    ['progressive JPEG', () => quarters().jpeg({ progressive: true }).toBuffer()],
    ['CMYK JPEG', () => quarters().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()],
    ['CMYK TIFF', () => quarters().toColourspace('cmyk').tiff().toBuffer()],
    ['PNG', () => quarters().png().toBuffer()],
    ['16-bit PNG', () => quarters().toColourspace('rgb16').png().toBuffer()],
    ['16-bit TIFF', () => quarters().toColourspace('rgb16').tiff().toBuffer()],
    ['palette PNG', () => quarters().png({ palette: true, colours: 8 }).toBuffer()],
    ['interlaced PNG', () => quarters().png({ progressive: true }).toBuffer()],
    ['WebP', () => quarters().webp().toBuffer()],
    ['lossless WebP', () => quarters().webp({ lossless: true }).toBuffer()],
    ['GIF', () => quarters().gif().toBuffer()],
    ['AVIF', () => quarters().avif({ effort: 0 }).toBuffer()],
    ['TIFF with tiles and pyramid', () => quarters(600, 400).tiff({ tile: true, pyramid: true }).toBuffer()],
    ['TIFF in Lab', () => quarters().toColourspace('lab').tiff().toBuffer()],
    ['Display P3 JPEG', () => quarters().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()],
  ]
  test.each(cases)('%s', async (_name, make) => {
    const photo = await decodePhoto(await make())
    expect(photo.data.length).toBe(photo.width * photo.height * 3)
    expect(layout(photo)).toEqual(UPRIGHT)
  })

  test.each(['jpeg', 'png', 'tiff'] as const)('grey %s', async (format) => {
    const photo = await decodePhoto(await quarters().greyscale()[format]().toBuffer())
    expect(photo.data.length).toBe(64 * 48 * 3)
    for (const [right, below] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const [r, g, b] = at(photo, right, below)
      expect([g, b]).toEqual([r, r])
    }
    expect(at(photo, 1, 0)[0]).toBeGreaterThan(at(photo, 0, 1)[0] ?? 255)
  })

  test('16-bit grey with transparency', async () => {
    // 2 × 1: white at half, then black that is not there at all.
    const row = Buffer.from([0, 0x80, 0, 0xff, 0xff, 0, 0, 0, 0])
    const photo = await decodePhoto(png({ width: 2, height: 1, depth: 16, type: 4, rows: row }))
    expect([...photo.data]).toEqual([128, 128, 128, 255, 255, 255])
  })

  test('one bit per pixel', async () => {
    const photo = await decodePhoto(png({ width: 8, height: 1, depth: 1, type: 0, rows: Buffer.from([0, 0b10100000]) }))
    expect([...photo.data].filter((_, index) => index % 3 === 0)).toEqual([255, 0, 255, 0, 0, 0, 0, 0])
  })

  test.each(['png', 'webp'] as const)('transparent %s over white', async (format) => {
    const data = Buffer.from([10, 20, 30, 0, 200, 100, 50, 255, 0, 0, 0, 128, 255, 255, 255, 255])
    const image = sharp(data, { raw: { width: 4, height: 1, channels: 4 } })
    const bytes = await (format === 'png' ? image.png() : image.webp({ lossless: true, exact: true })).toBuffer()
    const { data: rgb } = await decodePhoto(bytes)
    expect([...rgb.subarray(0, 6)]).toEqual([255, 255, 255, 200, 100, 50])
    expect(rgb[6]).toBeGreaterThan(120)
    expect(rgb[6]).toBeLessThan(135)
  })

  test.each(['gif', 'webp'] as const)('first picture of an animated %s', async (format) => {
    const second = Buffer.alloc(64 * 48 * 3, 255)
    const first = await quarters().raw().toBuffer()
    const both = sharp(Buffer.concat([first, second]), {
      raw: { width: 64, height: 96, channels: 3, pageHeight: 48 },
    })
    const bytes = await (format === 'gif' ? both.gif({ delay: [100, 100] }) : both.webp()).toBuffer()
    expect((await sharp(bytes).metadata()).pages).toBe(2)
    const photo = await decodePhoto(bytes)
    expect(photo).toMatchObject({ width: 64, height: 48 })
    expect(layout(photo)).toEqual(UPRIGHT)
  })
})

describe('size', () => {
  test('a photo within the limit is not shrunk', async () => {
    const photo = await decodePhoto(await quarters(100, 60).jpeg().toBuffer(), { longerSide: 100 })
    expect(photo.original).toBeUndefined()
    expect(photo).toMatchObject({ width: 100, height: 60 })
  })

  test('one pixel is a photo', async () => {
    const photo = await decodePhoto(await quarters(1, 1).png().toBuffer())
    expect(photo).toMatchObject({ width: 1, height: 1 })
  })
})

interface RawPng {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly type: number
  /** Each row begins with its filter. */
  readonly rows: Buffer
}

function png({ width, height, depth, type, rows }: RawPng): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, type, 0, 0, 0], 8)
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts])
}
