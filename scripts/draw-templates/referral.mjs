// Pale sky, deep blue and coral: three people made of discs, one inviting the others.
import { disc, ground, group, icon, logo, path, picture } from './svg.mjs'

const SKY = '#dcedf6'
const HAZE = '#c3dfee'
const DEEP = '#0f3d5e'
const CORAL = '#f26a4b'
const SUN = '#f7b733'
const SEA = '#2c8fb0'

export const pictures = {
  icon: icon(ground(SKY), group('translate(3.5 1.5) scale(0.345)', people(SKY))),
  logo: logo(disc(22, 22, 21.5, DEEP), group('translate(6.4 3.2) scale(0.347)', people(DEEP))),
  thumbnail: picture(90, 90, [disc(45, 45, 45, HAZE), group('translate(9 5) scale(0.8)', people(HAZE))]),
}

/** In a square of 90: two behind, one in front with some air around; heads are discs, shoulders half discs. */
function people(behind) {
  return [
    person({ x: 22, y: 34, head: 11, shoulders: 22, base: 72, colour: SUN }),
    person({ x: 68, y: 34, head: 11, shoulders: 22, base: 72, colour: SEA }),
    person({ x: 45, y: 30, head: 17, shoulders: 32.5, base: 84, colour: behind }),
    person({ x: 45, y: 30, head: 14, shoulders: 29, base: 84, colour: CORAL }),
  ].join('')
}

function person({ x, y, head, shoulders, base, colour }) {
  return (
    disc(x, y, head, colour) +
    path(`M${x - shoulders} ${base}A${shoulders} ${shoulders} 0 0 1 ${x + shoulders} ${base}Z`, colour)
  )
}
