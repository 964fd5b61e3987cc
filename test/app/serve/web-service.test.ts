import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkCards } from '../../../src/app/card-links.js'
import { changeCards } from '../../../src/app/cards.js'
import { startService } from '../../../src/app/serve/serve.js'
import { verifyPass } from '../../../src/verifying/verify-pass.js'
import { manifestProblems, opensslAccepts, unzip } from '../../support/open-pass.js'
import { phone, type ServiceUnderTest, serveLaunch } from '../../support/service.js'
import { tempDir } from '../../support/temp-dir.js'
import { prepareLaunch } from '../../support/tessera.js'

const dir = await tempDir('web-service')
let served: ServiceUnderTest
let token: string
let other: string

beforeAll(async () => {
  served = await serveLaunch(await prepareLaunch(dir))
  token = await served.tokenOf('1001')
  other = await served.tokenOf('1002')
}, 120_000)
afterAll(() => served.close())

const change = (serial: string) =>
  changeCards(served.launch, {
    selection: { serials: [serial] },
    change: { kind: 'extend', by: 86_400_000 },
    dryRun: false,
  })
const statusOf = async (response: Promise<Response>): Promise<number> => (await response).status
const registrationsOf = (device: string) =>
  served.store.db.selectFrom('registrations').selectAll().where('device', '=', device).orderBy('id').execute()

describe('registrations', () => {
  test('are created once and found again', async () => {
    const device = phone(served, 'created')
    expect(await statusOf(device.register('1001', token))).toBe(201)
    expect(await statusOf(device.register('1001', token))).toBe(200)
    expect(await registrationsOf('created')).toMatchObject([
      { platform: 'apple', push_token: 'push-created', push_url: null },
    ])
  })

  test('a new push token takes the place of the old one for all cards of the phone', async () => {
    const device = phone(served, 'rotating')
    await device.register('1001', token, 'old')
    await device.register('1002', other, 'old')
    expect(await statusOf(device.register('1001', token, 'new'))).toBe(200)
    expect((await registrationsOf('rotating')).map(({ push_token }) => push_token)).toEqual(['new', 'new'])
  })

  test('end, and ending them again is no error', async () => {
    const device = phone(served, 'leaving')
    await device.register('1001', token)
    expect(await statusOf(device.unregister('1001', token))).toBe(200)
    expect(await registrationsOf('leaving')).toEqual([])
    expect(await statusOf(device.unregister('1001', token))).toBe(200)
    expect((await device.updates()).status).toBe(204)
  })

  test('a phone may have hundreds', async () => {
    const now = Date.now()
    const card = await served.store.db
      .selectFrom('cards')
      .selectAll()
      .where('serial', '=', '1003')
      .executeTakeFirstOrThrow()
    const { id: _id, ...row } = card
    await served.store.write((trx) =>
      served.store.insertMany(
        trx,
        'cards',
        Array.from({ length: 400 }, (_, index) => ({ ...row, serial: `many-${index}` })),
      ),
    )
    const device = phone(served, 'collector')
    for (let index = 0; index < 400; index++)
      expect(await statusOf(device.register(`many-${index}`, card.token))).toBe(201)
    const { serialNumbers, lastUpdated } = await device.updates()
    expect(serialNumbers).toHaveLength(400)
    expect(new Set(serialNumbers).size).toBe(400)
    expect((await device.updates(lastUpdated)).status).toBe(204)
    expect(Date.now() - now).toBeLessThan(60_000)
  }, 70_000)

  test.each([
    ['no body', undefined],
    ['no JSON', '{"pushToken"'],
    ['no push token', '{}'],
    ['a number', '{"pushToken":5}'],
    ['an empty one', '{"pushToken":""}'],
    ['one with a line end', '{"pushToken":"a\\nb"}'],
    ['one of 2,000 letters', JSON.stringify({ pushToken: 'a'.repeat(2000) })],
  ])('with %s in the body are bad requests', async (_name, body) => {
    const response = await fetch(`${served.url}/v1/devices/bad/registrations/${served.passType}/1001`, {
      method: 'POST',
      headers: { Authorization: `ApplePass ${token}` },
      ...(body === undefined ? {} : { body }),
    })
    expect(response.status).toBe(400)
    expect(await registrationsOf('bad')).toEqual([])
  })

  test.each([
    ['AttidoPass', {}, 'attido'],
    ['WalletUnionPass', {}, 'walletunion'],
    ['WalletUnionHMSPass', {}, 'walletunion-hms'],
    ['AndroidPass', {}, 'walletpasses'],
    ['applepass', {}, 'apple'],
    ['ApplePass', { 'X-Pass-Client': 'Passes' }, 'pass2u'],
    ['ApplePass', { 'X-Pass-Client': 'Passworks' }, 'passworks'],
  ])('%s with %o is kept as %s', async (scheme, headers, platform) => {
    const device = `by-${platform}-${scheme}`
    const response = await fetch(`${served.url}/v1/devices/${device}/registrations/${served.passType}/1001`, {
      method: 'POST',
      headers: { Authorization: `${scheme} ${token}`, ...headers },
      body: '{"pushToken":"p"}',
    })
    expect(response.status).toBe(201)
    expect(await registrationsOf(device)).toMatchObject([{ platform, push_token: 'p' }])
  })

  test("PassWallet's own address takes the address of its push service, and needs it", async () => {
    const url = `${served.url}/v1/devices/attido/registrations_attido/${served.passType}/1001`
    const send = (body: object, method = 'POST') =>
      fetch(url, {
        method,
        headers: { Authorization: `AttidoPass ${token}` },
        ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
      })
    expect((await send({ pushToken: 'p' })).status).toBe(400)
    expect((await send({ pushToken: 'p', pushServiceUrl: 'file:///etc/passwd' })).status).toBe(400)
    expect((await send({ pushToken: 'p', pushServiceUrl: 'https://push.example.com/a' })).status).toBe(201)
    expect((await send({ pushToken: 'q', pushServiceUrl: 'https://push.example.com/b' })).status).toBe(200)
    expect(await registrationsOf('attido')).toMatchObject([
      { platform: 'attido', push_token: 'q', push_url: 'https://push.example.com/b' },
    ])
    expect((await send({}, 'DELETE')).status).toBe(200)
    expect(await registrationsOf('attido')).toEqual([])
  })
})

