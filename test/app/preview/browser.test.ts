import { existsSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tempDir } from '../../support/temp-dir.js'
import { edit, requestOf, runWatch } from './studio.js'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const browserTest = test.skipIf(executablePath === undefined)
const template = new URL('../../../templates/designs/bonus', import.meta.url).pathname
const temp = await tempDir('browser')
let count = 0
let browser: Browser | undefined

beforeAll(async () => {
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 60_000)
afterAll(async () => {
  await browser?.close()
})

async function open(): Promise<{ dir: string; page: Page; problems: string[]; stop: () => void }> {
  const cwd = join(temp, `${count++}`)
  const dir = join(cwd, 'bonus.pkpasstemplate')
  await mkdir(cwd)
  await cp(template, dir, { recursive: true })
  const { until, stop } = runWatch(requestOf('bonus.pkpasstemplate', cwd), { serve: { port: 0, open: false } })
  const { url } = await until('serving')
  const page = (await browser?.newPage()) as Page
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // A page of an error has the status 500, which the browser notes.
    if (message.type() === 'error' && !/status of 500/.test(message.text())) problems.push(message.text())
  })
  await page.goto(url)
  return { dir, page, problems, stop }
}

browserTest('a page shows an edit by itself, and keeps what was chosen on it', { timeout: 60_000 }, async () => {
  const { dir, page, problems } = await open()
  await page.getByText('Русский').click()
  await page.getByText('Dark', { exact: true }).click()
  await edit(dir, 'ru.lproj/pass.strings', 'Баллы', 'Монеты')
  await page.getByRole('cell', { name: 'Монеты' }).waitFor({ timeout: 20_000 })
  expect(await page.locator('#card-1').isChecked()).toBe(true)
  expect(await page.locator('#dark').isChecked()).toBe(true)
  expect(problems).toEqual([])
  await page.close()
})

browserTest('a mistake takes the place of the page until it is mended', { timeout: 60_000 }, async () => {
  const { dir, page, problems } = await open()
  await edit(dir, 'design.yaml', 'type: number', 'type: numbr')
  await page.getByRole('heading', { name: /design\.yaml line \d+/ }).waitFor({ timeout: 20_000 })
  expect(await page.locator('.bad').textContent()).toContain('numbr')
  await edit(dir, 'design.yaml', 'type: numbr', 'type: number')
  await page.getByRole('cell', { name: 'Points' }).first().waitFor({ timeout: 20_000 })
  expect(problems).toEqual([])
  await page.close()
})

browserTest('a page whose preview has ended says so', { timeout: 60_000 }, async () => {
  const { page, stop } = await open()
  await page.getByRole('cell', { name: 'Points' }).first().waitFor()
  stop()
  await page.getByText('The preview has ended.').waitFor({ timeout: 20_000 })
  await page.close()
})
