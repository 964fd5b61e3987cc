// Midnight and teal: a mosaic that gathers towards the right, a golden tile here and there.
import { ground, icon, logo, path, rect, scatter, strip } from './svg.mjs'

const NIGHT = '#12294a'
/** Column and row of the golden tiles. */
const GOLDEN = new Set(['14,1', '17,4', '12,4'])
const TILES = ['#193557', '#1d4668', '#20647f', '#2a8c93', '#58bfa6']
const GOLD = '#f2c14e'

export const pictures = {
  icon: icon(ground(NIGHT), mark({ x: 7, y: 7, tile: 7, gap: 1.5 })),
  logo: logo(mark({ x: 2, y: 2, tile: 12, gap: 2 })),
  strip: strip(mosaic()),
}

/** Nine tiles, one of them golden. */
function mark({ x, y, tile, gap }) {
  const colours = [4, 3, 4, 3, 'gold', 3, 4, 3, 4]
  return colours
    .map((colour, index) => {
      const [column, row] = [index % 3, Math.floor(index / 3)]
      const at = [x + column * (tile + gap), y + row * (tile + gap)]
      return rect(...at, tile, tile, colour === 'gold' ? GOLD : TILES[colour], { rx: tile * 0.16 })
    })
    .join('')
}

/** Squares and quarter discs on a grid of 20.5 points, denser and brighter to the right. */
function mosaic() {
  const pitch = 20.5
  const tile = pitch - 2
  const shapes = [ground(NIGHT)]
  for (let column = 8; column < 19; column++) {
    for (let row = 0; row < 6; row++) {
      const noise = scatter(column * 3 + 1, row * 2 + 5)
      const share = (column - 8) / 10
      const brightness = share * 1.25 - 0.3 + (noise - 0.5) * 0.7
      if (brightness < 0) continue
      const colour = GOLDEN.has(`${column},${row}`) ? GOLD : TILES[Math.min(4, Math.floor(brightness * 4.6))]
      const [x, y] = [column * pitch - 12.5, row * pitch + 1]
      const turn = Math.floor(scatter(row * 5 + 2, column * 3) * 7)
      shapes.push(turn > 3 ? rect(x, y, tile, tile, colour, { rx: 2.5 }) : quarter({ x, y, tile, turn, colour }))
    }
  }
  return shapes
}

function quarter({ x, y, tile, turn, colour }) {
  const [left, top, right, bottom] = [x, y, x + tile, y + tile]
  const corners = [
    `M${left} ${top}H${right}A${tile} ${tile} 0 0 1 ${left} ${bottom}Z`,
    `M${right} ${top}V${bottom}A${tile} ${tile} 0 0 1 ${left} ${top}Z`,
    `M${right} ${bottom}H${left}A${tile} ${tile} 0 0 1 ${right} ${top}Z`,
    `M${left} ${bottom}V${top}A${tile} ${tile} 0 0 1 ${right} ${bottom}Z`,
  ]
  return path(corners[turn], colour)
}