describe('the list of what changed', () => {
  test('has string tags that strictly increase, also within one second', async () => {
    const device = phone(served, 'lister')
    await device.register('1001', token)
    await device.register('1002', other)
    let { lastUpdated: tag = '' } = await device.updates()
    for (const serial of ['1001', '1002', '1001', '1001']) {
      expect((await device.updates(tag)).status).toBe(204)
      await change(serial)
      const next = await device.updates(tag)
      expect(next).toMatchObject({ status: 200, serialNumbers: [serial] })
      expect(typeof next.lastUpdated).toBe('string')
      expect(Number(next.lastUpdated)).toBeGreaterThan(Number(tag))
      tag = next.lastUpdated ?? ''
    }
  })

  test('has all cards that changed since, not only the last', async () => {
    const device = phone(served, 'absent')
    await device.register('1001', token)
    await device.register('1002', other)
    const { lastUpdated } = await device.updates()
    await change('1001')
    await change('1002')
    expect((await device.updates(lastUpdated)).serialNumbers.sort()).toEqual(['1001', '1002'])
  })

  test.each([
    '',
    'yesterday',
    '2026-01-01T00:00:00Z',
    '-1',
    '1e3',
    '99999999999999',
    '../..',
    '%00',
    'a'.repeat(500),
  ])('a tag that was never given out (%j) gets everything', async (tag) => {
    const device = phone(served, 'stranger')
    await device.register('1001', token)
    expect((await device.updates(tag)).serialNumbers).toEqual(['1001'])
  })

  test('is empty for unknown devices and other pass types', async () => {
    expect((await phone(served, 'nobody').updates()).status).toBe(204)
    await phone(served, 'somebody').register('1001', token)
    const response = await fetch(`${served.url}/v1/devices/somebody/registrations/pass.of.another`)
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })

  test('has a card that changed before the phone registered it, since the phone may have an older one', async () => {
    const device = phone(served, 'latecomer')
    const fresh = await served.tokenOf('1005')
    await device.register('1005', fresh)
    const { lastUpdated: early } = await device.updates()
    await change('1001')
    const late = await phone(served, 'other-phone')
    await late.register('1005', fresh)
    await change('1006')
    await device.register('1006', await served.tokenOf('1006'))
    expect((await device.updates(early)).serialNumbers).toEqual(['1006'])
  })
})

