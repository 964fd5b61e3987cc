import type { Pixels } from './types.js'

type Colour = readonly [red: number, green: number, blue: number]

/** A picture of few colours. */
export interface PalettePicture {
  readonly width: number
  readonly height: number
  readonly colours: readonly Colour[]
  /** The colour of each pixel. */
  readonly indexes: Uint8Array
}

interface Cell extends Record<'red' | 'green' | 'blue' | 'count', number> {
  readonly key: number
}

/** Colours are told apart to 5 bits a channel, more than an eye sees in a small picture. */
const BITS = 5
const keyOf = (red: number, green: number, blue: number): number =>
  ((red >> (8 - BITS)) << (2 * BITS)) | ((green >> (8 - BITS)) << BITS) | (blue >> (8 - BITS))

/**
 * Reduces a picture to at most `most` colours (256 at most) by median cut: the box of colours that varies most is cut in
 * two until there are enough. Pictures that have no more than that keep theirs.
 */
export function toPalette({ width, height, rgb }: Pixels, most = 256): PalettePicture {
  const cells = new Map<number, Cell>()
  for (let at = 0; at < rgb.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]]
    const key = keyOf(red, green, blue)
    let cell = cells.get(key)
    if (cell === undefined) {
      cell = { key, red: 0, green: 0, blue: 0, count: 0 }
      cells.set(key, cell)
    }
    cell.red += red
    cell.green += green
    cell.blue += blue
    cell.count++
  }
  const boxes = cutBoxes([...cells.values()], most)
  const indexOf = new Uint8Array(1 << (3 * BITS))
  boxes.forEach((box, index) => {
    for (const { key } of box) indexOf[key] = index
  })
  const indexes = new Uint8Array(width * height)
  for (let pixel = 0, at = 0; pixel < indexes.length; pixel++, at += 3) {
    indexes[pixel] = indexOf[keyOf(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0)] ?? 0
  }
  return { width, height, colours: boxes.map(average), indexes }
}

function cutBoxes(all: readonly Cell[], most: number): Cell[][] {
  const boxes = [{ cells: [...all], ...spread(all) }]
  while (boxes.length < most) {
    let widest = boxes[0]
    for (const box of boxes) if (box.weight > (widest?.weight ?? 0)) widest = box
    if (widest === undefined || widest.weight === 0) break
    const { cells, channel } = widest
    cells.sort((a, b) => a[channel] / a.count - b[channel] / b.count)
    const half = cells.reduce((sum, { count }) => sum + count, 0) / 2
    let [cut, passed] = [1, cells[0]?.count ?? 0]
    while (cut < cells.length - 1 && passed < half) passed += cells[cut++]?.count ?? 0
    const right = cells.splice(cut)
    Object.assign(widest, spread(cells))
    boxes.push({ cells: right, ...spread(right) })
  }
  return boxes.filter(({ cells }) => cells.length > 0).map(({ cells }) => cells)
}

/** The channel that varies most, and how much cutting there would help: 0 when there is nothing to cut. */
function spread(cells: readonly Cell[]): { channel: 'red' | 'green' | 'blue'; weight: number } {
  let best: { channel: 'red' | 'green' | 'blue'; range: number } = { channel: 'green', range: 0 }
  let pixels = 0
  for (const { count } of cells) pixels += count
  for (const channel of ['green', 'red', 'blue'] as const) {
    let [low, high] = [255, 0]
    for (const cell of cells) {
      const value = cell[channel] / cell.count
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    if (high - low > best.range) best = { channel, range: high - low }
  }
  // By the square of the range: a rare colour far off matters more than shades of a large plain.
  return { channel: best.channel, weight: cells.length < 2 ? 0 : best.range ** 2 * Math.sqrt(pixels) }
}

function average(cells: readonly Cell[]): Colour {
  const sum = { red: 0, green: 0, blue: 0, count: 0 }
  for (const cell of cells) for (const key of ['red', 'green', 'blue', 'count'] as const) sum[key] += cell[key]
  return [Math.round(sum.red / sum.count), Math.round(sum.green / sum.count), Math.round(sum.blue / sum.count)]
}
