import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodePhoto } from '../../../src/faces/photo/decode.js'
import { PHOTO_REASONS, PhotoError, type PhotoLimits, type PhotoReason } from '../../../src/faces/photo/types.js'
import { quarters, seeded } from '../../support/photos.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('bad-photos')
const SMALL: Partial<PhotoLimits> = { bytes: 2_000_000, pixels: 4_000_000 }

/** The reason, or the size of the photo; anything else that is thrown fails the test. */
async function outcome(source: string | Uint8Array, limits = SMALL): Promise<string> {
  try {
    const { width, height, data } = await decodePhoto(source, limits)
    expect(data.length).toBe(width * height * 3)
    return `${width}x${height}`
  } catch (error) {
    if (!(error instanceof PhotoError)) throw error
    expect(PHOTO_REASONS).toContain(error.reason)
    expect(error.message).toMatch(/^[A-Z].*\.$/)
    return error.reason
  }
}

const encoders: Readonly<Record<string, () => Promise<Buffer>>> = {
  jpeg: () => noisy().jpeg({ quality: 90 }).toBuffer(),
  progressive: () => noisy().jpeg({ progressive: true }).toBuffer(),
  png: () => noisy().png().toBuffer(),
  webp: () => noisy().webp().toBuffer(),
  gif: () => noisy().gif().toBuffer(),
  tiff: () => noisy().tiff().toBuffer(),
  avif: () => noisy().avif({ effort: 0 }).toBuffer(),
}

function noisy(): ReturnType<typeof sharp> {
  const random = seeded(7)
  const data = Buffer.from(Array.from({ length: 96 * 80 * 3 }, () => Math.floor(random() * 256)))
  return sharp(data, { raw: { width: 96, height: 80, channels: 3 } })
}

const pictures: Record<string, Buffer> = {}
beforeAll(async () => {
  for (const [name, encode] of Object.entries(encoders)) pictures[name] = await encode()
})
const picture = (name: string): Buffer => pictures[name] ?? Buffer.alloc(0)

describe.each(Object.keys(encoders))('%s', (format) => {
  test('is a photo when it is whole', async () => {
    expect(await outcome(picture(format))).toBe('96x80')
  })

  test('cut short is damaged, not half a photo', async () => {
    const whole = picture(format)
    const random = seeded(whole.length)
    for (let round = 0; round < 20; round++) {
      const length = 16 + Math.floor(random() * (whole.length * 0.97 - 16))
      expect({ length, outcome: await outcome(whole.subarray(0, length)) }).toEqual({ length, outcome: 'damaged' })
    }
  })

  test('with flipped bytes is a photo or has a reason', async () => {
    const random = seeded(format.length * 977)
    const seen = new Set<string>()
    for (let round = 0; round < 25; round++) {
      const bytes = Buffer.from(picture(format))
      for (let flips = 0; flips <= round % 5; flips++) {
        const at = Math.floor(random() * bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(random() * 255))
      }
      seen.add(await outcome(bytes))
    }
    expect(seen.size).toBeGreaterThan(0)
  })

  test('followed by a second file is read', async () => {
    expect(await outcome(Buffer.concat([picture(format), Buffer.from('and then some')]))).toBe('96x80')
  })
})