describe('the latest pass', () => {
  test('is signed on request, with what it was modified', async () => {
    const response = await phone(served, 'p').pass('1001', token)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/vnd.apple.pkpass')
    const modified = response.headers.get('last-modified') ?? ''
    expect(new Date(modified).toUTCString()).toBe(modified)
    const files = await unzip(Buffer.from(await response.arrayBuffer()))
    expect(manifestProblems(files)).toEqual([])
    expect(JSON.parse(String(files.get('pass.json')))).toMatchObject({
      serialNumber: '1001',
      authenticationToken: token,
      passTypeIdentifier: served.passType,
    })
    const root = join(served.launch.dir, 'certs', 'dev-root.pem')
    expect(await opensslAccepts([files], { dir: await tempDir('openssl'), root })).toBe(1)
  })

  test('is not sent again to a phone that has it, and is after each change, also within one second', async () => {
    const device = phone(served, 'p')
    let modified = (await device.pass('1001', token)).headers.get('last-modified') ?? ''
    for (let round = 0; round < 4; round++) {
      expect((await device.pass('1001', token, { 'If-Modified-Since': modified })).status).toBe(304)
      await change('1001')
      const next = await device.pass('1001', token, { 'If-Modified-Since': modified })
      expect(next.status).toBe(200)
      modified = next.headers.get('last-modified') ?? ''
    }
  })

  test('answers HEAD with the same head and no body', async () => {
    const device = phone(served, 'p')
    const [get, head] = [await device.pass('1001', token), await device.pass('1001', token, {}, 'HEAD')]
    for (const name of ['content-type', 'content-length', 'last-modified', 'etag'])
      expect(head.headers.get(name)).toBe(get.headers.get(name))
    expect((await head.arrayBuffer()).byteLength).toBe(0)
    expect(Number(get.headers.get('content-length'))).toBe((await get.arrayBuffer()).byteLength)
  })

  test.each([
    ['a number', '1700000000'],
    ['nothing', ''],
    ['nonsense', 'yesterday at noon'],
    ['long ago', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['of a change that was lost with a store restored from a backup', 'Fri, 01 Jan 2100 00:00:00 GMT'],
  ])('is sent when If-Modified-Since is %s', async (_name, value) => {
    expect((await phone(served, 'p').pass('1001', token, { 'If-Modified-Since': value })).status).toBe(200)
  })

  test('has an ETag that goes before the time', async () => {
    const device = phone(served, 'p')
    const etag = (await device.pass('1001', token)).headers.get('etag') ?? ''
    expect((await device.pass('1001', token, { 'If-None-Match': etag })).status).toBe(304)
    const stale = { 'If-None-Match': '"other"', 'If-Modified-Since': new Date().toUTCString() }
    expect((await device.pass('1001', token, stale)).status).toBe(200)
  })

  test('has the same bytes whenever and wherever it is signed', async () => {
    const again = await serveLaunch(served.launch.dir)
    try {
      const [one, two] = [
        await phone(served, 'p').pass('1004', await served.tokenOf('1004')),
        await phone(again, 'p').pass('1004', await served.tokenOf('1004')),
      ]
      expect(one.headers.get('etag')).toBe(two.headers.get('etag'))
      expect(Buffer.compare(Buffer.from(await one.arrayBuffer()), Buffer.from(await two.arrayBuffer()))).toBe(0)
    } finally {
      await again.close()
    }
  })

  test('is signed once, however many ask at once', async () => {
    await change('1007')
    const seven = await served.tokenOf('1007')
    const before = await metric('signed')
    const all = await Promise.all(Array.from({ length: 50 }, () => phone(served, 'p').pass('1007', seven)))
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200))
    expect((await metric('signed')) - before).toBe(1)
  })
})

