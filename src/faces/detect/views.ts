import { type Affine, squareAround } from '../picture/warp.js'
import type { Point, Turn } from '../types.js'
import { SIDE } from './blazeface.js'

/** A square of the photo that is shown to the detector. */
export interface View {
  readonly centre: Point
  /** Side, in pixels of the photo. */
  readonly size: number
  /** The photo is turned by this much, clockwise, before it is looked at. */
  readonly turn: Turn
  /** Whether more of the photo lies beyond each side of the square: left, top, right, bottom of the photo as it is. */
  readonly beyond: readonly [boolean, boolean, boolean, boolean]
}

interface Extent {
  readonly width: number
  readonly height: number
}

/** Share of a tile that the next one sees as well: faces up to about this size stand whole in one of them. */
const OVERLAP = 0.25

/** The whole photo, its proportions kept; `margin` is how many times its longer side the square is. */
export function wholeView({ width, height }: Extent, turn: Turn, margin = 1): View {
  return {
    centre: { x: width / 2, y: height / 2 },
    size: Math.max(width, height) * margin,
    turn,
    beyond: [false, false, false, false],
  }
}

/** Squares of `size` pixels that together cover the photo, in rows. */
export function tileViews({ width, height }: Extent, size: number, turn: Turn): View[] {
  const [columns, rows] = [spread(width, size), spread(height, size)]
  return rows.flatMap((y) =>
    columns.map((x) => ({
      centre: { x: x + size / 2, y: y + size / 2 },
      size,
      turn,
      beyond: [x > 0, y > 0, x + size < width, y + size < height] as const,
    })),
  )
}

/** Where squares begin along a side, evenly spread. A side shorter than a square has it in its middle. */
function spread(length: number, size: number): number[] {
  if (length <= size) return [(length - size) / 2]
  const steps = Math.ceil((length - size) / (size * (1 - OVERLAP)))
  return Array.from({ length: steps + 1 }, (_, step) => ((length - size) * step) / steps)
}

/** Places of the detector's input -> places of the photo. */
export function mapOfView({ centre, size, turn }: View): Affine {
  return squareAround(centre, size, (-turn * Math.PI) / 180, SIDE)
}

/**
 * Sides of the tiles to look at, largest first, so that faces from `least` pixels on are large enough in one of them.
 * Empty when the whole photo shows them well enough.
 */
export function tileSizes({ width, height }: Extent, least: number, smallest: number): number[] {
  const longer = Math.max(width, height)
  const last = (least * SIDE) / smallest
  if (last >= longer) return []
  const steps = Math.ceil(Math.log(longer / last) / Math.log(STEP) - 1e-9)
  return Array.from({ length: steps }, (_, step) => longer * (last / longer) ** ((step + 1) / steps))
}

/** A tile shows faces well from SMALLEST to a quarter of its side, three times as much; each is this much smaller. */
const STEP = 2.5
