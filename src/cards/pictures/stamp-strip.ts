import { mixColours, parseColour, toHex } from '../colour/colour.js'
import { isShape, SHAPES } from './shapes.js'
import type { StampSet } from './stamp-set.js'

/** Points of a store card's strip. */
export const STRIP_WIDTH = 375
export const STRIP_HEIGHT = 123
const MARGIN_X = 18
const MARGIN_Y = 9

/**
 * The strip of a stamp card with some places stamped, as SVG of the given scale in pixels per point. A stamped place
 * is a full disc with the symbol, an empty one a ring with the symbol's outline in a fainter tone.
 */
export function stampStripSvg(set: StampSet, count: number, scale: number): string {
  const perRow = set.perRow ?? defaultPerRow(set.total)
  const rows = Math.ceil(set.total / perRow)
  // Whole, even distances: equal stamps then are equal bytes, which halves the PNG.
  const cellWidth = 2 * Math.floor((STRIP_WIDTH - 2 * MARGIN_X) / perRow / 2)
  const cellHeight = 2 * Math.floor((STRIP_HEIGHT - 2 * MARGIN_Y) / rows / 2)
  const radius = Math.min(Math.min(cellWidth, cellHeight) * 0.43, 30)
  const faint = mix(set.empty, set.background, 0.62)

  let places = ''
  for (let index = 0; index < set.total; index++) {
    const row = Math.floor(index / perRow)
    const inRow = Math.min(perRow, set.total - row * perRow)
    const x = Math.round(STRIP_WIDTH / 2) + ((index % perRow) - (inRow - 1) / 2) * cellWidth
    const y = Math.round(STRIP_HEIGHT / 2) + (row - (rows - 1) / 2) * cellHeight
    const isReward = index === set.total - 1 && set.reward !== 'none'
    const shape = pathOf(isReward ? set.reward : set.shape)
    const look = { x, y, radius, shape }
    places +=
      index < count
        ? place({ ...look, disc: set.stamp, symbol: set.symbol })
        : place({ ...look, ring: isReward ? set.stamp : faint, symbol: isReward ? set.stamp : faint })
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${STRIP_WIDTH * scale}" height="${STRIP_HEIGHT * scale}" ` +
    `viewBox="0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}"><rect width="100%" height="100%" fill="${set.background}"/>${places}</svg>`
  )
}

function defaultPerRow(total: number): number {
  if (total <= 6) return total
  return total <= 16 ? Math.ceil(total / 2) : Math.ceil(total / 3)
}

interface Place {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly shape: string
  readonly symbol: string
  readonly disc?: string
  readonly ring?: string
}

function place({ x, y, radius, shape, symbol, disc, ring }: Place): string {
  const width = radius * 0.075
  const circle =
    disc === undefined
      ? `<circle r="${fixed(radius - width / 2)}" fill="none" stroke="${ring}" stroke-width="${fixed(width)}"/>`
      : `<circle r="${fixed(radius)}" fill="${disc}"/>`
  const scale = fixed((radius * 1.4) / 24)
  return (
    `<g transform="translate(${fixed(x)} ${fixed(y)})">${circle}` +
    `<path transform="scale(${scale}) translate(-12 -12)" fill="${symbol}" fill-rule="evenodd" d="${shape}"/></g>`
  )
}

function pathOf(name: string): string {
  return isShape(name) ? SHAPES[name] : SHAPES.dot
}

/** A colour between two, as `#rrggbb`; a share of 1 is all of the second. */
function mix(first: string, second: string, share: number): string {
  return toHex(mixColours(parseColour(first) ?? [0, 0, 0], parseColour(second) ?? [255, 255, 255], share))
}

function fixed(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
