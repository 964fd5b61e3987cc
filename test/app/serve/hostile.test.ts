import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phone, type ServiceUnderTest, serveForTest, serveLaunch } from '../../support/service.js'
import { tempDir } from '../../support/temp-dir.js'
import { prepareLaunch } from '../../support/tessera.js'

const dir = await tempDir('hostile')
const OPEN = {
  TESSERA_SERVICE_LIMITS_PER_ADDRESS: '0',
  TESSERA_SERVICE_LIMITS_FAILURES: '0',
  TESSERA_SERVICE_LIMITS_PER_CARD: '0',
}
let launch: string
let served: ServiceUnderTest
let token: string

beforeAll(async () => {
  launch = await prepareLaunch(dir)
  served = await serveLaunch(launch, OPEN)
  token = await served.tokenOf('1001')
}, 120_000)
afterAll(() => served.close())

const port = (): number => Number(new URL(served.url).port)
const stillServing = async (): Promise<void> => {
  const started = performance.now()
  expect((await phone(served, 'good').pass('1001', token)).status).toBe(200)
  expect(performance.now() - started).toBeLessThan(2000)
}

/** Sends bytes as they are. @returns what came back, until the server closed or `patience` is over. */
function raw(bytes: string | Buffer, { patience = 3000 } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port(), '127.0.0.1')
    let text = ''
    const end = (): void => {
      socket.destroy()
      resolve(text)
    }
    const timer = setTimeout(end, patience)
    socket.on('data', (data) => {
      text += data.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(text)
    })
    socket.write(bytes)
  })
}
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)

describe('ids with tricks in them', () => {
  const tricks = [
    '..%2f..%2f1001',
    '%2e%2e',
    '1001%00',
    '1001%0d%0aX-Evil:%201',
    '1001%2f',
    '%31%30%30%31%20',
    "1001'--",
    '1001%25',
    '*',
    '%2a',
    '%E2%80%AE1001',
    '%F0%9F%98%80',
    'a'.repeat(900),
    '1001;admin',
    '%7B%7D',
    '__proto__',
    'constructor',
  ]
  test.each(tricks)('%s is no card, whoever asks', async (serial) => {
    for (const path of [`/v1/passes/${served.passType}/${serial}`, `/v1/passes/${serial}/1001`]) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ApplePass ${token}\r\nConnection: close\r\n\r\n`,
      )
      expect([400, 401, 404, 414]).toContain(statusOf(answer))
      expect(answer).not.toMatch(/x-evil|node_modules|\.ts:|\.js:|sqlite/i)
    }
    await stillServing()
  })

  test.each(['%', '%zz', '%c0%ae%c0%ae', '%u0031', '\u0001'])('%j is not even an address', async (serial) => {
    const answer = await raw(
      `GET /v1/passes/${served.passType}/${serial} HTTP/1.1\r\nHost: x\r\nAuthorization: ApplePass ${token}\r\nConnection: close\r\n\r\n`,
    )
    expect([400, 401, 404]).toContain(statusOf(answer))
  })

  test('an encoded serial that is one is found', async () => {
    const answer = await raw(
      `GET /v1/passes/${served.passType}/%31%30%30%31 HTTP/1.1\r\nHost: x\r\nAuthorization: ApplePass ${token}\r\nConnection: close\r\n\r\n`,
    )
    expect(statusOf(answer)).toBe(200)
  })

  test('addresses outside of the protocol are 404, files are never served', async () => {
    for (const path of [
      '/tessera.yaml',
      '/../tessera.yaml',
      '/.tessera/store.db',
      '/certs/pass.key.pem',
      '//v2/passes',
    ])
      expect(statusOf(await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))).toBe(404)
  })
})

describe('too much of something', () => {
  test('a body of 10 MB is refused before it is read', async () => {
    const head = (length: number): string =>
      `POST /v1/log HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`
    const before = process.memoryUsage().rss
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        raw(Buffer.concat([Buffer.from(head(10_000_000)), Buffer.alloc(10_000_000, 0x20)])),
      ),
    )
    // The server may close the connection while the body is still coming, and the answer is lost with it.
    for (const answer of answers) expect([0, 413]).toContain(statusOf(answer))
    expect(answers.some((answer) => statusOf(answer) === 413)).toBe(true)
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000)
    await stillServing()
  })

  test('a body without end is cut off', async () => {
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
    const answer = await raw(
      `POST /v1/log HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk.repeat(40)}`,
    )
    expect([0, 413]).toContain(statusOf(answer))
    await stillServing()
  })

  test('a flood of headers is refused', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `X-${index}: ${'v'.repeat(20)}\r\n`).join('')
    expect(statusOf(await raw(`GET /health HTTP/1.1\r\nHost: x\r\n${many}\r\n`))).toBe(431)
    expect(statusOf(await raw(`GET /health HTTP/1.1\r\nHost: x\r\nX: ${'v'.repeat(100_000)}\r\n\r\n`))).toBe(431)
    expect([400, 414, 431]).toContain(statusOf(await raw(`GET /${'v'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)))
    await stillServing()
  })

  test('two lengths, or a length and chunks, are no request', async () => {
    const body = 'Host: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'
    expect(statusOf(await raw(`POST /v1/log HTTP/1.1\r\n${body}`))).toBe(400)
    const both = 'Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
    expect(statusOf(await raw(`POST /v1/log HTTP/1.1\r\n${both}`))).toBe(400)
  })

  test('a thousand connections that say nothing keep nobody else waiting', async () => {
    const sockets = Array.from({ length: 1000 }, () => connect(port(), '127.0.0.1').on('error', () => {}))
    await sleep(300)
    // Half of them dribble a header, byte by byte.
    for (const socket of sockets.slice(500)) socket.write('GET /v1/pas')
    for (let round = 0; round < 5; round++) {
      for (const socket of sockets.slice(500)) socket.write('s')
      await stillServing()
      await sleep(100)
    }
    for (const socket of sockets) socket.destroy()
  })

  test('a header that dribbles for longer than ten seconds is given up', async () => {
    const socket = connect(port(), '127.0.0.1')
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    socket.on('error', () => {}).resume()
    socket.write('GET /health HTTP/1.1\r\nHost: x\r\n')
    const dribble = setInterval(() => socket.write('X-A: b\r\n'), 500)
    const started = performance.now()
    await closed
    clearInterval(dribble)
    expect(performance.now() - started).toBeLessThan(25_000)
  }, 60_000)
})

