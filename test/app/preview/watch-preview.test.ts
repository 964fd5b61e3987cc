import { cp, mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { pngSize } from '../../../src/cards/pictures/picture-size.js'
import { tempDir } from '../../support/temp-dir.js'
import { edit, followVersions, requestOf, runWatch } from './studio.js'

const template = new URL('../../../templates/designs/bonus', import.meta.url).pathname
const temp = await tempDir('watch-preview')
let count = 0
let cwd = ''
let dir = ''

beforeEach(async () => {
  cwd = join(temp, `${count++}`)
  dir = join(cwd, 'bonus.pkpasstemplate')
  await mkdir(cwd)
  await cp(template, dir, { recursive: true })
})

const serve = (change = {}) =>
  runWatch(requestOf('bonus.pkpasstemplate', cwd, change), { serve: { port: 0, open: false } })
const pageOf = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, html: await response.text() }
}

test('a page with all languages is served, and browsers hear of an edit at once', async () => {
  const { until } = serve()
  const { url } = await until('serving')
  const first = await until('built')
  expect(first.result).toMatchObject({ design: 'bonus', locales: ['en', 'ru'], files: [] })
  expect((await pageOf(url)).html).toContain('>Points<')

  const versions = await followVersions(url)
  const before = await versions.next()
  const begun = performance.now()
  await edit(dir, 'pass.json', '"Points"', '"Coins"')
  expect(await versions.next()).not.toBe(before)
  expect(performance.now() - begun).toBeLessThan(5000)
  const page = await pageOf(url)
  expect(page.status).toBe(200)
  expect(page.html).toContain('>Coins<')
  expect(page.html).not.toContain('>Points<')
})

test('a mistake is shown with its place; it is mended, and the page is back', async () => {
  const { until } = serve()
  const { url } = await until('serving')
  await until('built')
  const versions = await followVersions(url)
  await versions.next()

  await edit(dir, 'pass.json', '"label": "Points",', '"label": "Points"')
  await versions.next()
  const broken = await pageOf(url)
  expect(broken.status).toBe(500)
  expect(broken.html).toMatch(/bonus\.pkpasstemplate\/pass\.json line \d+, column 9: expected/)
  expect(broken.html).toContain('<mark>&#34;</mark>value&#34;: 0,')
  expect((await fetch(`${url}front.png`)).status).toBe(404)
  const event = await until('broken')
  expect(event.failure).toMatchObject({ code: 'DESIGN_INVALID', line: 36, column: 9 })

  await edit(dir, 'pass.json', '"label": "Points"', '"label": "Coins",')
  await versions.next()
  expect(await pageOf(url)).toMatchObject({ status: 200, html: expect.stringContaining('>Coins<') })
})

test('a design that has a mistake from the beginning is waited for', async () => {
  await edit(dir, 'design.yaml', 'version: 1', 'version: 9')
  const { until } = serve()
  const { url } = await until('serving')
  expect((await pageOf(url)).html).toContain('design.yaml line 3')
  await until('broken')
  await edit(dir, 'design.yaml', 'version: 9', 'version: 1')
  await until('built')
  expect((await pageOf(url)).status).toBe(200)
})

test('a value that is set wrongly is no mistake of the design: it is an error at once', async () => {
  const { ended } = serve({ set: ['balance=many'] })
  await expect(ended).rejects.toThrow(expect.objectContaining({ code: 'USAGE' }))
})

test('edits during a rebuild lead to one more', async () => {
  const { until, events } = serve()
  await until('serving')
  await until('built')
  // The first edit starts a rebuild; the others come while it is going on or right after.
  await edit(dir, 'pass.json', '"Points"', '"One"')
  await sleep(60)
  for (const [from, to] of [
    ['One', 'Two'],
    ['Two', 'Three'],
  ] as const)
    await edit(dir, 'pass.json', `"${from}"`, `"${to}"`)
  await sleep(1500)
  const rebuilt = events.filter(({ type }) => type === 'built').length - 1
  expect(rebuilt).toBeGreaterThanOrEqual(1)
  expect(rebuilt).toBeLessThanOrEqual(2)
})

test('single sides are served as pictures, by language and appearance', async () => {
  const { until } = serve({ scale: 1 })
  const { url } = await until('serving')
  const picture = async (path: string) => new Uint8Array(await (await fetch(url + path)).arrayBuffer())
  const front = await picture('front.png')
  expect(pngSize(front)).toEqual({ width: 423, height: 573 })
  expect(await picture('front.png?locale=en&appearance=light')).toEqual(front)
  expect(await picture('front.png?locale=ru')).not.toEqual(front)
  expect(await picture('back.png?appearance=dark')).not.toEqual(await picture('back.png'))
  for (const path of ['front.png?locale=de', 'front.png?appearance=pink', 'toString.png']) {
    expect((await fetch(url + path)).status).toBe(404)
  }
})

test('without a server the file is written anew after every change', async () => {
  const { until } = runWatch(requestOf('bonus.pkpasstemplate', cwd, { scale: 1 }), {})
  const { result } = await until('built')
  const path = join(cwd, 'bonus.png')
  expect(result.files).toMatchObject([{ path }])
  const before = await readFile(path)
  await edit(dir, 'pass.json', '"Points"', '"Coins"')
  const again = await until('built')
  expect(again.result.milliseconds).toBeLessThan(5000)
  expect(await readFile(path)).not.toEqual(before)
})

test('a page that is both served and written follows too', async () => {
  const { until } = serve({ out: 'page.html' })
  const { url } = await until('serving')
  await until('built')
  const written = await readFile(join(cwd, 'page.html'), 'utf8')
  expect(written).toContain('>Points<')
  // Only the page that is served looks for changes.
  expect(written).not.toContain('<script>')
  expect((await pageOf(url)).html).toContain('<script>')
})

test('stopping ends the server and removes what was kept', async () => {
  const { until, stop, ended } = serve()
  const { url } = await until('serving')
  await fetch(`${url}events`)
  stop()
  await ended
  await expect(fetch(url)).rejects.toThrow()
})

test('a finished pass is followed as well', async () => {
  await expect(stat(join(cwd, 'none.pkpass'))).rejects.toThrow()
  const { ended } = runWatch(requestOf('none.pkpass', cwd), { serve: { port: 0, open: false } })
  await expect(ended).rejects.toThrow(expect.objectContaining({ code: 'PASS_UNREADABLE' }))
})
