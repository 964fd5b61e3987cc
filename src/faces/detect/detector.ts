import type { Network, Networks, OutputsOf } from '../backends/types.js'
import type { Pyramid } from '../picture/pyramid.js'
import { INKS, place, warp } from '../picture/warp.js'
import type { Box, Point, Turn } from '../types.js'
import { type Detection, decode, SIDE } from './blazeface.js'
import { mergeSame } from './overlap.js'
import { mapOfView, type View } from './views.js'

/** A face that the detector believes in, in pixels of the photo. */
export interface Candidate {
  readonly box: Box
  readonly score: number
  /** As the detector gives them: eyes, nose, mouth, ears. */
  readonly points: readonly Point[]
  /** Size of the box in the detector's input, in pixels. */
  readonly seen: number
  /** How the photo was turned when it was seen. */
  readonly turn: Turn
}

/** Tiles given to the network at once. More is not faster on one core and costs memory. */
const BATCH = 4
const PIXELS = SIDE * SIDE * 3
/** A tile whose brightest and darkest values (of 2) are nearer than this shows sky or wall. */
const FLAT = 0.16
/** A box that comes nearer than this to a border beyond which the photo goes on may be half a face. In input pixels. */
const BORDER = 2

export class Detector {
  readonly #network: Network<OutputsOf<'detector'>>
  readonly #input = new Float32Array(BATCH * PIXELS)

  private constructor(network: Network<OutputsOf<'detector'>>) {
    this.#network = network
  }

  static async open(networks: Networks): Promise<Detector> {
    return new Detector(await networks.open('detector'))
  }

  /** Faces in these squares of the photo, those of each square merged, but not those of different squares. */
  async look(pyramid: Pyramid, views: readonly View[], minScore: number): Promise<Candidate[]> {
    const found: Candidate[] = []
    let waiting: View[] = []
    const flush = async () => {
      const raw = await this.#network.run(this.#input, waiting.length)
      for (const [index, view] of waiting.entries())
        for (const detection of mergeSame(decode(raw, index, minScore))) {
          const candidate = inPhoto(detection, view)
          if (candidate !== undefined) found.push(candidate)
        }
      waiting = []
    }
    for (const view of views) {
      const offset = waiting.length * PIXELS
      const target = { width: SIDE, height: SIDE, into: this.#input, offset, ink: INKS.signed }
      warp(pyramid, mapOfView(view), target)
      if (views.length > 1 && isFlat(this.#input.subarray(offset, offset + PIXELS))) continue
      waiting.push(view)
      if (waiting.length === BATCH) await flush()
    }
    if (waiting.length > 0) await flush()
    return found
  }
}

/** Undefined for a face that a border of its tile cuts: another tile, or a larger one, shows it whole. */
function inPhoto({ box, score, points }: Detection, view: View): Candidate | undefined {
  const map = mapOfView(view)
  const corners = [place(map, box), place(map, { x: box.x + box.width, y: box.y + box.height })] as const
  const [left, right] = order(corners[0].x, corners[1].x)
  const [top, bottom] = order(corners[0].y, corners[1].y)
  const { centre, size, beyond } = view
  const near = (BORDER * size) / SIDE
  const gaps = [
    left - (centre.x - size / 2),
    top - (centre.y - size / 2),
    centre.x + size / 2 - right,
    centre.y + size / 2 - bottom,
  ]
  if (gaps.some((gap, side) => beyond[side] && gap < near)) return undefined
  return {
    box: { x: left, y: top, width: right - left, height: bottom - top },
    score,
    points: points.map((point) => place(map, point)),
    seen: Math.max(box.width, box.height),
    turn: view.turn,
  }
}

const order = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a])

/** Looks at every 17th pixel's green. */
function isFlat(values: Float32Array): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let at = 1; at < values.length; at += 51) {
    const value = values[at] ?? 0
    if (value < least) least = value
    if (value > most) most = value
  }
  return most - least < FLAT
}
