import type { Rgb } from '../colour/colour.js'
import type { OpenedPicture } from './open-picture.js'
import { type Refusal, refusal } from './picture-source.js'
import { type Box, cutOut, edgeColour, hasTransparency, type Pixels, shrinkToFit, visibleBox } from './pixels.js'
import { removeGround } from './plain-ground.js'

/** Longest side that is worked on; the largest logo of a card has 480 pixels. */
const WORKED_ON = 1200
/** Wider (or higher) logos cannot be read on a card. */
const MOST_ASPECT = 20
/** From this shape on a logo usually holds the name in letters. */
export const WORDMARK_ASPECT = 2.2

/** A logo that stands free: nothing around it, transparent where it is not. */
export interface Logo {
  readonly name: string
  readonly pixels: Pixels
  /** Width divided by height. */
  readonly aspect: number
  /** The plain colour that was around it and was removed. */
  readonly ground?: Rgb
  /** False for photographs and full-bleed pictures: the logo is a rectangle. */
  readonly free: boolean
  /** Its size in the original, in pixels; undefined for drawings, which are sharp at any size. */
  readonly original?: { readonly width: number; readonly height: number }
  /** The part of a wordmark that can stand for it in an icon: its symbol or first letter. */
  readonly symbol?: Pixels
  readonly notes: readonly string[]
}

/** Cuts a logo free: removes a plain ground around it and everything that is empty. */
export async function prepareLogo(picture: OpenedPicture): Promise<({ ok: true } & { logo: Logo }) | Refusal> {
  const notes: string[] = []
  const whole = await shrinkToFit(picture.pixels, WORKED_ON)
  // What is empty goes first: a plain ground may have more of it around.
  const small = await cutOut(whole, visibleBox(whole) ?? { left: 0, top: 0, width: whole.width, height: whole.height })
  const found = edgeColour(small)
  const freed = found === undefined ? small : removeGround(small, found)
  // A block of one colour with nothing around is a logo too.
  const isBlock = visibleBox(freed) === undefined && hasTransparency(whole)
  const ground = isBlock ? undefined : found
  const box = visibleBox(isBlock ? small : freed)
  if (box === undefined) {
    return refusal(
      'unsafe',
      found === undefined ? 'is nearly transparent' : 'is one plain colour without a logo in it',
      'Give a picture in which the logo stands out.',
    )
  }
  if (Math.max(box.width / box.height, box.height / box.width) > MOST_ASPECT) {
    return refusal(
      'unsafe',
      `is more than ${MOST_ASPECT} times as long as it is high, which cannot be read on a card`,
      'Give a logo of at most 160 x 50 in proportion.',
    )
  }
  if (ground !== undefined) notes.push('The plain ground around the logo was made transparent.')
  const pixels = await cutOut(isBlock ? small : freed, box)
  const aspect = pixels.width / pixels.height
  const free = isBlock || hasTransparency(pixels)
  if (!free) notes.push('The logo fills a rectangle; one with a transparent ground looks better on a card.')
  const scale = picture.width / whole.width
  const original = { width: Math.round(box.width * scale), height: Math.round(box.height * scale) }
  const symbol = aspect > WORDMARK_ASPECT && free ? await symbolOf(pixels) : undefined
  const logo = {
    name: picture.name,
    pixels,
    aspect,
    free,
    notes,
    ...(ground === undefined ? {} : { ground }),
    ...(picture.vector ? {} : { original }),
    ...(symbol === undefined ? {} : { symbol }),
  }
  return { ok: true, logo }
}

/**
 * The first part of a wordmark that stands apart from the next, where it is about as high as wide and as high as most
 * of the logo: a symbol before the name, or the first letter.
 */
async function symbolOf(pixels: Pixels): Promise<Pixels | undefined> {
  const end = firstGap(pixels)
  if (end === undefined) return undefined
  const part = await cutOut(pixels, { left: 0, top: 0, width: end, height: pixels.height })
  const box = visibleBox(part)
  if (box === undefined || !canStandAlone(box, pixels.height)) return undefined
  return cutOut(part, box)
}

function canStandAlone({ width, height }: Box, whole: number): boolean {
  const aspect = width / height
  return aspect >= 0.45 && aspect <= 1.7 && height >= whole * 0.5
}

/** Where the first empty column is, from the left. */
function firstGap({ width, height, data }: Pixels): number | undefined {
  for (let x = 1; x < width; x++) {
    let seen = false
    for (let y = 0; y < height && !seen; y++) seen = (data[(y * width + x) * 4 + 3] ?? 0) >= 16
    if (!seen) return x
  }
  return undefined
}
