import { areaOf, shared } from '../detect/overlap.js'
import type { FoundFace } from '../detect/types.js'
import type { Pyramid } from '../picture/pyramid.js'
import { INKS, squareAround, warp } from '../picture/warp.js'
import type { FivePoints, Point, Quality, QualityReason } from '../types.js'

/** Side of the grey picture that sharpness and brightness are measured on. */
const SIDE = 112
/** The square around the face, in distances between the eyes (or 0.95 of eyes to mouth, where that is more). */
const SQUARE = 2.6

/** When a reason is given. Changing one changes what the words mean to users: docs/faces/detection.md. */
export const LIMITS = {
  /** Pixels between the eyes below which little is left to be recognised (ISO/IEC 19794-5 wants 90, ICAO 60). */
  tooSmall: 16,
  small: 32,
  /** Variance of the Laplacian. */
  blurred: 40,
  dark: 50,
  bright: 205,
  yaw: 45,
  pitch: 30,
  score: 0.75,
  /** Share of the face that lies outside the photo. */
  cutOff: 0.04,
} as const

/**
 * How well a face can be recognised by, before it is: each component rises from 0 to 1 over a range, the score is their
 * geometric mean weighted by how much each costs recognition, so that one bad component spoils it (the idea of
 * ISO/IEC 29794-5's component measures, of which these are the simplest).
 */
export function assessQuality(pyramid: Pyramid, face: FoundFace): Quality {
  const { points, pose, score, meshScore, box } = face
  const { sharpness, brightness } = measure(pyramid, face)
  const apart = eyeUnit(points)
  const outside = 1 - shared(box, { x: 0, y: 0, ...sides(pyramid) }) / (areaOf(box) || 1)
  const certain = score * meshScore
  const reasons: QualityReason[] = []
  if (apart < LIMITS.tooSmall) reasons.push('too-small')
  else if (apart < LIMITS.small) reasons.push('small')
  if (sharpness < LIMITS.blurred) reasons.push('blurred')
  if (brightness < LIMITS.dark) reasons.push('dark')
  if (brightness > LIMITS.bright) reasons.push('bright')
  if (Math.abs(pose.yaw) > LIMITS.yaw || Math.abs(pose.pitch) > LIMITS.pitch) reasons.push('turned-away')
  if (certain < LIMITS.score) reasons.push('uncertain')
  if (outside > LIMITS.cutOff) reasons.push('cut-off')
  const components: readonly (readonly [value: number, weight: number])[] = [
    [ramp(apart, 6, 60), 0.3],
    [ramp(Math.log2(1 + sharpness), Math.log2(5), Math.log2(301)), 0.2],
    [Math.min(ramp(brightness, 15, 80), ramp(255 - brightness, 10, 60)), 0.1],
    [Math.cos((Math.min(90, Math.hypot(pose.yaw, pose.pitch)) * Math.PI) / 180), 0.25],
    [ramp(certain, 0.3, 0.9), 0.1],
    [ramp(1 - outside, 0.5, 1), 0.05],
  ]
  const total = components.reduce((sum, [, weight]) => sum + weight, 0)
  const log = components.reduce((sum, [value, weight]) => sum + weight * Math.log(Math.max(0.01, value)), 0)
  return {
    score: round(Math.exp(log / total), 3),
    reasons,
    sharpness: round(sharpness, 1),
    brightness: round(brightness, 1),
  }
}

/** 0 below `from`, 1 above `to`. */
const ramp = (value: number, from: number, to: number): number => Math.min(1, Math.max(0, (value - from) / (to - from)))
const round = (value: number, digits: number): number => Number(value.toFixed(digits))
const sides = ({ photo: { width, height } }: Pyramid) => ({ width, height })
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const apartOf = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Pixels between the eyes; of a face seen from the side, what they would be from the front. */
function eyeUnit([left, right, , mouthLeft, mouthRight]: FivePoints): number {
  return Math.max(apartOf(left, right), 0.95 * apartOf(middle(left, right), middle(mouthLeft, mouthRight)))
}

/** Sharpness and brightness of the upright grey face, leaving out what lies outside the photo. */
function measure(pyramid: Pyramid, { points, angle }: FoundFace): { sharpness: number; brightness: number } {
  const centre = middle(middle(points[0], points[1]), middle(points[3], points[4]))
  const rgb = new Float32Array(SIDE * SIDE * 3)
  const size = Math.max(1, eyeUnit(points) * SQUARE)
  const target = { width: SIDE, height: SIDE, into: rgb, ink: INKS.plain, outside: 'edge' } as const
  warp(pyramid, squareAround(centre, size, angle, SIDE), target)
  const grey = new Float32Array(SIDE * SIDE)
  for (let at = 0; at < grey.length; at++)
    grey[at] = 0.299 * (rgb[at * 3] ?? 0) + 0.587 * (rgb[at * 3 + 1] ?? 0) + 0.114 * (rgb[at * 3 + 2] ?? 0)
  let [sum, squares, brightness, count] = [0, 0, 0, 0]
  for (let y = 1; y < SIDE - 1; y++)
    for (let x = 1; x < SIDE - 1; x++) {
      // Hair and background in the corners say nothing about the face.
      if ((x - SIDE / 2) ** 2 + (y - SIDE / 2) ** 2 > (SIDE / 2) ** 2) continue
      const at = y * SIDE + x
      const here = grey[at] ?? 0
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - SIDE] ?? 0) + (grey[at + SIDE] ?? 0)
      const laplacian = around - 4 * here
      sum += laplacian
      squares += laplacian * laplacian
      brightness += here
      count++
    }
  return { sharpness: Math.max(0, squares / count - (sum / count) ** 2), brightness: brightness / count }
}
