import type { FindOptions } from './types.js'
import { tileSizes } from './views.js'

/**
 * How far a photo is searched.
 *
 * The detector sees 256×256 pixels. Of faces that were shrunk step by step it still found 59 of 60 at 11 pixels, so one
 * of SMALLEST pixels or more is taken to be visible. Hence:
 *
 * 1. The whole photo is looked at first. That is all when the smallest face wanted is visible in it: a photo of up to
 *    427 pixels costs one run, with the smallest face of 20 pixels.
 * 2. Larger photos are looked at in overlapping tiles, of one or more sizes, so that the smallest face wanted is visible
 *    in one of them. Without a wish that is one of a 48th of the longer side: six more runs, however large the photo is.
 * 3. Without a wish: where the smallest tiles show faces not much larger than that, or hints of faces, the photo is
 *    taken to show a crowd and smaller tiles are looked at too, down to faces of 20 pixels.
 * 4. When nothing certain was found the photo is turned by 90, 180 and 270 degrees, and looked at from further away,
 *    since a face that fills the photo to its borders is too large for the detector.
 */
export const SMALLEST = 12
export const MIN_FACE = 20
/** Without a wish, faces of this part of the longer side are looked for at first. */
const PART = 1 / 48
/** A face that takes less than this many pixels of a tile is a sign of smaller ones. */
const SIGN_OF_MORE = SMALLEST * 2.5

/** Candidates from this score on are hints of faces. */
export const HINT = 0.4

export interface Level {
  /** Side of the tiles, in pixels of the photo. */
  readonly size: number
  /** Only when the level before shows signs of a crowd. */
  readonly onSigns: boolean
}

type Extent = { readonly width: number; readonly height: number }

export function levelsFor(extent: Extent, { minFace, tiles }: Pick<FindOptions, 'minFace' | 'tiles'>): Level[] {
  if (tiles === 'never') return []
  const always = minFace ?? Math.max(MIN_FACE, Math.max(extent.width, extent.height) * PART)
  const sizes = tileSizes(extent, always, SMALLEST)
  const last = sizes.at(-1)
  const more =
    minFace === undefined && last !== undefined ? tileSizes({ width: last, height: last }, MIN_FACE, SMALLEST) : []
  return [...sizes.map((size) => ({ size, onSigns: false })), ...more.map((size) => ({ size, onSigns: true }))]
}

/** Whether what the last tiles show lets one expect faces that are smaller still. */
export function hintsAtMore(found: readonly { readonly seen: number }[]): boolean {
  return found.some(({ seen }) => seen < SIGN_OF_MORE)
}
