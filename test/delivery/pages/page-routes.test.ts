import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLinkCodes } from '../../../src/cards/links/link-code.js'
import { AppError } from '../../../src/kit/errors/index.js'
import { tempDir } from '../../support/temp-dir.js'
import { links, makeRoutes, NOW, SampleCards } from './page-server.js'

const temp = await tempDir('pages')
const cards = new SampleCards(temp)
const { get, routes } = makeRoutes({ cards })
let bonus = ''
let russian = ''
let voided = ''
let expired = ''

beforeAll(async () => {
  bonus = links.encode(await cards.add({ kind: 'bonus' }))
  russian = links.encode(await cards.add({ kind: 'cashback', locale: 'ru' }))
  voided = links.encode(await cards.add({ kind: 'membership', status: 'voided' }))
  expired = links.encode(await cards.add({ kind: 'coupon', status: 'expired' }))
})

describe('the page of a card', () => {
  test('is private, and strict about what it loads', async () => {
    const { status, headers = {}, text, suspicious } = await get(`/c/${bonus}`)
    expect({ status, suspicious }).toEqual({ status: 200, suspicious: undefined })
    expect(headers).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'X-Robots-Tag': 'noindex, nofollow',
    })
    const policy = headers['Content-Security-Policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-inline')
    expect(policy).not.toContain('script-src')
    expect(Object.keys(headers)).not.toContain('Set-Cookie')
    expect(text).not.toContain('<script')
    expect(text).not.toContain('a-token-that-nobody-may-see')
  })

  test('asks other sites for nothing', async () => {
    const { text } = await get(`/c/${bonus}`)
    const loaded = [...text.matchAll(/(?:src|<link[^>]*href)="([^"]+)"/g)].map(([, address]) => address)
    expect(loaded.length).toBeGreaterThanOrEqual(4)
    expect(loaded.filter((address) => !address?.startsWith('/'))).toEqual([])
  })

  test('says who and what, and has an alternative to the picture', async () => {
    const { text } = await get(`/c/${bonus}`)
    expect(text).toContain('<h1>Nordlicht</h1>')
    expect(text).toContain('<title>Nordlicht – Bonus card</title>')
    expect(text).toMatch(/alt="Your card: Bonus card\. Level: Gold\. Points: 1,250\. Member: Ada Bergstrom\./)
  })

  test('escapes whatever stands on the card', async () => {
    const evil = '"><script>alert(1)</script>'
    const id = await cards.add({
      kind: 'bonus',
      organization: evil,
      change: ({ passJson, files }) => ({
        files,
        passJson: { ...passJson, organizationName: evil, description: evil },
      }),
    })
    const { text } = await get(`/c/${links.encode(id)}`)
    expect(text).toContain('&lt;script&gt;alert(1)')
    expect(text).not.toContain('<script')
  })

  test.each([
    ["the holder's, before the browser's", () => russian, 'de', 'ru'],
    ["the browser's, where the card says nothing", () => bonus, 'nl, pl;q=0.5, de-AT;q=0.8', 'de'],
    ["the launch's, where the browser wants what there is not", () => bonus, 'nl', 'en'],
  ])('is in the language that is %s', async (_, code, accepted, lang) => {
    const { text } = await get(`/c/${code()}`, { 'accept-language': accepted })
    expect(text).toContain(`<html lang="${lang}">`)
  })

  test.each([
    ['voided', () => voided, 'This card is no longer valid'],
    ['expired', () => expired, 'This card has expired'],
  ])('of a card that is %s says so, and offers nothing to add', async (_, code, title) => {
    const { status, text } = await get(`/c/${code()}`)
    expect(status).toBe(200)
    expect(text).toContain(title)
    expect(text).not.toMatch(/href="[^"]*\.pkpass/)
    const before = cards.signed
    expect(await get(`/c/${code()}/card.pkpass`)).toMatchObject({ status: 303, headers: { Location: `/c/${code()}` } })
    expect(await get(`/c/${code()}/cards.pkpasses`)).toMatchObject({ status: 303 })
    expect(cards.signed).toBe(before)
  })

  test('keeps to the path of the service', async () => {
    const below = makeRoutes({ cards, serviceUrl: 'https://example.com/wallet/' })
    const { text } = await below.get(`/c/${bonus}`)
    expect(text).toContain(`href="/wallet/c/${bonus}/card.pkpass"`)
    expect(text).toContain(`href="https://example.com/wallet/c/${bonus}"`)
    expect(text).toMatch(/href="\/wallet\/assets\/pages-[0-9a-f]{12}\.css"/)
  })

  test('shows the badge of the operator as a picture, never as markup', async () => {
    const badge = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const own = makeRoutes({ cards, badge })
    const { text } = await own.get(`/c/${bonus}`)
    const src = /<img src="(\/assets\/add-to-apple-wallet-[0-9a-f]{12}\.svg)" alt="Add to Apple Wallet">/.exec(
      text,
    )?.[1]
    expect(text).not.toContain('<script')
    expect(await own.get(src ?? '/')).toMatchObject({
      status: 200,
      text: badge,
      headers: {
        'Content-Type': 'image/svg+xml',
        'Cache-Control': 'public, max-age=31536000, immutable',
        'Content-Security-Policy': expect.stringContaining('sandbox'),
      },
    })
  })
})

