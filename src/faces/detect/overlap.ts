import type { Box, Point } from '../types.js'

export const areaOf = ({ width, height }: Box): number => Math.max(0, width) * Math.max(0, height)

export function shared(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Shared area over the area of both together, 0 to 1. */
export function iou(a: Box, b: Box): number {
  const both = shared(a, b)
  const all = areaOf(a) + areaOf(b) - both
  return all > 0 ? both / all : 0
}

/** Shared area over the smaller one's area, 0 to 1: 1 when one lies in the other. */
export function overSmaller(a: Box, b: Box): number {
  const least = Math.min(areaOf(a), areaOf(b))
  return least > 0 ? shared(a, b) / least : 0
}

interface Scored {
  readonly box: Box
  readonly score: number
  readonly points: readonly Point[]
}

/** Boxes that share this much with the best one are the same face and are averaged (MediaPipe: 0.3). */
const SAME_IOU = 0.3
/** A box that lies so far within a better one, or holds so much of it, is a part of that face and is dropped. */
const PART = 0.65

/**
 * Non-maximum suppression that averages, weighted by score, what the network says several times of one face: steadier
 * boxes and points than the best row alone. Best first. What is dropped never comes back: every two results overlap by
 * less than both limits, unless averaging moved them.
 */
export function mergeSame<T extends Scored>(found: readonly T[]): T[] {
  let rest = found.toSorted((a, b) => b.score - a.score)
  const merged: T[] = []
  for (let best = rest[0]; best !== undefined; best = rest[0]) {
    const { box } = best
    const group: T[] = []
    const others: T[] = []
    for (const one of rest) {
      if (one === best || iou(one.box, box) >= SAME_IOU) group.push(one)
      else if (overSmaller(one.box, box) < PART) others.push(one)
    }
    merged.push(average(best, group))
    rest = others
  }
  return merged
}

function average<T extends Scored>(best: T, group: readonly T[]): T {
  if (group.length === 1) return best
  const total = group.reduce((sum, { score }) => sum + score, 0)
  const mean = (value: (one: T) => number): number =>
    group.reduce((sum, one) => sum + value(one) * (total > 0 ? one.score / total : 1 / group.length), 0)
  const box: Box = {
    x: mean((one) => one.box.x),
    y: mean((one) => one.box.y),
    width: mean((one) => one.box.width),
    height: mean((one) => one.box.height),
  }
  const points = best.points.map((_, n) => ({
    x: mean((one) => one.points[n]?.x ?? 0),
    y: mean((one) => one.points[n]?.y ?? 0),
  }))
  return { ...best, box, points }
}
