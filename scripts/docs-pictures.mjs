// Draws docs/pictures: contact sheets of all templates in English and Russian, fronts and backs, and a page of two
// cards for the README. Needs a build.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { createDesign } from '../dist/cards/design/create-design.js'
import { designBundle, UNSIGNED } from '../dist/cards/design/design-bundle.js'
import { loadDesign } from '../dist/cards/design/load-design.js'
import { sampleCard } from '../dist/cards/design/sample-card.js'
import { loadFonts } from '../dist/cards/fonts/fonts.js'
import { layoutBack } from '../dist/cards/preview/layout-back.js'
import { layoutFront } from '../dist/cards/preview/layout-front.js'
import { previewImage } from '../dist/cards/preview/preview-image.js'
import { viewPass } from '../dist/cards/view/view-pass.js'
import { DESIGN_KINDS } from '../dist/kit/design-kinds.js'

const out = fileURLToPath(new URL('../docs/pictures', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'tessera-pictures-'))
const identity = { ...UNSIGNED, organizationName: 'Nordlicht' }
// Relative dates and expiry are those of a fixed day, so that drawing again gives the same pictures.
const now = Date.parse('2026-11-24T12:00:00Z')
const fonts = await loadFonts()

/** Both sides of a template's card as `design new` makes it. */
async function sidesOf(kind, locale) {
  const made = { template: kind, name: kind, designsDir: work, organization: identity.organizationName }
  const design = await loadDesign((await createDesign(made)).dir)
  const currency = locale === 'ru' ? 'RUB' : 'EUR'
  const card = sampleCard(design, { locale })
  const bundle = await designBundle(design, card, { identity, currency, cacheDir: join(work, 'cache') })
  const view = viewPass(bundle, { locale, now })
  const side = (layout) => ({ layout, pictures: view.pictures })
  return {
    front: side(layoutFront(view, { fonts, now })),
    back: side(layoutBack(view, { fonts, appearance: 'light' })),
  }
}

/** Flat drawings: a palette makes a third of the weight of them. */
async function write(name, bytes) {
  const png = await sharp(bytes).png({ palette: true, colours: 256, dither: 0.5, effort: 10 }).toBuffer()
  writeFileSync(join(out, name), png)
  console.log(`docs/pictures/${name}: ${png.length} bytes`)
}

mkdirSync(out, { recursive: true })
try {
  const cards = []
  for (const { kind } of DESIGN_KINDS)
    for (const locale of ['en', 'ru']) cards.push({ caption: `${kind} · ${locale}`, ...(await sidesOf(kind, locale)) })
  const options = { columns: 6, scale: 0.8, appearance: 'light', captions: cards.map(({ caption }) => caption) }
  for (const side of ['front', 'back']) {
    const sides = cards.map((card) => card[side])
    await write(`templates-${side}.png`, await previewImage(sides, options))
  }
  const few = ['cashback · en', 'stamp · ru', 'event · en'].map(
    (name) => cards.find(({ caption }) => caption === name).front,
  )
  await write('three-cards.png', await previewImage(few, { scale: 1, appearance: 'light' }))
} finally {
  rmSync(work, { recursive: true, force: true })
}
