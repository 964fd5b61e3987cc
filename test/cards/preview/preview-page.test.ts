import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Fonts, loadFonts } from '../../../src/cards/fonts/fonts.js'
import { drawLayout } from '../../../src/cards/preview/draw-layout.js'
import { layoutBack } from '../../../src/cards/preview/layout-back.js'
import { layoutFront } from '../../../src/cards/preview/layout-front.js'
import {
  type PreviewPageCard,
  type PreviewPageInput,
  previewPage,
  withOwnIds,
} from '../../../src/cards/preview/preview-page.js'
import type { PassView } from '../../../src/cards/view/types.js'
import { elementsOf } from './markup.js'
import { QR, samplePictures, sampleView } from './sample-view.js'

let fonts: Fonts
let pictures: PassView['pictures']
beforeAll(async () => {
  fonts = await loadFonts()
  pictures = await samplePictures('icon', 'logo', 'strip')
})

function viewIn(locale: string, text: string): PassView {
  return sampleView({
    locale,
    barcodes: [QR],
    pictures,
    logoText: text,
    groups: { primaryFields: [{ label: text, text: '120' }], backFields: [{ label: text, text }] },
  })
}

async function card(view: PassView, caption: string): Promise<PreviewPageCard> {
  const draw = (layout: Parameters<typeof drawLayout>[0]) => drawLayout(layout, { fonts, pictures: view.pictures })
  const back = async (appearance: 'light' | 'dark') => draw(layoutBack(view, { fonts, appearance }))
  const sides = {
    front: await draw(layoutFront(view, { fonts })),
    back: { light: await back('light'), dark: await back('dark') },
  }
  return { locale: view.locale, caption, view, ...sides }
}

async function page(rest: Partial<PreviewPageInput> = {}): Promise<string> {
  const cards = [await card(viewIn('en', 'Points'), 'English'), await card(viewIn('ru', 'Баллы'), 'Русский')]
  return previewPage({ title: 'Bonus card', lang: 'en', cards, ...rest })
}

