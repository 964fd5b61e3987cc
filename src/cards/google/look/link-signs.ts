import type { Rgb } from '../../colour/colour.js'
import type { LayoutBox } from '../../preview/layout-types.js'

interface Place {
  readonly x: number
  readonly y: number
  /** Of the round ground. */
  readonly size: number
  readonly ground: Rgb
  readonly colour: Rgb
}

/** What kind of link it is, as a sign on a round ground: a letter, a telephone or a globe. */
export function linkSign(uri: string, { x, y, size, ground, colour }: Place): LayoutBox[] {
  const rect = { x, y, width: size, height: size }
  const [cx, cy] = [x + size / 2, y + size / 2]
  const scheme = /^[a-z]+/i.exec(uri)?.[0].toLowerCase()
  const path = scheme === 'mailto' ? letter(cx, cy) : scheme === 'tel' ? telephone(cx, cy) : globe(cx, cy)
  return [
    { kind: 'shape', role: 'linkGround', rect, fill: ground, radius: size / 2 },
    {
      kind: 'shape',
      role: `sign-${scheme === 'mailto' || scheme === 'tel' ? scheme : 'web'}`,
      rect,
      path,
      stroke: colour,
    },
  ]
}

function letter(x: number, y: number): string {
  return `M${x - 8} ${y - 6}h16v12h-16zM${x - 8} ${y - 6}l8 7 8 -7`
}

function telephone(x: number, y: number): string {
  return `M${x - 3.5} ${y - 8.5}h7a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1 -1.5 1.5h-7a1.5 1.5 0 0 1 -1.5 -1.5v-14a1.5 1.5 0 0 1 1.5 -1.5zM${x - 1.5} ${y + 6}h3`
}

function globe(x: number, y: number): string {
  const circle = (rx: number) => `M${x - rx} ${y}a${rx} 8 0 1 0 ${2 * rx} 0a${rx} 8 0 1 0 ${-2 * rx} 0z`
  return `${circle(8)}${circle(3.6)}M${x - 8} ${y}h16`
}
