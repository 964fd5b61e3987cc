// Blush and burgundy: a parcel in patterned paper, its ribbon tied in the right half.
import { disc, ground, group, icon, logo, path, polygon, rect, strip } from './svg.mjs'

const BLUSH = '#f8e1dd'
const PAPER = '#f2d0cb'
const BURGUNDY = '#6d1533'
const WINE = '#8f2345'
const ROSE = '#c65672'

export const pictures = {
  icon: icon(ground(BURGUNDY), bow(19, 17.5, 0.58, { loop: BLUSH, fold: ROSE, knot: BLUSH })),
  logo: logo(disc(22, 22, 21.5, BURGUNDY), bow(22, 20.5, 0.66, { loop: BLUSH, fold: ROSE, knot: BLUSH })),
  strip: strip([
    ground(BLUSH),
    ...paper(),
    ribbon({ x: 324, width: 26 }),
    bow(324, 56, 1.58, { loop: WINE, fold: BURGUNDY, knot: ROSE }),
  ]),
}

/** A pattern of small diamonds on the wrapping. */
function paper() {
  const all = []
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 16; column++) {
      const [x, y] = [column * 26 + (row % 2) * 13 - 4, row * 16 + 5.5]
      const corners = [
        [x, y - 3],
        [x + 2.4, y],
        [x, y + 3],
        [x - 2.4, y],
      ]
      all.push(polygon(corners, PAPER))
    }
  }
  return all
}

function ribbon({ x, width }) {
  return rect(x - width / 2, 0, width, 123, WINE) + rect(x - width * 0.19, 0, width * 0.38, 123, BURGUNDY)
}

/** Two loops, two ends and a knot, around the given point. */
function bow(x, y, size, { loop, fold, knot }) {
  const half = [
    path('M0 0C-6 8 -13 16 -22 21L-11.5 22L-9 29C-3 20 1 9 3 1Z', loop),
    path('M0 0C-2 9 -6 17 -12 22L-11.5 22L-9 29C-3 20 1 9 3 1Z', fold, { opacity: 0.35 }),
    path('M0 0C-6 -16 -22 -24 -28 -15C-32 -7 -20 2 0 0Z', loop),
    path('M-3 -1.5C-9 -10 -18 -15.5 -22 -11.5C-24 -7.5 -16 -2.5 -3 -1.5Z', fold),
  ].join('')
  return group(
    `translate(${x} ${y}) scale(${size})`,
    half,
    group('scale(-1 1)', half),
    rect(-4.6, -5, 9.2, 9.6, knot, { rx: 3.4 }),
  )
}