function policyOf(html: string): string {
  const meta = elementsOf(html).find(({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy')
  return (meta?.attributes.get('content') ?? '').replaceAll('&#39;', "'")
}

describe('the page', () => {
  test('is well-formed and refers to nothing outside of itself', async () => {
    const html = await page({ notes: ['Sample values.'], liveScript: 'new EventSource("/events")' })
    const elements = elementsOf(html)
    for (const { name, attributes } of elements) {
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^on|^src|^style$|^action$/)
        if (key === 'href') expect(value).toMatch(/^data:/)
      }
      expect(name).not.toMatch(/^(?:iframe|object|embed|form|base|a)$/)
    }
    expect(html).not.toMatch(/@import|url\((?!#)/)
    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('allows no script, or exactly the one that it was given', async () => {
    expect(policyOf(await page())).toBe(
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    )
    expect(await page()).not.toContain('<script')
    const html = await page({ liveScript: 'const a = "</script><b>"' })
    expect(policyOf(html)).toMatch(/; script-src 'sha256-[A-Za-z0-9+/]{43}='; connect-src 'self'$/)
    expect(html.match(/<\/script>/g)).toHaveLength(1)
  })

  test('holds all texts of all cards as texts', async () => {
    const html = await page()
    expect(html).toContain('<th scope="row">Primary</th><td dir="auto">Points</td><td dir="auto">120</td>')
    expect(html).toContain('<td dir="auto">Баллы</td>')
    expect(html).toContain(`<td dir="auto">QR (${QR.altText})</td><td dir="auto">${QR.message}</td>`)
    expect(html).toContain('<table lang="ru">')
  })

  test('speaks Russian to Russians and English to all others', async () => {
    expect(await page({ lang: 'ru-RU' })).toContain('<th scope="row">Главное</th>')
    expect(await page({ lang: 'fi' })).toContain('<th scope="row">Primary</th>')
  })

  test('is not broken by texts of a pass', async () => {
    const text = `"'><script>alert(1)</script>]]>\u0000&amp;{{x}}`
    const hostile = await card(viewIn(text, text), text)
    const html = await previewPage({ title: text, lang: text, cards: [hostile], notes: [text] })
    expect(elementsOf(html).some(({ name }) => name === 'script')).toBe(false)
  })

  test('shows other looks of a card beside it', async () => {
    const english = await card(viewIn('en', 'Points'), 'English')
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><g id="a"/></svg>'
    const html = await previewPage({
      title: 'T',
      lang: 'en',
      cards: [{ ...english, more: [{ caption: 'Google Wallet', svg }] }],
    })
    expect(html).toContain('<figcaption dir="auto">Google Wallet</figcaption><svg')
    expect(html).toContain('<g id="c0m0-a"/>')
  })

  test('without any card is a page all the same', async () => {
    expect(elementsOf(await previewPage({ title: 'Empty', lang: 'en', cards: [] })).length).toBeGreaterThan(5)
  })
})

describe('ids of a drawing', () => {
  test('get a prefix where they are defined and where they are used, and only they', () => {
    const svg = '<g id="a" clip-path="url(#b)" href="#a"/><clipPath id="b"/><text>url(#c) #a</text>'
    expect(withOwnIds(svg, 'x-')).toBe(
      '<g id="x-a" clip-path="url(#x-b)" href="#x-a"/><clipPath id="x-b"/><text>url(#c) #a</text>',
    )
  })
})

const CHROMIUM = '/usr/bin/chromium'

describe.skipIf(!existsSync(CHROMIUM))('the page in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  })
  afterAll(() => browser.close())

  /** Opens the page from a server of its own; collects what the browser complains about and what it asks for. */
  async function open(html: string, colorScheme: 'light' | 'dark' = 'light') {
    const server = createServer((_request, response) => response.end(html))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const tab = await browser.newPage({ viewport: { width: 1200, height: 1000 }, colorScheme })
    const complaints: string[] = []
    const requests: string[] = []
    tab.on('console', (message) => complaints.push(message.text()))
    tab.on('pageerror', (error) => complaints.push(String(error)))
    tab.on('request', (request) => requests.push(request.url()))
    const url = `http://127.0.0.1:${port}/`
    await tab.goto(url)
    const close = async () => {
      await tab.close()
      server.close()
    }
    return {
      tab,
      complaints,
      requests: () => requests.filter((each) => each !== url && !each.startsWith('data:')),
      close,
    }
  }

  /** Colours at a place of the screenshot of an element. */
  async function colourAt(tab: Page, selector: string, x: number, y: number): Promise<number[]> {
    const png = await tab.locator(selector).first().screenshot()
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    return [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]
  }

  test('shows the card, asks for nothing and has no complaints', async () => {
    const { tab, complaints, requests, close } = await open(await page())
    expect(await colourAt(tab, '#panel-0 svg', 187, 40)).toEqual([18, 41, 74])
    const { channels } = await sharp(await tab.screenshot()).stats()
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(30)
    expect(complaints).toEqual([])
    expect(requests()).toEqual([])
    await close()
  })

  test('changes the language with the arrow keys', async () => {
    const { tab, complaints, close } = await open(await page())
    expect(await tab.locator('#panel-0').isVisible()).toBe(true)
    expect(await tab.locator('#panel-1').isVisible()).toBe(false)
    await tab.keyboard.press('Tab')
    await tab.keyboard.press('ArrowRight')
    expect(await tab.locator('#panel-0').isVisible()).toBe(false)
    expect(await tab.locator('#panel-1').isVisible()).toBe(true)
    // What is clipped by an element of a card that is hidden now would be gone.
    expect(await colourAt(tab, '#panel-1 svg', 187, 40)).toEqual([18, 41, 74])
    expect(complaints).toEqual([])
    await close()
  })

  test('is light or dark as the machine is, until another appearance is chosen', async () => {
    const backs = async (tab: Page) => [
      await tab.locator('#panel-0 .back-light').isVisible(),
      await tab.locator('#panel-0 .back-dark').isVisible(),
    ]
    for (const [machine, chosen] of [
      ['light', 'dark'],
      ['dark', 'light'],
    ] as const) {
      const { tab, close } = await open(await page(), machine)
      const expected = (appearance: string) => [appearance === 'light', appearance === 'dark']
      expect(await backs(tab)).toEqual(expected(machine))
      await tab.locator(`label[for=${chosen}]`).click()
      expect(await backs(tab)).toEqual(expected(chosen))
      await tab.locator('label[for=system]').click()
      expect(await backs(tab)).toEqual(expected(machine))
      await close()
    }
  })

  test('runs the script that it was given and no other', async () => {
    const html = await page({ liveScript: 'document.title = "live"' })
    const { tab, complaints, close } = await open(
      html.replace('</body>', '<script>document.title = "evil"</script></body>'),
    )
    expect(await tab.title()).toBe('live')
    expect(complaints.join()).toMatch(/Content Security Policy/)
    await close()
  })
})
