import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCardPainter } from '../../../src/delivery/pages/card-painter.js'
import { scan } from '../../cards/barcode/scan.js'
import { tempDir } from '../../support/temp-dir.js'
import { links, NOW, SampleCards, servePages } from './page-server.js'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const IOS = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const AGENTS = {
  iphone: `${IOS} Version/18.5 Mobile/15E148 Safari/604.1`,
  instagram: `${IOS} Mobile/15E148 Instagram 330.0`,
  android: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36',
  desktop: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36',
} as const
const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 800 }
const LONG = 'Genossenschaftliche Rindfleischetikettierungsüberwachungsgesellschaft Mecklenburg-Vorpommern'

const temp = await tempDir('pages-browser')
const cards = new SampleCards(temp)
const painter = createCardPainter({ now: () => NOW })
let browser: Browser
let server: Awaited<ReturnType<typeof servePages>>
const codes: Record<string, string> = {}

beforeAll(async () => {
  if (executablePath === undefined) return
  const add = async (name: string, options: Parameters<SampleCards['add']>[0]) => {
    codes[name] = links.encode(await cards.add(options))
  }
  await add('bonus', { kind: 'bonus' })
  await add('russian', { kind: 'cashback', locale: 'ru', organization: 'Северный свет' })
  await add('long', {
    kind: 'gift',
    locale: 'de',
    organization: LONG,
    change: ({ passJson, files }) => ({
      passJson,
      files: new Map([...files].filter(([name]) => !name.includes('strip'))),
    }),
  })
  await add('voided', { kind: 'membership', status: 'voided' })
  codes.many = `${codes.bonus}.${codes.russian}.${codes.voided}`
  server = await servePages(() => ({ cards, draw: painter.draw }))
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await painter.close()
})

interface Opened {
  readonly page: Page
  /** What the browser complains of, violations of the policy among them. */
  readonly problems: string[]
}

async function open(name: string, agent: keyof typeof AGENTS, use: (opened: Opened) => Promise<void>): Promise<void> {
  const viewport = agent === 'desktop' ? DESKTOP : PHONE
  const context = await browser.newContext({ userAgent: AGENTS[agent], viewport })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('requestfailed', (request) => problems.push(request.url()))
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) problems.push(request.url())
  })
  await page.goto(`${server.url}/c/${codes[name]}`, { waitUntil: 'load' })
  await use({ page, problems })
  await context.close()
}

/** True when everything fits between the edges of the screen. */
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

/** All texts that are shown with less contrast than 4.5, large or small. */
const paleTexts = (page: Page) =>
  page.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const ground = (element: Element | null): string => {
      if (element === null) return 'rgb(255, 255, 255)'
      const { backgroundColor } = getComputedStyle(element)
      return channels(backgroundColor)[3] === 0 ? ground(element.parentElement) : backgroundColor
    }
    const pale: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let count = 0
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent === null || node.textContent?.trim() === '' || parent.getClientRects().length === 0) continue
      const [a, b] = [luminance(getComputedStyle(parent).color), luminance(ground(parent))]
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      count++
      if (ratio < 4.5) pale.push(`${node.textContent?.trim()}: ${ratio.toFixed(2)}`)
    }
    return count < 4 ? ['too few texts'] : pale
  })

const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

