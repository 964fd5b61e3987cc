import { contrast, type Rgb } from '../colour/colour.js'
import { fromOklab, type Oklab, oklabDistance, toOklab } from '../colour/oklab.js'
import type { Pixels } from '../pictures/pixels.js'
import type { Logo } from '../pictures/prepare-logo.js'

/** A colour of a picture and the share of its visible pixels that have it, 0…1. */
export interface PaletteColour {
  readonly colour: Rgb
  readonly lab: Oklab
  readonly share: number
}

interface Point {
  readonly lab: Oklab
  readonly weight: number
}

const MOST_SAMPLES = 60_000
const MOST_COLOURS = 6
const ROUNDS = 10
/** Colours nearer than this are shades of one. */
const SAME = 0.07
const LEAST_DRAWN = 0.02

/**
 * The colours that a picture is made of, the most frequent first: k-means in OKLab over its opaque pixels, beginning
 * from the colours that are farthest apart. The same picture always gives the same colours.
 */
export function paletteOf(pixels: Pixels): PaletteColour[] {
  const points = countColours(pixels)
  const total = points.reduce((sum, { weight }) => sum + weight, 0)
  let centres = startCentres(points)
  for (let round = 0; round < ROUNDS; round++) {
    centres = clusters(points, centres).map((cluster) => mean(cluster))
  }
  const found = clusters(points, centres).map((cluster) => ({
    lab: mean(cluster),
    share: cluster.reduce((sum, { weight }) => sum + weight, 0) / total,
  }))
  return merge(found)
    .map(({ lab, share }) => ({ colour: fromOklab(lab), lab, share }))
    .sort((a, b) => b.share - a.share)
}

/**
 * The colours that a logo is recognised by. What is left of the ground that was around it, such as the inside of a
 * ring, is not: a card on which only that is seen does not show the logo.
 */
export function logoPalette({ pixels, ground }: Pick<Logo, 'pixels' | 'ground'>): PaletteColour[] {
  const palette = paletteOf(pixels)
  if (ground === undefined) return palette
  const left = toOklab(ground)
  const drawn = palette.filter(({ lab }) => oklabDistance(lab, left) >= SAME)
  const total = drawn.reduce((sum, { share }) => sum + share, 0)
  // A few pixels of edges are no drawing.
  return total < LEAST_DRAWN ? palette : drawn.map((entry) => ({ ...entry, share: entry.share / total }))
}

/** How well something with these colours is seen on a background. */
export function visibility(
  palette: readonly PaletteColour[],
  background: Rgb,
): { readonly share: number; readonly contrast: number } {
  const seen = palette
    .map(({ colour, share }) => ({ share, contrast: contrast(colour, background) }))
    .sort((a, b) => a.contrast - b.contrast)
  let passed = 0
  const median = seen.find((entry) => {
    passed += entry.share
    return passed >= 0.5
  })
  return {
    /**
     * Of its area, 0…1: what has a contrast of 3 counts whole (WCAG 2.2, 1.4.11), what has less counts less, and what
     * has hardly any, which would vanish, not at all.
     */
    share: seen.reduce((sum, entry) => sum + entry.share * Math.min(1, Math.max(0, (entry.contrast - 1.2) / 1.8)), 0),
    contrast: median?.contrast ?? 1,
  }
}

/** Colours by 5 bits a channel, so that a picture of any size is a few thousand points. */
function countColours({ width, height, data }: Pixels): Point[] {
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / MOST_SAMPLES)))
  const bins = new Map<number, [red: number, green: number, blue: number, count: number]>()
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 4
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4)
      // Half-transparent pixels are edges, whose colour is a blend.
      if (alpha < 160) continue
      const key = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)
      const bin = bins.get(key) ?? [0, 0, 0, 0]
      bins.set(key, [bin[0] + red, bin[1] + green, bin[2] + blue, bin[3] + 1])
    }
  }
  return [...bins.values()].map(([red, green, blue, count]) => ({
    lab: toOklab([red / count, green / count, blue / count]),
    weight: count,
  }))
}

/** The most frequent colour, then always the one that is frequent and far from those taken already. */
function startCentres(points: readonly Point[]): Oklab[] {
  const centres: Oklab[] = []
  const apart = points.map(() => 1)
  while (centres.length < Math.min(MOST_COLOURS, points.length)) {
    let best = 0
    for (let index = 1; index < points.length; index++) {
      if (rank(points[index], apart[index]) > rank(points[best], apart[best])) best = index
    }
    const centre = points[best]?.lab
    if (centre === undefined || (apart[best] ?? 0) === 0) break
    centres.push(centre)
    points.forEach(({ lab }, index) => {
      apart[index] = Math.min(apart[index] ?? 0, oklabDistance(lab, centre))
    })
  }
  return centres
}

function rank(point: Point | undefined, apart: number | undefined): number {
  return (point?.weight ?? 0) * (apart ?? 0) ** 2
}

function clusters(points: readonly Point[], centres: readonly Oklab[]): Point[][] {
  const found: Point[][] = centres.map(() => [])
  for (const point of points) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY]
    centres.forEach((centre, index) => {
      const far = oklabDistance(point.lab, centre)
      if (far < least) [nearest, least] = [index, far]
    })
    found[nearest]?.push(point)
  }
  return found.filter((cluster) => cluster.length > 0)
}

function mean(points: readonly Point[]): Oklab {
  const total = points.reduce((sum, { weight }) => sum + weight, 0)
  const of = (axis: 0 | 1 | 2) => points.reduce((sum, { lab, weight }) => sum + lab[axis] * weight, 0) / total
  return [of(0), of(1), of(2)]
}

function merge(found: readonly { lab: Oklab; share: number }[]): { lab: Oklab; share: number }[] {
  const merged: { lab: Oklab; share: number }[] = []
  for (const entry of [...found].sort((a, b) => b.share - a.share)) {
    const near = merged.findIndex(({ lab }) => oklabDistance(lab, entry.lab) < SAME)
    const other = merged[near]
    // The more frequent one keeps its colour: the rest are its edges and the traces of compression.
    if (other === undefined) merged.push(entry)
    else merged[near] = { lab: other.lab, share: other.share + entry.share }
  }
  return merged
}