describe('links', () => {
  test('that nobody made are a page, and suspicious', async () => {
    const other = createLinkCodes(Buffer.alloc(32, 8)).encode(1)
    for (const path of ['', '/card.pkpass', '/card.png', '/qr.svg', '/cards.pkpasses', '/icon.png']) {
      const reply = await get(`/c/${other}${path}`)
      expect(reply).toMatchObject({ status: 404, suspicious: true })
      expect(reply.text).toContain('There is no card here')
    }
    expect(await get(`/c/${bonus}.${other}`)).toMatchObject({ status: 404, suspicious: true })
  })

  test('that have expired say so, and show nothing of the card', async () => {
    const over = links.encode(1, NOW - 60_000)
    for (const path of ['', '/card.pkpass', '/card.png']) {
      const reply = await get(`/c/${over}${path}`, { 'accept-language': 'ru' })
      expect(reply).toMatchObject({ status: 410 })
      expect(reply.suspicious).toBeUndefined()
      expect(reply.text).toContain('Срок действия ссылки истёк')
      expect(reply.text).not.toContain('Ada')
    }
    expect(await get(`/c/${links.encode(1, NOW + 60_000)}`)).toMatchObject({ status: 200 })
  })

  test('to a card that is gone have expired too', async () => {
    expect(await get(`/c/${links.encode(999)}`)).toMatchObject({ status: 410 })
  })

  test('have one spelling', async () => {
    const last = bonus.at(-1) ?? ''
    const others = ['A', 'B', 'Q', 'R', 'g', 'h', 'w', 'x'].filter((letter) => letter !== last)
    for (const letter of others) expect(await get(`/c/${bonus.slice(0, -1)}${letter}`)).toMatchObject({ status: 404 })
  })

  test('may be 10 in one address, and each card counts once', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => links.encode(1, NOW + 60_000 * (index + 1)))
    expect(await get(`/c/${many(10).join('.')}`)).toMatchObject({ status: 200 })
    expect(await get(`/c/${many(11).join('.')}`)).toMatchObject({ status: 404 })
    const { text } = await get(`/c/${bonus}.${links.encode(1, NOW + 60_000)}`)
    expect(text.match(/card\.png/g)).toHaveLength(1)
  })

  test('of any spelling are answered, and only real ones lead to a card', async () => {
    const paths = ['', '/card.pkpass', '/cards.pkpasses', '/card.png', '/icon.png', '/qr.svg']
    const codes = fc.oneof(
      fc.string({ minLength: 1, maxLength: 300 }),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.base64String({ minLength: 22, maxLength: 24 }),
      fc
        .array(fc.constantFrom(bonus, russian, '', '.', 'x', '..', '%00'), { minLength: 1, maxLength: 14 })
        .map((all) => all.join('.')),
    )
    const real = new Set([bonus, russian])
    await fc.assert(
      fc.asyncProperty(codes, fc.constantFrom(...paths), async (text, path) => {
        const route = routes.find((one) => one.path === `/c/:codes${path}`)!
        const reply = await route.handle({
          params: { codes: text },
          query: new URLSearchParams(),
          headers: {},
          body: new Uint8Array(),
          id: 'r',
          ip: '::1',
        })
        const genuine = text.length <= 230 && text.split('.').every((code) => real.has(code))
        expect(reply.status).toBeLessThan(500)
        // Real ones may have expired, or be of too many cards for a picture.
        if (genuine) expect(reply.suspicious).toBeUndefined()
        else expect(reply).toMatchObject({ status: 404, suspicious: true })
      }),
      { numRuns: 400 },
    )
  })
})

