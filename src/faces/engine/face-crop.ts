import { type Affine, squareAround } from '../picture/warp.js'
import type { FivePoints, Point } from '../types.js'

/** A square around a face, turned with it. */
export interface FaceSquare {
  readonly centre: Point
  /** Side, in pixels of the photo. */
  readonly size: number
  /** Radians, clockwise in the photo. */
  readonly angle: number
}

/**
 * The square that the recognition network sees, from the five points: upright, and as wide as `times` the distance between
 * the eyes, or between eyes and mouth where that is more (of a face seen from the side the eyes lie close together).
 * The points tell the size of a head more steadily than the detector's box does.
 */
export function faceSquare(points: FivePoints, times: number): FaceSquare {
  const [leftEye, rightEye, , leftMouth, rightMouth] = points
  const eyes = between(leftEye, rightEye)
  const mouth = between(leftMouth, rightMouth)
  const unit = Math.max(distance(leftEye, rightEye), distance(eyes, mouth) * 0.95)
  const angle = Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x)
  return { centre: between(eyes, mouth), size: Math.max(1, unit * times), angle }
}

export function mapOf({ centre, size, angle }: FaceSquare, side: number): Affine {
  return squareAround(centre, size, angle, side)
}

export const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
