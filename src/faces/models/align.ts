import { type Affine, inverse } from '../picture/warp.js'
import type { Box, FivePoints, Point } from '../types.js'
import type { Recipe } from './recipe.js'

/**
 * Where the five points lie in a 112 × 112 picture, (0, 0) being the centre of its first pixel. Published with ArcFace
 * (insightface/utils/face_align.py) and used by OpenCV for SFace as well.
 */
const TEMPLATE: readonly (readonly [number, number])[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
]
const TEMPLATE_SIDE = 112

/** Maps the input of a model to the photo. */
export function alignment({ input, align }: Recipe, face: { readonly points: FivePoints; readonly box: Box }): Affine {
  if (typeof align === 'object' && 'box' in align) return boxAlignment(face.box, align.box.margin, input)
  const template =
    typeof align === 'object'
      ? align.points.map(([x, y]) => ({ x: x + 0.5, y: y + 0.5 }))
      : TEMPLATE.map(([x, y]) => ({
          x: ((x + 0.5) * input.width) / TEMPLATE_SIDE,
          y: ((y + 0.5) * input.height) / TEMPLATE_SIDE,
        }))
  return inverse(similarityTransform(face.points, template))
}

/**
 * The rotation, scale and shift that bring `from` closest to `to` (least squares, no reflection).
 * Source: Umeyama, Least-squares estimation of transformation parameters between two point patterns, 1991; in the plane
 * its solution is this sum.
 */
export function similarityTransform(from: readonly Point[], to: readonly Point[]): Affine {
  const [p, q] = [centreOf(from), centreOf(to)]
  let [along, across, spread] = [0, 0, 0]
  for (const [index, { x, y }] of from.entries()) {
    const target = to[index] ?? q
    const [px, py, qx, qy] = [x - p.x, y - p.y, target.x - q.x, target.y - q.y]
    along += px * qx + py * qy
    across += px * qy - py * qx
    spread += px * px + py * py
  }
  // Points that all lie in one place give no direction: upright, of unit size.
  const [a, c] = spread > 0 && (along !== 0 || across !== 0) ? [along / spread, across / spread] : [1, 0]
  return { a, b: -c, tx: q.x - a * p.x + c * p.y, c, d: a, ty: q.y - c * p.x - a * p.y }
}

function boxAlignment(box: Box, margin: number, { width, height }: Recipe['input']): Affine {
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  // As many pixels of the photo in each direction as the longer side of the box needs.
  const side = Math.max(box.width, box.height, 1) * (1 + 2 * margin)
  const step = side / Math.min(width, height)
  return { a: step, b: 0, tx: centre.x - (step * width) / 2, c: 0, d: step, ty: centre.y - (step * height) / 2 }
}

function centreOf(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 })
  return { x: sum.x / points.length, y: sum.y / points.length }
}
