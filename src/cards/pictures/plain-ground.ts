import type { Rgb } from '../colour/colour.js'
import type { Pixels } from './pixels.js'

/** How far a channel may be from the ground's colour and still be ground; JPEG leaves such traces. */
const TOLERANCE = 26
/** Enclosed ground up to this share of the picture is a hole, such as the inside of an "o"; more is a white face. */
const LARGEST_HOLE = 0.04
/** Pixels at the border of a shape that are a blend of it and the ground. */
const FRINGE = 3

const OUTSIDE = 1
const KEPT = 2

/** Makes the plain ground around a logo transparent, as if it had been exported without one. */
export function removeGround(pixels: Pixels, ground: Rgb): Pixels {
  const { width, height, data } = pixels
  const marks = markGround(pixels, ground)
  const result = Uint8Array.from(data)
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (marks[pixel] === OUTSIDE) result[pixel * 4 + 3] = 0
      else if (touches(marks, width, height, x, y)) unblend(pixels, ground, x, y, result)
    }
  }
  return { width, height, data: result }
}

function distance(data: Uint8Array, pixel: number, ground: Rgb): number {
  const at = pixel * 4
  return Math.max(
    Math.abs((data[at] ?? 0) - ground[0]),
    Math.abs((data[at + 1] ?? 0) - ground[1]),
    Math.abs((data[at + 2] ?? 0) - ground[2]),
  )
}

/** Marks the pixels of the ground that is around the logo and in small holes. */
function markGround({ width, height, data }: Pixels, ground: Rgb): Uint8Array {
  const marks = new Uint8Array(width * height)
  const queue = new Int32Array(width * height)
  const isGround = (pixel: number) => distance(data, pixel, ground) <= TOLERANCE
  for (let first = 0; first < marks.length; first++) {
    if (marks[first] !== 0 || !isGround(first)) continue
    // One connected area of ground colour.
    let [end, atEdge] = [1, false]
    queue[0] = first
    marks[first] = KEPT
    for (let next = 0; next < end; next++) {
      const pixel = queue[next] ?? 0
      const x = pixel % width
      atEdge ||= x === 0 || x === width - 1 || pixel < width || pixel >= width * (height - 1)
      const around = [x > 0 ? pixel - 1 : -1, x < width - 1 ? pixel + 1 : -1, pixel - width, pixel + width]
      for (const other of around) {
        if (other < 0 || other >= marks.length || marks[other] !== 0 || !isGround(other)) continue
        marks[other] = KEPT
        queue[end++] = other
      }
    }
    if (!atEdge && end > marks.length * LARGEST_HOLE) continue
    for (let next = 0; next < end; next++) marks[queue[next] ?? 0] = OUTSIDE
  }
  return marks
}

function touches(marks: Uint8Array, width: number, height: number, x: number, y: number): boolean {
  for (let dy = -FRINGE; dy <= FRINGE; dy++) {
    for (let dx = -FRINGE; dx <= FRINGE; dx++) {
      const [nx, ny] = [x + dx, y + dy]
      if (nx >= 0 && ny >= 0 && nx < width && ny < height && marks[ny * width + nx] === OUTSIDE) return true
    }
  }
  return false
}

/** A pixel between shape and ground becomes the shape's colour, as opaque as it is far from the ground's. */
function unblend({ width, height, data }: Pixels, ground: Rgb, x: number, y: number, result: Uint8Array): void {
  const pixel = y * width + x
  let [shape, most] = [pixel, distance(data, pixel, ground)]
  for (let dy = -FRINGE; dy <= FRINGE; dy++) {
    for (let dx = -FRINGE; dx <= FRINGE; dx++) {
      const [nx, ny] = [x + dx, y + dy]
      if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
      const far = distance(data, ny * width + nx, ground)
      if (far > most) [shape, most] = [ny * width + nx, far]
    }
  }
  if (most === 0) return
  for (let index = 0; index < 3; index++) result[pixel * 4 + index] = data[shape * 4 + index] ?? 0
  result[pixel * 4 + 3] = Math.round((255 * distance(data, pixel, ground)) / most)
}
