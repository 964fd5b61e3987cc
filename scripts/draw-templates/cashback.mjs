// Bottle green and lime: coins that travel home on their orbits.
import { around, disc, ground, icon, logo, path, ring, strip, stroke } from './svg.mjs'

const BOTTLE = '#0c3b2e'
const ORBITS = ['#10493a', '#145646', '#1a6553']
const LEAF = '#2f9e78'
const LIME = '#c8f169'
const MINT = '#8fe3bd'

const CENTRE = [332, 128]

export const pictures = {
  icon: icon(ground(BOTTLE), mark(19, 19, 0.78)),
  logo: logo(mark(22, 22, 1.12)),
  strip: strip([
    ground(BOTTLE),
    disc(...CENTRE, 178, ORBITS[0]),
    disc(...CENTRE, 133, ORBITS[1]),
    disc(...CENTRE, 88, ORBITS[2]),
    ring(...CENTRE, 155, LEAF, 1.25, { opacity: 0.7 }),
    ring(...CENTRE, 110, LEAF, 1.25),
    disc(...CENTRE, 46, LIME),
    disc(...CENTRE, 32, BOTTLE, { opacity: 0.16 }),
    coin(...around(...CENTRE, 110, -18), 17, MINT),
    coin(...around(...CENTRE, 110, 12), 9, LEAF),
    coin(...around(...CENTRE, 155, -42), 8, LIME),
    coin(...around(...CENTRE, 155, 8), 6, MINT),
    coin(...around(...CENTRE, 110, -64), 6, LIME),
  ]),
}

function coin(x, y, radius, colour) {
  return disc(x, y, radius, colour) + ring(x, y, radius * 0.66, BOTTLE, Math.max(1, radius * 0.1), { opacity: 0.3 })
}

/** A coin with an arrow that goes round it and comes back. */
function mark(x, y, size) {
  const radius = 15.5 * size
  const [from, to] = [around(x, y, radius, 35), around(x, y, radius, 335)]
  const tip = [
    around(x, y, radius, 358),
    around(x, y, radius + 5.4 * size, 329),
    around(x, y, radius - 5.4 * size, 329),
  ]
  const arc = `M${from.join(' ')}A${radius} ${radius} 0 1 1 ${to.join(' ')}`
  return [
    disc(x, y, 8 * size, LIME),
    stroke(arc, MINT, 3.4 * size),
    path(`M${tip.map((point) => point.join(' ')).join('L')}Z`, MINT),
  ].join('')
}
