// Violet night, magenta to amber: a wave of sound. Phones blur the background, so it is only glows in the dark.
import { disc, ground, icon, logo, mix, picture, rect } from './svg.mjs'

const NIGHT = '#1f1145'
const DUSK = '#3b2072'
const MAGENTA = '#d72a8b'
const AMBER = '#ffb145'

export const pictures = {
  icon: icon(ground(NIGHT), bars(19, 19, { width: 3.6, gap: 2, heights: [9, 18, 26, 15, 8] })),
  logo: logo(bars(22, 22, { width: 5, gap: 3.4, heights: [14, 28, 40, 24, 12] })),
  // A small poster of the evening: replace it with the picture of the artist.
  thumbnail: picture(
    90,
    90,
    [
      ground(NIGHT),
      disc(64, 32, 34, mix(NIGHT, MAGENTA, 0.34)),
      disc(64, 32, 20, mix(NIGHT, MAGENTA, 0.58)),
      bars(45, 50, { width: 5, gap: 3.5, heights: [12, 26, 16, 38, 58, 44, 62, 30, 14] }),
    ],
    32,
  ),
  background: picture(
    180,
    220,
    [
      ground(NIGHT),
      glow({ x: 156, y: 34, radius: 128, core: mix(DUSK, MAGENTA, 0.34) }),
      glow({ x: 14, y: 206, radius: 104, core: mix(DUSK, MAGENTA, 0.2) }),
    ],
    24,
  ),
}

/** Discs within discs, from the night to the colour of the core: once blurred, a soft light. */
function glow({ x, y, radius, core }) {
  const steps = 8
  return Array.from({ length: steps }, (_, index) => {
    const share = (index + 1) / steps
    return disc(x, y, radius * (1.04 - share * 0.9), mix(NIGHT, core, share ** 1.3))
  }).join('')
}

function bars(x, y, { width, gap, heights }) {
  const left = x - (heights.length * (width + gap) - gap) / 2
  return heights
    .map((height, index) => {
      const colour = mix(MAGENTA, AMBER, index / (heights.length - 1))
      return rect(left + index * (width + gap), y - height / 2, width, height, colour, { rx: width / 2 })
    })
    .join('')
}
