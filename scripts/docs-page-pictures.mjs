// Draws docs/pictures/pages-*.png: the public pages of cards as phones and desktops show them, photographed in Chromium.
// Runs on the TypeScript sources: `node --import ./test/support/resolve-ts.mjs scripts/docs-page-pictures.mjs`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import sharp from 'sharp'

const { links, NOW, SampleCards, servePages } = await import('../test/delivery/pages/page-server.ts')
const { createCardPainter } = await import('../src/delivery/pages/card-painter.ts')

const out = fileURLToPath(new URL('../docs/pictures', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'tessera-pages-'))
const SHOWN = 'https://cards.example.com'
const IOS =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1'
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'
const PHONE = { width: 390, height: 844 }
const GAP = 24

/** Flat drawings: a palette makes a third of the weight of them. */
async function write(name, picture) {
  const png = await picture.png({ palette: true, colours: 256, dither: 0.5, effort: 10 }).toBuffer()
  writeFileSync(join(out, name), png)
  console.log(`docs/pictures/${name}: ${png.length} bytes`)
}

/** Pictures of the same size beside one another. */
function row(pictures, { width, height }) {
  const layers = pictures.map((input, index) => ({ input, left: GAP + index * (width + GAP), top: GAP }))
  const size = { width: GAP + pictures.length * (width + GAP), height: height + 2 * GAP }
  return sharp({ create: { ...size, channels: 3, background: '#cfd2d8' } }).composite(layers)
}

const cards = new SampleCards(work)
const painter = createCardPainter({ now: () => NOW })
const add = async (options) => links.encode(await cards.add(options))
const bonus = await add({ kind: 'bonus' })
const cashback = await add({ kind: 'cashback', locale: 'ru', organization: 'Северный свет' })
const event = await add({ kind: 'event' })
const gift = await add({ kind: 'gift' })
const stamp = await add({ kind: 'stamp' })
const server = await servePages(() => ({ cards, draw: painter.draw, serviceUrl: SHOWN }))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const shoot = async (codes, userAgent, viewport, colorScheme = 'light') => {
    const context = await browser.newContext({ userAgent, viewport, colorScheme })
    const page = await context.newPage()
    await page.goto(`${server.url}/c/${codes}`)
    const png = await page.screenshot()
    await context.close()
    return png
  }
  const phones = [
    await shoot(bonus, IOS, PHONE),
    await shoot(cashback, ANDROID, PHONE, 'dark'),
    await shoot([event, gift, stamp].join('.'), IOS, PHONE),
  ]
  await write('pages-phone.png', row(phones, PHONE))
  await write('pages-desktop.png', sharp(await shoot(stamp, WINDOWS, { width: 1280, height: 800 })))
} finally {
  await browser.close()
  await server.close()
  await painter.close()
  rmSync(work, { recursive: true, force: true })
}
