import type { Rgb } from '../colour/colour.js'
import type { ShapeBox } from './layout-types.js'

export const CONTACTLESS_SIZE = 36
/** Half of the angle that the waves open to. */
const ANGLE = (42 * Math.PI) / 180
const THICKNESS = 0.11
const RADII = [0.22, 0.47, 0.72, 0.97]

/** Waves that go out to the right: the card is held to a reader. Cards with NFC and no barcode have it at the bottom. */
export function contactlessSign(middle: number, bottom: number, fill: Rgb): ShapeBox {
  const rect = {
    x: middle - CONTACTLESS_SIZE / 2,
    y: bottom - CONTACTLESS_SIZE,
    width: CONTACTLESS_SIZE,
    height: CONTACTLESS_SIZE,
  }
  const waves = RADII.map((share) =>
    wave(rect.x, rect.y + CONTACTLESS_SIZE / 2, share * CONTACTLESS_SIZE, THICKNESS * CONTACTLESS_SIZE),
  )
  return { kind: 'shape', role: 'contactless', rect, path: waves.join(''), fill }
}

/** Part of a ring around a point. */
function wave(x: number, y: number, radius: number, thickness: number): string {
  const [inner, outer] = [radius - thickness / 2, radius + thickness / 2]
  const at = (distance: number, side: 1 | -1) =>
    `${round(x + distance * Math.cos(ANGLE))} ${round(y + side * distance * Math.sin(ANGLE))}`
  return (
    `M${at(inner, -1)}A${round(inner)} ${round(inner)} 0 0 1 ${at(inner, 1)}` +
    `L${at(outer, 1)}A${round(outer)} ${round(outer)} 0 0 0 ${at(outer, -1)}Z`
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