async function metric(from: string): Promise<number> {
  const text = await (await fetch(`${served.url}/metrics`)).text()
  return Number(new RegExp(`^tessera_passes_total\\{from="${from}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0)
}

describe('without the right token', () => {
  const attempts: readonly [string, () => string, () => Record<string, string>][] = [
    ['none', () => '1001', () => ({})],
    ['a wrong one', () => '1001', () => ({ Authorization: 'ApplePass 0123456789abcdef' })],
    ["another card's", () => '1001', () => ({ Authorization: `ApplePass ${other}` })],
    ['a scheme that no reader has', () => '1001', () => ({ Authorization: `Bearer ${token}` })],
    ['the token twice', () => '1001', () => ({ Authorization: `ApplePass ${token} ${token}` })],
    ['the token of a card for a serial that is none', () => 'nobody', () => ({ Authorization: `ApplePass ${token}` })],
  ]
  test.each(attempts)('(%s) all is 401, and says the same', async (_name, serial, headers) => {
    const base = `${served.url}/v1`
    const registration = `${base}/devices/x/registrations/${served.passType}/${serial()}`
    const answers = [
      await fetch(registration, { method: 'POST', headers: headers(), body: '{"pushToken":"p"}' }),
      await fetch(registration, { method: 'DELETE', headers: headers() }),
      await fetch(`${base}/passes/${served.passType}/${serial()}`, { headers: headers() }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(await answer.text()).toBe('')
    }
    expect(await registrationsOf('x')).toEqual([])
  })
})

describe('what phones say', () => {
  const log = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${served.url}/v1/log`, { method: 'POST', headers, body })

  test('is kept, with the names in it', async () => {
    const message =
      'Get pass task (for device 5f0a9c1234567890, pass type pass.x, serial number 1001; with web service url https://x) encountered error: Unexpected response code 500'
    const answer = await log(JSON.stringify({ logs: [message, 'second'] }), { 'User-Agent': 'passd/1.0 CFNetwork' })
    expect(answer.status).toBe(200)
    expect(
      await served.store.db.selectFrom('device_logs').selectAll().where('message', 'in', [message, 'second']).execute(),
    ).toMatchObject([
      { message, device: '5f0a9c1234567890', serial: '1001', platform: 'apple' },
      { message: 'second', device: null, serial: null },
    ])
  })

  test.each(['', '[]', '{"logs":"text"}', 'x'.repeat(1000)])('that is no log (%j) is a bad request', async (body) => {
    expect((await log(body)).status).toBe(400)
  })

  test('is cut where it is endless', async () => {
    const logs = Array.from({ length: 300 }, (_, index) => `${index} ${'y'.repeat(400)}`)
    expect((await log(JSON.stringify({ logs }))).status).toBe(200)
    const { count } = await served.store.db
      .selectFrom('device_logs')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('message', 'like', '%yyyy%')
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(100)
  })
})

test('the access log names no serial, token, device or address', async () => {
  await phone(served, 'secret-device').register('1001', token)
  // Numbers and ids are made up here; what is left could only come from the request.
  const text = JSON.stringify(served.records.map(({ method, route, status }) => ({ method, route, status })))
  expect(Object.keys(served.records[0] ?? {}).sort()).toEqual(
    ['at', 'bytes', 'id', 'method', 'milliseconds', 'route', 'status'].sort(),
  )
  for (const secret of ['1001', token, 'secret-device', '127.0.0.1']) expect(text).not.toContain(secret)
  expect(served.records.at(-1)).toMatchObject({ route: 'wallet.register', method: 'POST', status: 201 })
})

test('what is served is a good pass', async () => {
  const response = await phone(served, 'p').pass('1008', await served.tokenOf('1008'))
  const { issuer } = await served.launch.identity()
  const options = { file: 'served.pkpass', trust: [issuer] }
  const report = await verifyPass(Buffer.from(await response.arrayBuffer()), options)
  expect(report.findings.filter(({ severity }) => severity.startsWith('refused'))).toEqual([])
  expect(report.verdict).toBe('valid')
})

test('a link with a slash at its end is the link', async () => {
  const { links } = await linkCards(served.launch, { cwd: dir, names: ['1001'], bundle: false })
  const path = new URL(links[0]?.link ?? '').pathname
  const page = await fetch(`${served.url}${path}/`)
  expect(page.status).toBe(200)
  expect(await page.text()).toBe(await (await fetch(`${served.url}${path}`)).text())
})

test('a port that is taken: the hint is one that helps', async () => {
  const port = Number(new URL(served.service.address).port)
  const error = await startService(served.launch, {
    port,
    sharePort: false,
    onRequest: () => undefined,
    onNote: () => undefined,
  }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'PORT_UNAVAILABLE',
    hints: [expect.stringContaining('--port 0 takes a free one')],
  })
})
