import type { PathCommand } from 'opentype.js'

/** Steps of a coordinate per unit: two decimals. */
const STEPS = 100

/**
 * The outline of a glyph as SVG path data relative to its origin, so that a text is put together from the same pieces
 * wherever it stands: about half as long as with absolute coordinates, and many times faster.
 *
 * @returns '' for glyphs without ink, such as the space
 */
export function relativePath(commands: readonly PathCommand[]): string {
  const parts: string[] = []
  let current: Point = [0, 0]
  let start: Point = [0, 0]
  for (const command of commands) {
    if (command.type === 'Z') {
      parts.push('z')
      current = start
      continue
    }
    const points = pointsOf(command)
    // Differences of rounded places, not rounded differences: errors do not add up.
    parts.push(command.type.toLowerCase() + numbers(points.flatMap(([x, y]) => [x - current[0], y - current[1]])))
    current = points.at(-1) ?? current
    if (command.type === 'M') start = current
  }
  return parts.join('')
}

type Point = readonly [x: number, y: number]

function pointsOf(command: Exclude<PathCommand, { type: 'Z' }>): Point[] {
  const points: Point[] = []
  if (command.type === 'C' || command.type === 'Q') points.push([steps(command.x1), steps(command.y1)])
  if (command.type === 'C') points.push([steps(command.x2), steps(command.y2)])
  return [...points, [steps(command.x), steps(command.y)]]
}

function steps(value: number): number {
  return Math.round(value * STEPS)
}

function numbers(values: readonly number[]): string {
  let text = ''
  for (const value of values) {
    const number = String(value / STEPS).replace(/^(-?)0\./, '$1.')
    text += text === '' || number.startsWith('-') ? number : ` ${number}`
  }
  return text
}