test('100,000 made-up serials learn nothing and keep nobody else waiting', async () => {
  const request = (index: number): string =>
    `GET /v1/passes/${served.passType}/made-up-${index} HTTP/1.1\r\nHost: x\r\nAuthorization: ApplePass ${token}\r\n\r\n`
  const CONNECTIONS = 20
  const EACH = 5000
  const before = process.memoryUsage().heapUsed
  const flood = Array.from({ length: CONNECTIONS }, async (_, connection) => {
    const socket = connect(port(), '127.0.0.1')
    let unauthorized = 0
    let other = 0
    await new Promise<void>((resolve, reject) => {
      let sent = 0
      const more = (): void => {
        const batch = Array.from({ length: 50 }, (_unused, index) => request(connection * EACH + sent + index)).join('')
        sent += 50
        socket.write(batch)
      }
      socket.on('error', reject)
      socket.on('data', (data) => {
        for (const [, status] of data.toString('latin1').matchAll(/HTTP\/1\.1 (\d{3})/g)) {
          if (status === '401') unauthorized++
          else other++
        }
        if (unauthorized + other >= EACH) {
          socket.destroy()
          resolve()
        } else if (unauthorized + other >= sent) more()
      })
      more()
    })
    return { unauthorized, other }
  })
  const meanwhile: number[] = []
  const watch = (async () => {
    for (let round = 0; round < 10; round++) {
      const started = performance.now()
      expect((await phone(served, 'good').pass('1001', token)).status).toBe(200)
      meanwhile.push(performance.now() - started)
      await sleep(100)
    }
  })()
  const results = await Promise.all(flood)
  await watch
  expect(results.reduce((sum, { unauthorized }) => sum + unauthorized, 0)).toBe(CONNECTIONS * EACH)
  expect(results.every(({ other }) => other === 0)).toBe(true)
  expect(Math.max(...meanwhile)).toBeLessThan(5000)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(300_000_000)
}, 180_000)

describe('limits', () => {
  test('whoever guesses is refused after a while, others and the time after are not', async () => {
    const limited = await serveForTest(launch, {
      ...OPEN,
      TESSERA_SERVICE_LIMITS_FAILURES: '20',
      TESSERA_SERVICE_TRUSTED_PROXIES: '127.0.0.1',
    })
    const guess = (ip: string) =>
      fetch(`${limited.url}/v1/passes/${limited.passType}/1001`, {
        headers: { Authorization: 'ApplePass guess-guess-guess-guess', 'X-Forwarded-For': ip },
      })
    const statuses: number[] = []
    for (let index = 0; index < 25; index++) statuses.push((await guess('192.0.2.1')).status)
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true)
    expect(statuses.slice(20)).toEqual([429, 429, 429, 429, 429])
    expect((await guess('192.0.2.2')).status).toBe(401)
    const refused = await guess('192.0.2.1')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    limited.shift(61_000)
    expect((await guess('192.0.2.1')).status).toBe(401)
  })

  test('an address that is not a trusted proxy cannot say that it is another', async () => {
    const limited = await serveForTest(launch, { ...OPEN, TESSERA_SERVICE_LIMITS_PER_ADDRESS: '10' })
    const statuses: number[] = []
    for (let index = 0; index < 12; index++) {
      const response = await fetch(`${limited.url}/health`, { headers: { 'X-Forwarded-For': `192.0.2.${index}` } })
      statuses.push(response.status)
    }
    expect(statuses.slice(10)).toEqual([429, 429])
  })

  test('one card is asked for so often and no more', async () => {
    const limited = await serveForTest(launch, { ...OPEN, TESSERA_SERVICE_LIMITS_PER_CARD: '5' })
    const device = phone(limited, 'eager')
    const statuses: number[] = []
    for (let index = 0; index < 7; index++) statuses.push((await device.pass('1001', token)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect((await device.pass('1002', await limited.tokenOf('1002'))).status).toBe(200)
  })
})

test('whoever complains without end is not listened to any more, and may do everything else', async () => {
  const limited = await serveForTest(launch, { ...OPEN, TESSERA_SERVICE_LIMITS_LOGS: '3' })
  const complain = async (): Promise<number> =>
    (await fetch(`${limited.url}/v1/log`, { method: 'POST', body: '{"logs":["something"]}' })).status
  expect([await complain(), await complain(), await complain(), await complain()]).toEqual([200, 200, 200, 429])
  expect((await phone(limited, 'quiet').pass('1001', token)).status).toBe(200)
})

test('metrics are for this machine only', async () => {
  expect((await fetch(`${served.url}/metrics`)).status).toBe(200)
  expect((await fetch(`${served.url}/metrics`, { headers: { 'X-Forwarded-For': '192.0.2.7' } })).status).toBe(404)
  const proxied = await serveForTest(launch, { ...OPEN, TESSERA_SERVICE_TRUSTED_PROXIES: '127.0.0.1' })
  expect((await fetch(`${proxied.url}/metrics`, { headers: { 'X-Forwarded-For': '127.0.0.1' } })).status).toBe(404)
})