describe('the card to take along', () => {
  test('has its type, a plain name and its version', async () => {
    const reply = await get(`/c/${bonus}/card.pkpass`)
    expect(reply).toMatchObject({
      status: 200,
      text: 'PK pass 1',
      headers: {
        'Content-Type': 'application/vnd.apple.pkpass',
        'Content-Disposition': 'attachment; filename="card.pkpass"',
        'Cache-Control': 'private, no-cache',
        ETag: '"1-1"',
        'Last-Modified': new Date(NOW - 1000_000).toUTCString(),
      },
    })
  })

  const modified = new Date(NOW - 1000_000).toUTCString()
  test.each<[string, Record<string, string>, number]>([
    ['the tag', { 'if-none-match': '"1-1"' }, 304],
    ['one of several tags', { 'if-none-match': '"0", W/"1-1"' }, 304],
    ['any', { 'if-none-match': '*' }, 304],
    ['another tag, whatever the date', { 'if-none-match': '"0"', 'if-modified-since': modified }, 200],
    ['the date', { 'if-modified-since': modified }, 304],
    ['an earlier date', { 'if-modified-since': new Date(NOW - 1001_000).toUTCString() }, 200],
    ['no date', { 'if-modified-since': 'yesterday' }, 200],
  ])('is sent again or not: %s', async (_, headers, status) => {
    const before = cards.signed
    const reply = await get(`/c/${bonus}/card.pkpass`, headers)
    expect(reply.status).toBe(status)
    expect(cards.signed - before).toBe(status === 200 ? 1 : 0)
    if (status === 304) expect(reply).toMatchObject({ text: '', headers: { ETag: '"1-1"' } })
  })

  test('is one file for several cards, without those that are not valid', async () => {
    const reply = await get(`/c/${russian}.${voided}.${bonus}/cards.pkpasses`)
    expect(reply).toMatchObject({
      status: 200,
      text: 'PK bundle 2 1',
      headers: {
        'Content-Type': 'application/vnd.apple.pkpasses',
        'Content-Disposition': 'attachment; filename="cards.pkpasses"',
      },
    })
    expect(reply.headers).not.toHaveProperty('Last-Modified')
    const all = await get(`/c/${russian}.${bonus}/cards.pkpasses`)
    expect(all.headers).toHaveProperty('Last-Modified')
    const etag = all.headers?.ETag ?? ''
    expect(await get(`/c/${russian}.${bonus}/cards.pkpasses`, { 'if-none-match': etag })).toMatchObject({ status: 304 })
  })

  test('that is too large for one file leads back to the page, which has each card', async () => {
    const large = makeRoutes({
      cards: {
        byId: (id) => cards.byId(id),
        bySerial: (serial) => cards.bySerial(serial),
        pass: (card) => cards.pass(card),
        contents: (card) => cards.contents(card),
        bundle: () => Promise.reject(new AppError('BUNDLE_TOO_LARGE', 'too large')),
      },
    })
    const codes = `${russian}.${bonus}`
    expect(await large.get(`/c/${codes}/cards.pkpasses`)).toMatchObject({
      status: 303,
      headers: { Location: `/c/${codes}` },
    })
    const { text } = await large.get(`/c/${codes}`)
    for (const code of [russian, bonus]) expect(text).toContain(`href="/c/${code}/card.pkpass"`)
  })
})