describe('what is no photo', () => {
  const ZIP = Buffer.concat([Buffer.from('PK\x03\x04\x14\0'), Buffer.alloc(200, 1)])
  const svgBomb = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "${'x'.repeat(500)}">${Array.from(
    { length: 9 },
    (_, at) => `<!ENTITY b${at} "${`&${at === 0 ? 'a' : `b${at - 1}`};`.repeat(10)}">`,
  ).join('')}]><svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><text>&b8;</text></svg>`
  const cases: readonly [string, Uint8Array, PhotoReason][] = [
    ['nothing', Buffer.alloc(0), 'empty'],
    ['one byte', Buffer.from([0xff]), 'not-a-picture'],
    ['zeros', Buffer.alloc(5000), 'not-a-picture'],
    ['text', Buffer.from('Dear photo, please be a face.\n'.repeat(50)), 'not-a-picture'],
    ['HTML', Buffer.from('<!DOCTYPE html><html><body>404</body></html>'), 'not-a-picture'],
    ['HTML with an SVG inside', Buffer.from('<html><svg xmlns="http://www.w3.org/2000/svg"/></html>'), 'not-a-picture'],
    ['a zip named .jpg', ZIP, 'not-a-picture'],
    ['gzip', gzipSync(Buffer.alloc(1000)), 'not-a-picture'],
    ['JSON', Buffer.from('{"width":10}'), 'not-a-picture'],
    ['an ELF program', Buffer.from('\x7fELF\x02\x01\x01'), 'not-a-picture'],
    ['an MP4 film', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), 'not-a-picture'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'unsupported'],
    ['an SVG bomb', Buffer.from(svgBomb), 'not-a-picture'],
    ['an SVG of enormous size', Buffer.from('<svg width="1e9" height="1e9"></svg>'), 'unsupported'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'unsupported'],
    ['a Photoshop file', Buffer.from('8BPS\0\x01\0\0\0\0'), 'unsupported'],
    ['a JPEG 2000', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'), 'unsupported'],
    ['a JPEG XL', Buffer.from('\xff\x0a\0\0\0', 'latin1'), 'unsupported'],
    ['a raw photo', Buffer.from('II*\0\x10\0\0\0CR\x02\0', 'latin1'), 'unsupported'],
    ['a BMP', bmp(), 'unsupported'],
    ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat', 'latin1'), 'unsupported'],
    ['a JPEG of its marker alone', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'damaged'],
    ['a JPEG of nothing but markers', Buffer.alloc(4000, 0xff).fill(0xd8, 1, 2), 'damaged'],
    ['a PNG of its signature alone', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'damaged'],
    ['a GIF without a picture', Buffer.from('GIF89a\x0a\0\x0a\0\0\0\0;', 'latin1'), 'damaged'],
    ['a TIFF that points past its end', Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1'), 'damaged'],
    ['a TIFF that points at itself', Buffer.from('II*\0\x08\0\0\0\0\0\x08\0\0\0', 'latin1'), 'damaged'],
    ['a WebP of no length', Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), 'damaged'],
    ['an AVIF of its brands alone', Buffer.from('\0\0\0\x18ftypavif\0\0\0\0mif1avif', 'latin1'), 'damaged'],
  ]
  test.each(cases)('%s', async (_name, bytes, reason) => {
    expect(await outcome(bytes)).toBe(reason)
  })

  test('random bytes behind every signature', async () => {
    const random = seeded(11)
    const heads = [
      '\xff\xd8\xff\xe0',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'RIFF\x80\0\0\0WEBPVP8 ',
      'II*\0',
      'MM\0*',
      '',
      'BM',
    ]
    for (let round = 0; round < 64; round++) {
      const head = Buffer.from(heads[round % heads.length] ?? '', 'latin1')
      const noise = Buffer.from(Array.from({ length: 700 }, () => Math.floor(random() * 256)))
      expect(PHOTO_REASONS).toContain(await outcome(Buffer.concat([head, noise])))
    }
  })

  test('HEIC says what to do', async () => {
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat', 'latin1')
    await expect(decodePhoto(heic)).rejects.toThrow('It is a HEIC, which cannot be decoded here. Convert it to JPEG.')
  })
})

describe('too much', () => {
  test('bytes', async () => {
    const path = join(dir, 'heavy.jpg')
    await writeFile(path, Buffer.concat([picture('jpeg'), Buffer.alloc(2_000_000)]))
    expect(await outcome(path)).toBe('too-many-bytes')
    expect(await outcome(Buffer.alloc(2_000_001))).toBe('too-many-bytes')
  })

  test('pixels: a PNG of 30,000 × 30,000 in 110 KB', async () => {
    const { width, height } = { width: 30_000, height: 30_000 }
    const bomb = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
    bomb.writeUInt32BE(width, 16)
    bomb.writeUInt32BE(height, 20)
    expect(await outcome(bomb)).toBe('too-many-pixels')
    const real = await quarters(2500, 2000).png().toBuffer()
    expect(await outcome(real)).toBe('too-many-pixels')
    expect(await outcome(real, { pixels: 5_000_000 })).toBe('2500x2000')
  })

  test('what a JPEG merely claims, and a GIF', async () => {
    const gif = Buffer.from(picture('gif'))
    gif.writeUInt16LE(60_000, 6)
    gif.writeUInt16LE(60_000, 8)
    // Its screen may be of any size; what counts is the picture.
    expect(await outcome(gif)).toMatch(/^(?:96x80|too-many-pixels)$/)
    const jpeg = Buffer.from(picture('jpeg'))
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    jpeg.writeUInt16BE(65_000, frame + 5)
    jpeg.writeUInt16BE(65_000, frame + 7)
    expect(await outcome(jpeg)).toBe('too-many-pixels')
  })

  test('a compressed text in a PNG', async () => {
    const text = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(10_000_000))])
    const whole = picture('png')
    const head = Buffer.alloc(8)
    head.writeUInt32BE(text.length)
    head.write('zTXt', 4)
    const sum = Buffer.alloc(4)
    const bytes = Buffer.concat([whole.subarray(0, 33), head, text, sum, whole.subarray(33)])
    expect(['96x80', 'damaged']).toContain(await outcome(bytes))
  })

  test('frames: only the first of an animation is decoded', async () => {
    const frame = await quarters(200, 150).raw().toBuffer()
    const bytes = await sharp(Buffer.concat(Array<Buffer>(150).fill(frame)), {
      raw: { width: 200, height: 150 * 150, channels: 3, pageHeight: 150 },
    })
      .gif({ effort: 1 })
      .toBuffer()
    expect(await outcome(bytes)).toBe('200x150')
  })
})

describe('what is no file', () => {
  test('folders, pipes, devices, links, and what may not be read', async () => {
    await mkdir(join(dir, 'folder.jpg'))
    execFileSync('mkfifo', [join(dir, 'pipe.jpg')])
    await symlink('circle-b.jpg', join(dir, 'circle-a.jpg'))
    await symlink('circle-a.jpg', join(dir, 'circle-b.jpg'))
    await symlink('gone.jpg', join(dir, 'dangling.jpg'))
    await writeFile(join(dir, 'whole.jpg'), picture('jpeg'))
    await symlink('whole.jpg', join(dir, 'link.jpg'))
    await writeFile(join(dir, 'secret.jpg'), picture('jpeg'))
    await chmod(join(dir, 'secret.jpg'), 0)
    const look = (name: string): Promise<string> => outcome(join(dir, name))
    expect(await look('folder.jpg')).toBe('not-a-file')
    expect(await look('pipe.jpg')).toBe('not-a-file')
    expect(await outcome('/dev/zero')).toBe('not-a-file')
    expect(await look('circle-a.jpg')).toBe('unreadable')
    expect(await look('dangling.jpg')).toBe('not-found')
    expect(await look('whole.jpg/inside.jpg')).toBe('not-found')
    expect(await look('link.jpg')).toBe('96x80')
    // The superuser may read everything.
    expect(await look('secret.jpg')).toBe(process.getuid?.() === 0 ? '96x80' : 'unreadable')
    expect(await look(`${'x'.repeat(300)}.jpg`)).toBe('unreadable')
    expect(await look('null\0byte.jpg')).toBe('unreadable')
  })
})

function bmp(): Buffer {
  const bytes = Buffer.alloc(58)
  bytes.write('BM')
  bytes.writeUInt32LE(58, 2)
  bytes.writeUInt32LE(54, 10)
  bytes.writeUInt32LE(40, 14)
  return bytes
}
