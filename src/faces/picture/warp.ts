import type { Point } from '../types.js'
import type { Pyramid } from './pyramid.js'

/**
 * Maps pixels of a small picture to places in the photo: x' = a·x + b·y + tx, y' = c·x + d·y + ty. Pixels are meant by
 * their centres: pixel (0, 0) is the place (0.5, 0.5).
 */
export interface Affine {
  readonly a: number
  readonly b: number
  readonly tx: number
  readonly c: number
  readonly d: number
  readonly ty: number
}

/** Where a place of the small picture lies in the photo. */
export function place({ a, b, tx, c, d, ty }: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + tx, y: c * x + d * y + ty }
}

/** The other way: photo to small picture. */
export function inverse({ a, b, tx, c, d, ty }: Affine): Affine {
  const det = a * d - b * c
  if (Math.abs(det) < 1e-12) throw new Error('this transformation cannot be undone')
  const [ia, ib, ic, id] = [d / det, -b / det, -c / det, a / det]
  return { a: ia, b: ib, tx: -(ia * tx + ib * ty), c: ic, d: id, ty: -(ic * tx + id * ty) }
}

/**
 * A square picture of `side` pixels that shows the square of the photo around `centre` with sides of `size` pixels, turned
 * by `angle` radians (clockwise in the photo: a face that leans to its right shoulder's side by `angle` comes out upright).
 */
export function squareAround(centre: Point, size: number, angle: number, side: number): Affine {
  const step = size / side
  const [cos, sin] = [Math.cos(angle) * step, Math.sin(angle) * step]
  const half = side / 2
  return {
    a: cos,
    b: -sin,
    tx: centre.x - cos * half + sin * half,
    c: sin,
    d: cos,
    ty: centre.y - sin * half - cos * half,
  }
}

/** How colours become numbers of an input: (value − mean) × scale for each channel, in this order. */
export interface Ink {
  readonly order: 'rgb' | 'bgr'
  /** Of the channels in that order, 0 to 255. */
  readonly mean: readonly [number, number, number]
  readonly scale: readonly [number, number, number]
}

export const INKS = {
  /** 0 to 255. */
  plain: { order: 'rgb', mean: [0, 0, 0], scale: [1, 1, 1] },
  /** 0 to 1. */
  unit: { order: 'rgb', mean: [0, 0, 0], scale: [1 / 255, 1 / 255, 1 / 255] },
  /** -1 to 1. */
  signed: { order: 'rgb', mean: [127.5, 127.5, 127.5], scale: [1 / 127.5, 1 / 127.5, 1 / 127.5] },
} as const satisfies Record<string, Ink>

export interface WarpTarget {
  readonly width: number
  readonly height: number
  /** Channels last. Written from `offset`. */
  readonly into: Float32Array
  readonly offset?: number
  readonly ink: Ink
  /** What stands outside the photo: black, or the photo's nearest pixel. */
  readonly outside?: 'black' | 'edge'
}

/** Draws part of a photo, bilinear, from the level of the pyramid that neither skips pixels nor blurs. */
export function warp(pyramid: Pyramid, map: Affine, target: WarpTarget): void {
  const step = Math.sqrt(Math.abs(map.a * map.d - map.b * map.c))
  const level = pyramid.levelFor(step)
  const { width: w, height: h, data } = pyramid.level(level)
  // Halves drop an odd last row or column; what is left keeps its place.
  const shrink = 1 / 2 ** level
  const { width, height, into, ink, outside = 'black' } = target
  const [m0, m1, m2] = ink.mean
  const [s0, s1, s2] = ink.scale
  const [first, last] = ink.order === 'rgb' ? [0, 2] : [2, 0]
  const [stepX, stepY] = [map.a * shrink, map.c * shrink]
  const edge = outside === 'edge'
  const row = w * 3
  let to = target.offset ?? 0
  for (let v = 0; v < height; v++) {
    let x = (map.a * 0.5 + map.b * (v + 0.5) + map.tx) * shrink - 0.5
    let y = (map.c * 0.5 + map.d * (v + 0.5) + map.ty) * shrink - 0.5
    for (let u = 0; u < width; u++, x += stepX, y += stepY, to += 3) {
      let px = x
      let py = y
      let right = 3
      let below = row
      if (!(px >= 0 && py >= 0 && px < w - 1 && py < h - 1)) {
        // Half a pixel beyond the last centres still belongs to the photo.
        if (!edge && (px < -0.5 || py < -0.5 || px > w - 0.5 || py > h - 0.5)) {
          into[to] = -m0 * s0
          into[to + 1] = -m1 * s1
          into[to + 2] = -m2 * s2
          continue
        }
        px = px < 0 ? 0 : px > w - 1 ? w - 1 : px
        py = py < 0 ? 0 : py > h - 1 ? h - 1 : py
        if (px >= w - 1) right = 0
        if (py >= h - 1) below = 0
      }
      const x0 = px | 0
      const y0 = py | 0
      const fx = px - x0
      const fy = py - y0
      const at = y0 * row + x0 * 3
      const at01 = at + below
      const w11 = fx * fy
      const w10 = fx - w11
      const w01 = fy - w11
      const w00 = 1 - fx - w01
      const a = at + first
      const b = at01 + first
      const c = at + last
      const d = at01 + last
      into[to] = (data[a]! * w00 + data[a + right]! * w10 + data[b]! * w01 + data[b + right]! * w11 - m0) * s0
      into[to + 1] =
        (data[at + 1]! * w00 +
          data[at + 1 + right]! * w10 +
          data[at01 + 1]! * w01 +
          data[at01 + 1 + right]! * w11 -
          m1) *
        s1
      into[to + 2] = (data[c]! * w00 + data[c + right]! * w10 + data[d]! * w01 + data[d + right]! * w11 - m2) * s2
    }
  }
}