describe.skipIf(executablePath === undefined)('the page in a browser', () => {
  // 640 and 320 are 1280 pixels at 200 and at 400 per cent.
  test.each([
    ['bonus', 'iphone', [390]],
    ['russian', 'android', [390, 320]],
    ['long', 'instagram', [390, 320]],
    ['long', 'desktop', [1280, 640]],
    ['many', 'desktop', [1280, 320]],
    ['voided', 'iphone', [390]],
  ] as const)('%s on %s, %j wide, by day and by night: all fits and can be read', async (name, agent, widths) => {
    await open(name, agent, async ({ page, problems }) => {
      await unfold(page)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        expect(await fits(page), `${width}`).toBe(true)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          expect(await paleTexts(page), colorScheme).toEqual([])
        }
      }
      await page.waitForFunction(() => [...document.images].every((image) => image.naturalWidth > 0))
      expect(problems).toEqual([])
    })
  })

  test('the main action is at hand, and large enough for fingers', async () => {
    for (const [name, agent, action] of [
      ['bonus', 'iphone', 'Add to Apple Wallet'],
      ['russian', 'android', 'Открыть в приложении'],
      ['many', 'iphone', 'Добавить в Apple Wallet'],
    ] as const) {
      await open(name, agent, async ({ page }) => {
        const box = (await page.getByRole('link', { name: action }).first().boundingBox())!
        expect(box.y + box.height).toBeLessThan(PHONE.height)
        expect(box.height).toBeGreaterThanOrEqual(48)
        await unfold(page)
        const small = await page.evaluate(
          () =>
            [...document.querySelectorAll('.button, .readers a, summary, .only, .file a')].filter(
              (element) => element.getBoundingClientRect().height < 44,
            ).length,
        )
        expect(small).toBe(0)
        // Letters of twice the size.
        await page.evaluate(() => {
          document.documentElement.style.fontSize = '200%'
        })
        expect(await fits(page)).toBe(true)
      })
    }
  })

  test('the keyboard reaches everything in the order of the page, and shows where it is', async () => {
    await open('bonus', 'desktop', async ({ page }) => {
      const reached: string[] = []
      for (let step = 0; step < 12; step++) {
        await page.keyboard.press('Tab')
        const at = await page.evaluate(() => {
          const element = document.activeElement
          if (element === null || element === document.body) return ''
          const style = getComputedStyle(element)
          const seen = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
          return `${element.textContent?.replaceAll(/\s+/g, ' ').trim()}${seen ? '' : ' (not seen)'}`
        })
        if (at === '') break
        reached.push(at)
        if (at === 'On an Android phone') await page.keyboard.press('Enter')
      }
      expect(reached).toEqual([
        `${server.url.replace('http://', '')}/c/${codes.bonus}`,
        'Download the card',
        'On an iPhone',
        'On an Android phone',
        'Open in a wallet app',
        'WalletPasses Google Play',
        'Pass2U Wallet Google Play',
        'PassWallet Google Play',
      ])
    })
  })

  test('a screen reader hears the headings, the card and the ways to take it', async () => {
    await open('bonus', 'iphone', async ({ page }) => {
      await unfold(page)
      const heard = await page.locator('body').ariaSnapshot()
      for (const part of [
        '- main:',
        '- heading "Nordlicht" [level=1]',
        'img "Your card: Bonus card. Level: Gold. Points: 1,250.',
        '- heading "On an iPhone" [level=2]',
        '- link "Add to Apple Wallet"',
        '- link "Open in a wallet app"',
        '- img "QR code with the address of this page"',
        '- link "Download the card"',
        '- contentinfo:',
      ])
        expect(heard).toContain(part)
    })
    await open('many', 'android', async ({ page }) => {
      const heard = await page.locator('body').ariaSnapshot()
      expect(heard).toContain('- list "Ваши карты":')
      expect(heard).toContain('Недействительна')
    })
  })

  test('the QR code on a desktop leads to the same page', async () => {
    await open('bonus', 'desktop', async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'dark' })
      const png = await page.getByRole('img', { name: 'QR code' }).screenshot()
      const [code] = await scan(png)
      expect(code?.text).toBe(`${server.url}/c/${codes.bonus}?via=qr`)
      const response = await page.goto(code?.text ?? '')
      expect(response?.status()).toBe(200)
    })
  })

  test('the browser of another app is told that it cannot add cards', async () => {
    await open('bonus', 'instagram', async ({ page }) => {
      expect(await page.locator('.warning').textContent()).toContain('Open in Safari')
    })
    await open('bonus', 'iphone', async ({ page }) => {
      expect(await page.locator('.warning').count()).toBe(0)
    })
  })

  test('a download has its name and its type', async () => {
    await open('bonus', 'android', async ({ page }) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Open in a wallet app' }).click(),
      ])
      expect(download.suggestedFilename()).toBe('card.pkpass')
    })
  })

  test('paper holds the card, the code and the address', async () => {
    await open('bonus', 'desktop', async ({ page }) => {
      await page.emulateMedia({ media: 'print' })
      expect(await page.getByRole('img', { name: 'Your card' }).isVisible()).toBe(true)
      expect(await page.getByRole('img', { name: 'QR code' }).isVisible()).toBe(true)
      expect(await page.getByText('Address of this page').isVisible()).toBe(true)
      expect(await page.getByText('Download the card').isVisible()).toBe(false)
    })
  })
})
