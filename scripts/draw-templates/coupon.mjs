// Sunflower and ink: a seal with a star, a slice of sky, a hill of sun: shapes as from a box of coloured paper.
import { around, disc, ground, icon, logo, n, path, polygon, ring, strip } from './svg.mjs'

const SUN = '#ffca3a'
const DEEP = '#fbb91f'
const INK = '#2b1d0e'
const TOMATO = '#ef5b3c'
const PAPER = '#fff6dd'
const SKY = '#2f9fa8'

export const pictures = {
  icon: icon(ground(SUN), seal(19, 19, 14.5), star(19, 19, 7.4, PAPER)),
  logo: logo(seal(22, 22, 21.5), star(22, 22, 11, PAPER)),
  strip: strip([
    ground(SUN),
    disc(196, 142, 92, DEEP),
    path('M236 0A46 46 0 0 0 328 0Z', SKY),
    path('M259 0A23 23 0 0 0 305 0Z', PAPER),
    path('M223 123A27 27 0 0 1 277 123Z', INK),
    path('M375 20V66A23 23 0 0 1 375 20Z', INK),
    dots({ x: 344, y: 12, columns: 3, rows: 2, pitch: 11 }),
    seal(322, 80, 46),
    ring(322, 80, 34, PAPER, 1.5),
    star(322, 80, 25, PAPER),
  ]),
}

/** A disc with a scalloped edge. */
function seal(x, y, radius) {
  const scallops = 18
  const small = (radius * Math.PI) / (scallops + Math.PI)
  const edge = Array.from({ length: scallops }, (_, index) =>
    disc(...around(x, y, radius - small, (index * 360) / scallops), small, TOMATO),
  )
  return disc(x, y, radius - small, TOMATO) + edge.join('')
}

function star(x, y, radius, colour) {
  const corners = Array.from({ length: 10 }, (_, index) =>
    around(x, y, index % 2 === 0 ? radius : radius * 0.44, index * 36),
  )
  return polygon(
    corners.map(([left, top]) => [n(left), n(top)].map(Number)),
    colour,
  )
}

function dots({ x, y, columns, rows, pitch }) {
  const all = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) all.push(disc(x + column * pitch, y + row * pitch, 2, INK))
  }
  return all.join('')
}
