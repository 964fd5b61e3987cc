import type { Metadata, Sharp, SharpOptions } from 'sharp'
import type { Photo } from '../types.js'
import { kindOf, type PhotoKind } from './kind.js'
import { readPhotoBytes } from './read-bytes.js'
import { PHOTO_LIMITS, PhotoError, type PhotoLimits, type PhotoSource } from './types.js'

/**
 * Decodes a photo, turned upright by its EXIF orientation, as sRGB with 8 bits per channel. Transparent parts become
 * white; of an animation or a file of several pages it is the first. A photo that is cut short is reported as damaged:
 * the part that is missing may be the one with the faces. Faults that leave the pixels whole are passed over.
 *
 * @throws PhotoError for every photo that cannot be decoded
 */
export async function decodePhoto(source: PhotoSource, limits: Partial<PhotoLimits> = {}): Promise<Photo> {
  const all = { ...PHOTO_LIMITS, ...limits }
  const bytes = readPhotoBytes(source, all)
  const kind = kindOf(bytes)
  if (kind === undefined) throw new PhotoError('not-a-picture', 'It is not a picture.')
  if (kind.decoded === false) throw unsupported(kind)
  const { default: sharp } = await import('sharp')
  // Warnings are about what surrounds the pixels, such as a wrong tag; archives are full of them.
  const options: SharpOptions = { failOn: 'error', limitInputPixels: all.pixels, pages: 1, sequentialRead: true }
  try {
    const size = uprightSize(await sharp(bytes, { ...options, limitInputPixels: false }).metadata(), all)
    return await toPhoto(sharp(bytes, options), size, all)
  } catch (error) {
    throw toPhotoError(error, kind, all)
  }
}

interface Size {
  readonly width: number
  readonly height: number
}

function uprightSize({ autoOrient, pageHeight, width, height }: Metadata, limits: PhotoLimits): Size {
  if (width * (pageHeight ?? height) > limits.pixels) throw tooManyPixels(limits, width, pageHeight ?? height)
  return { width: autoOrient.width, height: autoOrient.height }
}

async function toPhoto(image: Sharp, size: Size, { longerSide, seconds }: PhotoLimits): Promise<Photo> {
  const shrunk = Math.max(size.width, size.height) > longerSide
  const upright = image.timeout({ seconds }).autoOrient()
  if (shrunk) upright.resize({ width: longerSide, height: longerSide, fit: 'inside' })
  const { data, info } = await upright
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const photo = { width: info.width, height: info.height, data: toRgb(data, info.channels) }
  return shrunk ? { ...photo, original: size } : photo
}

/** Grey pictures stay of one channel in sharp. */
function toRgb(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data
  const pixels = data.length / channels
  const rgb = new Uint8Array(pixels * 3)
  const [green, blue] = channels > 2 ? [1, 2] : [0, 0]
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++, from += channels, to += 3) {
    rgb[to] = data[from] ?? 0
    rgb[to + 1] = data[from + green] ?? 0
    rgb[to + 2] = data[from + blue] ?? 0
  }
  return rgb
}

function tooManyPixels({ pixels }: PhotoLimits, width: number, height: number): PhotoError {
  const most = Math.floor(pixels / 1e6)
  return new PhotoError('too-many-pixels', `The picture has ${width} × ${height} pixels, over ${most} million.`)
}

function unsupported({ name, advice }: PhotoKind, cause?: unknown): PhotoError {
  const text = `It is ${name}, which cannot be decoded here.${advice === undefined ? '' : ` ${advice}`}`
  return new PhotoError('unsupported', text, { cause })
}

/** What the libraries below say, as reasons. Their wording changes; what is not recognised is damage. */
function toPhotoError(error: unknown, kind: PhotoKind, limits: PhotoLimits): unknown {
  if (error instanceof PhotoError || !(error instanceof Error)) return error
  const text = error.message
  if (kind.decoded === 'maybe') return unsupported(kind, error)
  if (/timeout/i.test(text)) {
    return new PhotoError('too-slow', `Decoding it takes over ${limits.seconds} s.`, { cause: error })
  }
  if (/exceeds pixel limit/i.test(text)) {
    const most = Math.floor(limits.pixels / 1e6)
    return new PhotoError('too-many-pixels', `The picture has over ${most} million pixels.`, { cause: error })
  }
  return new PhotoError('damaged', `It is ${kind.name} that is damaged or cut short.`, { cause: error })
}
