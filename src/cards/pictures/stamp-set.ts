import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { parseColour, toHex } from '../colour/colour.js'
import type { Design } from '../design/design.js'

/** Raised whenever the drawing changes, so that pictures drawn by an older Tessera are not taken for the new ones. */
const DRAWING_VERSION = 1

/** Everything the drawing of a design's stamp strips depends on. */
export interface StampSet {
  readonly field: string
  readonly total: number
  readonly shape: string
  readonly reward: string
  readonly perRow: number | undefined
  readonly background: string
  readonly stamp: string
  readonly symbol: string
  readonly empty: string
}

/** The picture names at their scales; the numbers are pixels per point. */
export const STRIP_SCALES = [
  ['strip.png', 1],
  ['strip@2x.png', 2],
  ['strip@3x.png', 3],
] as const

/** What the strips of a stamp design look like; undefined for designs without stamps. */
export function stampSetOf(design: Pick<Design, 'config' | 'passJson'>): StampSet | undefined {
  const { stamps } = design.config
  if (stamps === undefined) return undefined
  const { field, total, shape, reward, perRow, colors } = stamps
  const background = colors.background ?? passColour(design, 'backgroundColor') ?? '#ffffff'
  const foreground = passColour(design, 'foregroundColor') ?? '#000000'
  return {
    field,
    total,
    shape,
    reward,
    perRow,
    background,
    stamp: colors.stamp ?? foreground,
    symbol: colors.symbol ?? background,
    empty: colors.empty ?? passColour(design, 'labelColor') ?? foreground,
  }
}

/** The folder of one state's pictures: `<cacheDir>/<hash of all inputs>/stamps=3`. */
export function stampFolder(cacheDir: string, set: StampSet, variant: string): string {
  const { field: _, ...drawn } = set
  const hash = createHash('sha256')
    .update(JSON.stringify([DRAWING_VERSION, drawn]))
    .digest('hex')
    .slice(0, 32)
  return join(cacheDir, hash, variant)
}

export function stampVariant(count: number): string {
  return `stamps=${count}`
}

/** A colour of pass.json as `#rrggbb`. */
function passColour(design: Pick<Design, 'passJson'>, key: string): string | undefined {
  const colour = parseColour(design.passJson[key])
  return colour === undefined ? undefined : toHex(colour)
}
