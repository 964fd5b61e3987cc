// Cream and terracotta: a cup, ten times. The strip is drawn by the program itself, as it is on cards.
import { loadDesign } from '../../dist/cards/design/load-design.js'
import { drawStampStrip } from '../../dist/cards/pictures/prepare-variants.js'
import { SHAPES } from '../../dist/cards/pictures/shapes.js'
import { stampSetOf } from '../../dist/cards/pictures/stamp-set.js'
import { disc, ground, group, icon, logo, path } from './svg.mjs'

const CREAM = '#f8f0e5'
const TERRACOTTA = '#b9502b'

export const pictures = {
  icon: icon(ground(TERRACOTTA), cup({ at: 5, size: 28 })),
  logo: logo(disc(22, 22, 21, TERRACOTTA), cup({ at: 8, size: 28 })),
}

/** What Pass Designer shows; on cards the strip of the member's own count takes its place. */
export async function extra(dir) {
  return drawStampStrip(stampSetOf(await loadDesign(dir)), 0)
}

function cup({ at, size }) {
  return group(`translate(${at} ${at}) scale(${size / 24})`, path(SHAPES.cup, CREAM, { rule: 'evenodd' }))
}
