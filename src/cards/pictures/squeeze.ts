import sharp from 'sharp'
import { PICTURE_SCALES } from './picture-size.js'
import { fromPixels, type Pixels } from './pixels.js'

/** How much of a photograph is kept. */
export interface Rung {
  /** Pixels per point that carry detail. A scale with more repeats them, which costs few bytes. */
  readonly detail: number
  /** Of the palette, 1…100. */
  readonly quality: number
}

/**
 * From the best downward. Chosen by eye over photographs at the weight they give: a palette that is too small shows
 * first, as bands and blotches, hence the detail goes before the colours do.
 */
export const RUNGS: readonly Rung[] = [
  { detail: 3, quality: 90 },
  { detail: 3, quality: 60 },
  { detail: 3, quality: 40 },
  { detail: 2, quality: 60 },
  { detail: 2, quality: 40 },
  { detail: 1.5, quality: 60 },
  { detail: 1.5, quality: 40 },
  { detail: 1.5, quality: 25 },
  { detail: 1.2, quality: 40 },
  { detail: 1.2, quality: 25 },
  { detail: 1, quality: 40 },
  { detail: 1, quality: 25 },
  { detail: 1, quality: 12 },
  { detail: 0.75, quality: 25 },
  { detail: 0.75, quality: 12 },
  { detail: 0.5, quality: 12 },
]
/** From this rung on a picture looks coarse on a phone. */
export const COARSE = RUNGS.findIndex(({ detail }) => detail < 1)
const DITHER = 0.6

/** A picture at the largest scale, and its name. */
export interface Photo {
  readonly image: string
  readonly pixels: Pixels
  /** True where the phone blurs it anyway, so that little detail is enough. */
  readonly blurred?: boolean
}

export interface Squeezed {
  /** File name -> PNG. */
  readonly files: Map<string, Uint8Array>
  readonly bytes: number
  /** Index into {@link RUNGS}. */
  readonly rung: number
}

/** The best quality at which all photographs together weigh at most so many bytes; the last one if none does. */
export async function squeezePhotos(photos: readonly Photo[], budget: number): Promise<Squeezed> {
  const tried = new Map<number, Squeezed>()
  const at = async (rung: number): Promise<Squeezed> => {
    const known = tried.get(rung) ?? (await encodeAll(photos, rung))
    tried.set(rung, known)
    return known
  }
  let [low, high] = [0, RUNGS.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((await at(middle)).bytes <= budget) high = middle
    else low = middle + 1
  }
  return at(low)
}

async function encodeAll(photos: readonly Photo[], rung: number): Promise<Squeezed> {
  const files = new Map<string, Uint8Array>()
  for (const photo of photos) {
    for (const [suffix, scale] of PICTURE_SCALES) {
      files.set(`${photo.image}${suffix}.png`, await encode(photo, scale, RUNGS[rung] ?? { detail: 1, quality: 12 }))
    }
  }
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  return { files, bytes, rung }
}

async function encode({ pixels, blurred }: Photo, scale: number, { detail, quality }: Rung): Promise<Uint8Array> {
  const [width, height] = [Math.round((pixels.width * scale) / 3), Math.round((pixels.height * scale) / 3)]
  const palette = { palette: true, quality, compressionLevel: 9, effort: 7 } as const
  const kept = Math.min(1, Math.min(detail, blurred ? 1 : 3) / scale)
  if (kept === 1)
    return fromPixels(pixels)
      .resize(width, height)
      .png({ ...palette, dither: DITHER })
      .toBuffer()
  const coarse = fromPixels(pixels).resize(Math.round(width * kept), Math.round(height * kept), { fit: 'fill' })
  const drawn = await coarse.png({ ...palette, dither: DITHER, compressionLevel: 1 }).toBuffer()
  const enlarged = sharp(drawn).resize(width, height, { kernel: 'nearest', fit: 'fill' })
  return enlarged.png({ ...palette, quality: 100, dither: 0 }).toBuffer()
}
