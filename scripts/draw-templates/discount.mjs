// Vermilion: the sign for per cent, taken apart into two discs and a bar and cut by the edges.
import { disc, ground, icon, logo, polygon, ring, strip } from './svg.mjs'

const VERMILION = '#b83224'
const DEEP = '#a0281c'
const CORAL = '#de5c46'
const PEACH = '#ffc7ab'
const CREAM = '#fff1e4'

export const pictures = {
  icon: icon(ground(VERMILION), mark(19, 19, 0.62)),
  logo: logo(disc(22, 22, 21.5, CREAM), mark(22, 22, 0.66, { light: VERMILION, bar: VERMILION })),
  strip: strip([
    ground(VERMILION),
    // The faint copy behind gives depth and carries the drawing into the calm half.
    disc(196, 10, 74, DEEP),
    bar({ x: 318, y: 61, width: 34, colour: DEEP }),
    disc(237, 28, 46, CORAL),
    disc(237, 28, 22, VERMILION),
    bar({ x: 277, y: 61, width: 22, colour: CREAM }),
    disc(330, 98, 58, PEACH),
    disc(330, 98, 27, VERMILION),
    ring(330, 98, 41, VERMILION, 2.5),
  ]),
}

/** A slanting bar through the point, from the upper to the lower edge of the strip and beyond. */
function bar({ x, y, width, colour }) {
  const [half, lean] = [width / 2, 58]
  return polygon(
    [
      [x + lean - half, y - 90],
      [x + lean + half, y - 90],
      [x - lean + half, y + 90],
      [x - lean - half, y + 90],
    ],
    colour,
  )
}

function mark(x, y, size, { light = CREAM, bar: barColour = PEACH } = {}) {
  return [
    ring(x - 11 * size, y - 10 * size, 6.5 * size, light, 4.6 * size),
    ring(x + 11 * size, y + 10 * size, 6.5 * size, light, 4.6 * size),
    polygon(
      [
        [x + 8 * size, y - 19 * size],
        [x + 13.5 * size, y - 19 * size],
        [x - 8 * size, y + 19 * size],
        [x - 13.5 * size, y + 19 * size],
      ],
      barColour,
    ),
  ].join('')
}
