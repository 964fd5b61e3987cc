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
      ground(DUSK),
      disc(66, 30, 30, mix(DUSK, MAGENTA, 0.28)),
      disc(66, 30, 18, mix(DUSK, MAGENTA, 0.5)),
      bars(45, 50, { width: 5, gap: 3.5, heights: [12, 26, 16, 38, 58, 44, 62, 30, 14] }),
    ],
    32,
  ),
  background: picture(180, 220, [
    ground(NIGHT),
    disc(150, 40, 86, DUSK),
    disc(165, 52, 50, mix(DUSK, MAGENTA, 0.22)),
    disc(20, 205, 80, mix(NIGHT, DUSK, 0.8)),
    disc(12, 214, 44, mix(DUSK, MAGENTA, 0.12)),
  ]),
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
