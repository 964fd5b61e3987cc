// Draws the pictures of templates/designs/*. Run `npm run build && node scripts/draw-templates.mjs` after changing a
// drawing, and commit the PNGs: they are data that users copy, not something made at their place.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadDesign } from '../dist/cards/design/load-design.js'
import { drawStampStrip } from '../dist/cards/pictures/prepare-variants.js'
import { renderPng } from '../dist/cards/pictures/render-png.js'
import { SHAPES } from '../dist/cards/pictures/shapes.js'
import { stampSetOf } from '../dist/cards/pictures/stamp-set.js'

const templates = fileURLToPath(new URL('../templates/designs', import.meta.url))
const SCALES = [
  ['', 1],
  ['@2x', 2],
  ['@3x', 3],
]

const NIGHT = '#12294a'
const TILES = ['#1b3b63', '#20527a', '#2a7f8e', '#49b09a', '#f2c14e']
const CREAM = '#f8f0e5'
const TERRACOTTA = '#b9502b'

const pictures = {
  bonus: {
    icon: { width: 38, height: 38, body: square(38, NIGHT) + mosaicMark({ x: 7, y: 7, tile: 7, gap: 1.5 }) },
    logo: { width: 44, height: 44, body: mosaicMark({ x: 2, y: 2, tile: 12, gap: 2 }) },
    strip: { width: 375, height: 123, body: mosaicStrip() },
  },
  stamp: {
    icon: {
      width: 38,
      height: 38,
      body: square(38, TERRACOTTA) + symbol({ shape: 'cup', x: 5, size: 28, fill: CREAM }),
    },
    logo: {
      width: 44,
      height: 44,
      body: `<circle cx="22" cy="22" r="21" fill="${TERRACOTTA}"/>${symbol({ shape: 'cup', x: 8, size: 28, fill: CREAM })}`,
    },
  },
}

for (const [template, drawings] of Object.entries(pictures)) {
  let total = 0
  const write = (name, png) => {
    mkdirSync(join(templates, template), { recursive: true })
    writeFileSync(join(templates, template, name), png)
    total += png.length
  }
  for (const [picture, drawing] of Object.entries(drawings)) {
    for (const [suffix, scale] of SCALES) {
      write(`${picture}${suffix}.png`, await renderPng(svg(drawing, scale), { colours: 16 }))
    }
  }
  if (template === 'stamp') {
    // What Pass Designer shows; on cards the strip of the member's own count takes its place.
    const set = stampSetOf(await loadDesign(join(templates, template)))
    for (const [name, png] of await drawStampStrip(set, 0)) write(name, png)
  }
  console.log(`${template}: ${total} bytes of pictures`)
}

function svg({ width, height, body }, scale) {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" ` +
    `viewBox="0 0 ${width} ${height}">${body}</svg>`
  )
}

function square(size, fill) {
  return `<rect width="${size}" height="${size}" fill="${fill}"/>`
}

function tileAt(x, y, size, fill) {
  return `<rect x="${x}" y="${y}" width="${size}" height="${size}" rx="${size * 0.16}" fill="${fill}"/>`
}

function symbol({ shape, x, size, fill }) {
  return `<path transform="translate(${x} ${x}) scale(${size / 24})" fill="${fill}" fill-rule="evenodd" d="${SHAPES[shape]}"/>`
}

/** Nine tiles of a mosaic, one of them golden. */
function mosaicMark({ x, y, tile, gap }) {
  const colours = [3, 2, 3, 2, 4, 2, 3, 2, 3]
  return colours
    .map((colour, index) => {
      const [column, row] = [index % 3, Math.floor(index / 3)]
      return tileAt(x + column * (tile + gap), y + row * (tile + gap), tile, TILES[colour])
    })
    .join('')
}

/** A mosaic that gets denser and brighter to the right; the left stays calm behind the balance. */
function mosaicStrip() {
  const pitch = 18
  let body = `<rect width="375" height="123" fill="${NIGHT}"/>`
  for (let column = 0; column < 20; column++) {
    for (let row = 0; row * pitch < 123; row++) {
      // Scatters the tiles evenly without looking regular (the fractional part of multiples of irrational numbers).
      const noise = (column * 0.754877666 + row * 0.569840291 + ((column * 7 + row * 13) % 5) * 0.11) % 1
      const share = (column * pitch) / 375
      const brightness = share * 1.55 - 0.62 + (noise - 0.5) * 0.75
      if (brightness < 0) continue
      const gold = share > 0.6 && noise > 0.93
      const colour = gold ? 4 : Math.min(3, Math.floor(brightness * 4.4))
      body += tileAt(column * pitch + 15, row * pitch - 1, pitch - 2, TILES[colour])
    }
  }
  return body
}
