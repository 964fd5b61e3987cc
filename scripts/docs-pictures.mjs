// Draws docs/pictures: a contact sheet of all templates, in English and Russian, front and back. Needs a build.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { designBundle, UNSIGNED } from '../dist/cards/design/design-bundle.js'
import { loadDesign } from '../dist/cards/design/load-design.js'
import { sampleCard } from '../dist/cards/design/sample-card.js'
import { loadFonts } from '../dist/cards/fonts/fonts.js'
import { layoutBack } from '../dist/cards/preview/layout-back.js'
import { layoutFront } from '../dist/cards/preview/layout-front.js'
import { previewImage } from '../dist/cards/preview/preview-image.js'
import { viewPass } from '../dist/cards/view/view-pass.js'
import { DESIGN_KINDS } from '../dist/kit/design-kinds.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'docs', 'pictures')
const cacheDir = mkdtempSync(join(tmpdir(), 'tessera-pictures-'))
// Relative dates and expiry are those of a fixed day, so that drawing again gives the same pictures.
const now = Date.parse('2026-11-24T12:00:00Z')
const fonts = await loadFonts()

async function sidesOf(kind, locale) {
  const design = await loadDesign(join(root, 'templates', 'designs', kind))
  const bundle = await designBundle(design, sampleCard(design, { locale }), {
    identity: { ...UNSIGNED, organizationName: 'Nordlicht' },
    currency: locale === 'ru' ? 'RUB' : 'EUR',
    cacheDir,
  })
  const view = viewPass(bundle, { locale, now })
  return [layoutFront(view, { fonts }), layoutBack(view, { fonts, appearance: 'light' })].map((layout) => ({
    layout,
    pictures: view.pictures,
  }))
}

mkdirSync(out, { recursive: true })
try {
  const sides = []
  const captions = []
  for (const { kind } of DESIGN_KINDS) {
    for (const locale of ['en', 'ru']) {
      sides.push(...(await sidesOf(kind, locale)))
      captions.push(`${kind} · ${locale} · front`, `${kind} · ${locale} · back`)
    }
  }
  write('templates.png', await previewImage(sides, { columns: 4, scale: 1, appearance: 'light', captions }))
} finally {
  rmSync(cacheDir, { recursive: true, force: true })
}

function write(name, bytes) {
  writeFileSync(join(out, name), bytes)
  console.log(`docs/pictures/${name}: ${bytes.length} bytes`)
}
