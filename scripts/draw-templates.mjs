// Draws the pictures of templates/designs/*. Run `npm run templates` (`npm run templates -- bonus` for one) after changing a
// drawing, and commit the PNGs: they are data that users copy, not something
// made at their place.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderPng } from '../dist/cards/pictures/render-png.js'
import { DESIGN_KINDS } from '../dist/kit/design-kinds.js'
import { svg } from './draw-templates/svg.mjs'

const templates = fileURLToPath(new URL('../templates/designs', import.meta.url))
const SCALES = [
  ['', 1],
  ['@2x', 2],
  ['@3x', 3],
]

const wanted = process.argv.slice(2)
for (const { kind } of DESIGN_KINDS.filter((entry) => wanted.length === 0 || wanted.includes(entry.kind))) {
  const { pictures, extra } = await import(`./draw-templates/${kind}.mjs`)
  const dir = join(templates, kind)
  mkdirSync(dir, { recursive: true })
  let total = 0
  const write = (name, png) => {
    writeFileSync(join(dir, name), png)
    total += png.length
  }
  for (const [name, drawing] of Object.entries(pictures)) {
    for (const [suffix, scale] of SCALES) {
      write(`${name}${suffix}.png`, await renderPng(svg(drawing, scale), { colours: drawing.colours }))
    }
  }
  // What is not drawn from SVG of its own, such as the strip of a stamp card.
  for (const [name, png] of (await extra?.(dir)) ?? []) write(name, png)
  console.log(`${kind.padEnd(10)} ${String(total).padStart(6)} bytes of pictures`)
}