describe('pictures', () => {
  test('are drawn once for each version and language, however many ask', async () => {
    const drawn: string[] = []
    const own = makeRoutes({
      cards,
      draw: async (_, locale) => {
        drawn.push(locale)
        await new Promise((resolve) => setTimeout(resolve, 20))
        return Buffer.from(`drawn ${drawn.length}`)
      },
    })
    const id = await cards.add({ kind: 'bonus' })
    const code = links.encode(id)
    const ask = (count: number, lang: string) =>
      Promise.all(Array.from({ length: count }, () => own.get(`/c/${code}/card.png?lang=${lang}`)))
    const replies = await ask(50, 'de')
    expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['drawn 1']))
    const etag = replies[0]?.headers?.ETag ?? ''
    expect(await own.get(`/c/${code}/card.png?lang=de`, { 'if-none-match': etag })).toMatchObject({ status: 304 })
    await ask(3, 'nonsense')
    await ask(3, 'klingon')
    expect(drawn).toEqual(['de', 'en'])
    cards.touch(id)
    const [after] = await ask(5, 'de')
    expect(drawn).toEqual(['de', 'en', 'de'])
    expect(after?.headers?.ETag).not.toBe(etag)
  })

  test('of a holder whose language is known are in that, whatever is asked', async () => {
    const drawn: string[] = []
    const own = makeRoutes({
      cards,
      draw: async (_, locale) => {
        drawn.push(locale)
        return Buffer.from('x')
      },
    })
    for (const lang of ['de', 'fr', 'ru']) await own.get(`/c/${russian}/card.png?lang=${lang}`)
    expect(drawn).toEqual(['ru'])
  })

  test('of the address are QR codes, kept by their tag', async () => {
    const reply = await get(`/c/${bonus}/qr.svg`)
    expect(reply).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/svg+xml' } })
    const headers = { 'if-none-match': reply.headers?.ETag ?? '' }
    expect(await get(`/c/${bonus}/qr.svg`, headers)).toMatchObject({ status: 304 })
    expect(await get(`/c/${russian}/qr.svg`, headers)).toMatchObject({ status: 200 })
  })

  test('are of one card', async () => {
    expect(await get(`/c/${bonus}.${russian}/card.png`)).toMatchObject({ status: 404 })
  })

  test('for the tab are the icon of the card', async () => {
    const bytes = (await cards.contents((await cards.byId(1))!)).files.get('icon@2x.png')!
    const reply = await get(`/c/${bonus}/icon.png`)
    expect(reply).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/png' } })
    expect(Buffer.from(reply.body as Uint8Array).equals(bytes)).toBe(true)
    expect(await get(`/c/${bonus}/icon.png`, { 'if-none-match': reply.headers?.ETag ?? '' })).toMatchObject({
      status: 304,
    })
  })
})

test('too many requests for a card get a page that says so, and when to come back', async () => {
  const busy = makeRoutes({ cards, admitCard: () => 17 })
  const { status, headers, text, suspicious } = await busy.get(`/c/${bonus}`, { 'accept-language': 'de' })
  expect({ status, suspicious }).toEqual({ status: 429, suspicious: undefined })
  expect(headers).toMatchObject({ 'Retry-After': '17', 'Content-Type': 'text/html; charset=utf-8' })
  expect(text).toContain('<h1>Diese Karte wird gerade sehr oft aufgerufen</h1>')
  expect(text).not.toContain('Bergstrom')
})
