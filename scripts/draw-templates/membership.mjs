// Black and champagne: a cut stone in a fan of rays. The poster for phones that show one, the stone alone for others.
import { around, disc, ground, icon, logo, n, picture, polygon, rect, ring, stroke } from './svg.mjs'

const BLACK = '#141317'
const COAL = '#1b1a1f'
const BRONZE = '#7d6440'
const GOLD = '#d8b87c'
const CHAMPAGNE = '#f1dfb8'

export const pictures = {
  icon: icon(ground(BLACK), stone(19, 19, 0.5)),
  logo: logo(stone(22, 22, 0.72)),
  thumbnail: picture(90, 90, [
    disc(45, 45, 45, COAL),
    ring(45, 45, 43, BRONZE, 1),
    ...rays({ x: 45, y: 45, inner: 32, outer: 40, count: 48, colour: BRONZE, width: 0.8 }),
    stone(45, 45, 0.86),
  ]),
  background: picture(
    345,
    505,
    [
      ground(BLACK),
      ...flutes(),
      // Between the header and the name, where no text lies.
      disc(172.5, 137, 56, BLACK),
      ring(172.5, 137, 56, BRONZE, 1),
      ...rays({ x: 172.5, y: 137, inner: 62, outer: 71, count: 48, colour: BRONZE, width: 1 }),
      stone(172.5, 136, 1.28),
    ],
    12,
  ),
}

/** Upright bands, narrower towards the edges as on a column; upright, since that is what a PNG keeps small. */
function flutes() {
  const bands = [0, 22, 42, 61, 78, 94, 108, 121, 133, 143, 152, 160, 167, 172.5]
  return bands.flatMap((from, index) => {
    const to = bands[index + 1]
    if (to === undefined || index % 2 === 1) return []
    return [rect(172.5 + from, 0, to - from, 505, COAL), rect(172.5 - to, 0, to - from, 505, COAL)]
  })
}

function rays({ x, y, inner, outer, count, colour, width }) {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index * 360) / count
    const end = index % 2 === 0 ? outer : (inner + outer) / 2
    const [from, to] = [around(x, y, inner, angle), around(x, y, end, angle)]
    return stroke(`M${from.map(n).join(' ')}L${to.map(n).join(' ')}`, colour, width)
  })
}

/** A brilliant seen from the side, in five tones, around the given point; 56 points wide at size 1. */
function stone(x, y, size) {
  const at = (points) => points.map(([dx, dy]) => [x + dx * size, y + dy * size])
  const facets = [
    [
      [
        [-28, -8],
        [-16, -22],
        [-10, -8],
      ],
      GOLD,
    ],
    [
      [
        [-16, -22],
        [0, -22],
        [-10, -8],
      ],
      CHAMPAGNE,
    ],
    [
      [
        [0, -22],
        [10, -8],
        [-10, -8],
      ],
      GOLD,
    ],
    [
      [
        [0, -22],
        [16, -22],
        [10, -8],
      ],
      BRONZE,
    ],
    [
      [
        [16, -22],
        [28, -8],
        [10, -8],
      ],
      GOLD,
    ],
    [
      [
        [-28, -8],
        [-10, -8],
        [0, 26],
      ],
      CHAMPAGNE,
    ],
    [
      [
        [-10, -8],
        [10, -8],
        [0, 26],
      ],
      GOLD,
    ],
    [
      [
        [10, -8],
        [28, -8],
        [0, 26],
      ],
      BRONZE,
    ],
  ]
  // A silhouette below, so that no dark seam shows between two facets.
  const outline = [
    [-28, -8],
    [-16, -22],
    [16, -22],
    [28, -8],
    [0, 26],
  ]
  return polygon(at(outline), GOLD) + facets.map(([points, colour]) => polygon(at(points), colour)).join('')
}
