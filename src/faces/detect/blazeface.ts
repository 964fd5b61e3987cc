import { NETWORKS } from '../backends/types.js'
import type { Box, Point } from '../types.js'

/** Side of the network's input, in pixels. */
export const SIDE = NETWORKS.detector.side

/** Grids of the two heads: cells along a side, boxes told in each cell. 16·16·2 = 512, 8·8·6 = 384. */
const GRIDS = [
  { cells: 16, each: 2 },
  { cells: 8, each: 6 },
] as const
const VALUES = 16
const POINTS = 6

/** Centres of the cells that the rows of a head belong to, in pixels of the input: x, y, x, y… */
export function anchorsOf({ cells, each }: { readonly cells: number; readonly each: number }): Float32Array {
  const stride = SIDE / cells
  const anchors = new Float32Array(cells * cells * each * 2)
  let to = 0
  for (let y = 0; y < cells; y++)
    for (let x = 0; x < cells; x++)
      for (let n = 0; n < each; n++) {
        anchors[to++] = (x + 0.5) * stride
        anchors[to++] = (y + 0.5) * stride
      }
  return anchors
}

const HEADS = GRIDS.map((grid) => ({ rows: grid.cells * grid.cells * grid.each, anchors: anchorsOf(grid) }))

export interface RawFaces {
  readonly scores512: Float32Array
  readonly boxes512: Float32Array
  readonly scores384: Float32Array
  readonly boxes384: Float32Array
}

/** One row of the network's answer, in pixels of its input. */
export interface Detection {
  readonly box: Box
  /** 0 to 1. */
  readonly score: number
  /** Eye on the left of the picture, other eye, tip of the nose, mouth, ear on the left, other ear. */
  readonly points: readonly Point[]
}

/**
 * Reads the answer for one picture of a batch: places are relative to the centre of their cell, sizes are pixels
 * (BlazeFace, Bazarevsky et al. 2019, as converted for Human).
 */
export function decode(raw: RawFaces, index: number, minScore: number): Detection[] {
  const limit = Math.log(minScore / (1 - minScore))
  const detections: Detection[] = []
  const heads = [
    { scores: raw.scores512, boxes: raw.boxes512 },
    { scores: raw.scores384, boxes: raw.boxes384 },
  ]
  for (const [head, { scores, boxes }] of heads.entries()) {
    const { rows, anchors } = HEADS[head] ?? { rows: 0, anchors: new Float32Array() }
    for (let row = 0; row < rows; row++) {
      const logit = scores[index * rows + row] ?? Number.NEGATIVE_INFINITY
      if (!(logit >= limit)) continue
      const at = (index * rows + row) * VALUES
      const cell = { x: anchors[row * 2] ?? 0, y: anchors[row * 2 + 1] ?? 0 }
      const pair = (n: number): Point => ({ x: cell.x + (boxes[at + n] ?? 0), y: cell.y + (boxes[at + n + 1] ?? 0) })
      const centre = pair(0)
      const [width, height] = [boxes[at + 2] ?? 0, boxes[at + 3] ?? 0]
      if (!(width > 0 && height > 0)) continue
      detections.push({
        box: { x: centre.x - width / 2, y: centre.y - height / 2, width, height },
        score: 1 / (1 + Math.exp(-logit)),
        points: Array.from({ length: POINTS }, (_, n) => pair(4 + n * 2)),
      })
    }
  }
  return detections
}
