import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { afterEach, describe, expect, test } from 'vitest'
import { serviceUrl } from '../../../src/delivery/conformance/run-conformance.js'
import { ANSWER_LIMIT } from '../../../src/delivery/conformance/wallet-client.js'
import { isAppError } from '../../../src/kit/errors/index.js'
import { tempDir } from '../../support/temp-dir.js'
import { startWalletServer, type WalletBug } from '../../support/wallet-server.js'
import { tryServer, tryUrl } from './try-server.js'

const dir = await tempDir('conformance')
const CARD = { serial: 'A-1', passType: 'pass.com.example.bonus', token: 'a-token-of-16-characters' }
const ends: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  const url = await listen(server)
  ends.push(() => server.closeAllConnections())
  return url
}

async function walletServer(...bugs: readonly WalletBug[]) {
  const server = await startWalletServer(...bugs)
  ends.push(() => server.close())
  return server
}

async function unreachable(url: string, timeout = 300): Promise<string> {
  const error = await tryUrl(url, [CARD], { timeout }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isAppError(error)) throw error ?? new Error('it was reached')
  expect(error).toMatchObject({ code: 'CONFORMANCE_UNREACHABLE', exitCode: 5 })
  return error.message
}

describe('no answer', () => {
  test('nobody listens', async () => {
    const server = createTcpServer()
    const url = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await unreachable(url)).toMatch(/nothing listens at that address/)
  })

  test('the server hangs', async () => {
    const sockets: { destroy(): void }[] = []
    const url = await listen(createTcpServer((socket) => sockets.push(socket.on('error', () => {}))))
    ends.push(() => sockets.forEach((socket) => void socket.destroy()))
    expect(await unreachable(url)).toMatch(/nothing whole within 0.3 s/)
  })

  test('it does not speak HTTP, or closes the connection', async () => {
    const garbage = createTcpServer((socket) => socket.on('error', () => {}).end('220 mail.example.com ESMTP\r\n'))
    expect(await unreachable(await listen(garbage))).toMatch(/is not HTTP/)
    const closes = createTcpServer((socket) => socket.on('error', () => {}).destroy())
    expect(await unreachable(await listen(closes))).toMatch(/closed the connection/)
  })

  test('too many requests from the beginning', async () => {
    const url = await serve((_, response) => response.writeHead(429, { 'Retry-After': '3600' }).end())
    expect(await unreachable(url)).toMatch(/429/)
  })

  test('it stops answering in the middle: a third silence ends the run', async () => {
    let answers = 3
    const url = await serve((request, response) => {
      if (answers-- > 0) response.writeHead(200).end()
      else request.socket.destroy()
    })
    expect(await unreachable(url)).toMatch(/closed the connection/)
  })
})

describe('odd answers', () => {
  test('a web page for everything breaks the rules, not the run', async () => {
    const url = await serve((_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Welcome</h1>'),
    )
    const { summary, result } = await tryUrl(url, [CARD, { ...CARD, serial: 'A-2', token: 'b-token-of-16-characters' }])
    expect(summary.conforms).toBe(false)
    expect(result('list.registered')).toMatchObject({
      outcome: 'failed',
      message: expect.stringMatching(/no JSON object/),
    })
    expect(result('pass.type').message).toMatch(/text\/html/)
    expect(result('pass.is-the-card').outcome).toBe('failed')
    expect(result('pass.no-auth').outcome).toBe('failed')
    expect(result('pass.type').exchanges[0]?.answer).toBe('200 text/html: <h1>Welcome</h1>')
  })

  test('errors of the server are counted', async () => {
    const url = await serve((_, response) => response.writeHead(503).end('down'))
    const { summary, result } = await tryUrl(url, [CARD])
    expect(summary.conforms).toBe(false)
    expect(result('service.no-server-error')).toMatchObject({ outcome: 'warned' })
    expect(result('service.no-server-error').exchanges.at(-1)?.answer).toMatch(/^503/)
  })

  test('an endless pass is read up to the limit and fails its rules', async () => {
    let sent = 0
    const chunk = Buffer.alloc(1024 * 1024)
    const pour = async (response: ServerResponse): Promise<void> => {
      response.writeHead(200, { 'Content-Type': 'application/vnd.apple.pkpass' })
      while (!response.destroyed) {
        sent += chunk.length
        if (!response.write(chunk)) await Promise.race([new Promise((go) => response.once('drain', go)), sleep(500)])
      }
    }
    const url = await serve((_, response) => void pour(response))
    const { result } = await tryUrl(url, [CARD], { only: ['pass.type'] })
    expect(result('pass.type')).toMatchObject({
      outcome: 'failed',
      message: 'No answer: the answer is longer than 16 MB.',
    })
    // Two requests, and what the sockets hold.
    expect(sent).toBeLessThan(2 * ANSWER_LIMIT + 32 * chunk.length)
  })

  test('an answer that drips is ended by the clock', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    })
    const { result } = await tryUrl(url, [CARD], { only: ['log'], timeout: 200 })
    expect(result('log.accepts').message).toBe('No answer: nothing whole within 0.2 s.')
  })

  test('redirects are not followed', async () => {
    let followed = 0
    const target = await serve((_, response) => {
      followed++
      response.end()
    })
    const url = await serve((request, response) =>
      response.writeHead(301, { Location: `${target}${request.url}` }).end(),
    )
    const { result } = await tryUrl(url, [CARD], { only: ['register.created', 'pass'] })
    expect(result('register.created')).toMatchObject({
      outcome: 'failed',
      message: expect.stringMatching(/301 instead of 201. The protocol knows no redirects/),
    })
    expect(result('pass.type').exchanges[0]?.answer).toContain(`Location: ${target}`)
    expect(followed).toBe(0)
  })
})

test('patience is shown to a server that asks for it, and a rule is skipped when it asks for too much', async () => {
  let asked = 0
  const url = await serve((request, response) => {
    if (request.method === 'DELETE') return response.writeHead(401).end()
    if (request.url?.startsWith('/v1/devices') === true) return response.writeHead(429, { 'Retry-After': '99' }).end()
    const [status, headers] = asked++ % 2 === 0 ? [429, { 'Retry-After': '0' }] : [200, {}]
    response.writeHead(status, headers).end()
  })
  const { result } = await tryUrl(url, [CARD], { only: ['log.accepts', 'register.created'] })
  expect(result('log.accepts').outcome).toBe('passed')
  expect(result('register.created')).toMatchObject({ outcome: 'skipped', message: expect.stringMatching(/429/) })
})

test('a run that is stopped takes back what it registered', async () => {
  const server = await walletServer()
  const controller = new AbortController()
  const stop = new DOMException('stop', 'AbortError')
  const update = async (): Promise<void> => {
    expect(server.registrations()).toBeGreaterThan(0)
    controller.abort(stop)
  }
  const { state, summary } = await tryServer(server, { update, signal: controller.signal, only: ['list'] })
  expect(state).toBe('stopped')
  expect(summary.sentence).toMatch(/stopped early/)
  expect(server.registrations()).toBe(0)
})

test('registrations that cannot be taken back are told', async () => {
  const server = await walletServer('unregister-keeps')
  expect((await tryServer(server, { only: ['register.created'] })).summary.notes).toEqual([])
  const url = await serve((request, response) => response.writeHead(request.method === 'DELETE' ? 403 : 201).end())
  const { summary } = await tryUrl(url, [CARD], { only: ['register.created'] })
  expect(summary.notes).toEqual(['1 of the registrations that were tried could not be taken back.'])
})

test('what is shown holds no token, also where the server sends it back', async () => {
  const url = await serve((request, response) =>
    response
      .writeHead(200, { 'Content-Type': 'text/plain' })
      .end(`you sent ${request.headers.authorization}\u001b[31m`),
  )
  const { results } = await tryUrl(url, [CARD])
  const text = JSON.stringify(results)
  expect(text).toContain('you sent ApplePass ****')
  expect(text).not.toContain(CARD.token)
  expect(text).not.toContain('\\u001b')
})

test('requests name the program and look like a phone’s', async () => {
  const server = await walletServer()
  await tryServer(server, { only: ['register.created', 'log.accepts'] })
  const agents = new Set(server.requests.map(({ userAgent }) => userAgent))
  expect([...agents]).toEqual(['passd/1.0 (compatible; Tessera conformance 0.0.0)'])
})

test('a path in the address and slashes behind it', async () => {
  const seen = new Set<string>()
  const url = await serve((request, response) => {
    seen.add(request.url ?? '')
    response.writeHead(404).end()
  })
  const { summary } = await tryUrl(`${url}/wallet/v1//`, [CARD], { only: ['log.accepts'] })
  expect([...seen]).toContain('/wallet/v1/v1/log')
  expect(summary.notes).toEqual([
    'The address ends in /v1, which phones append themselves: /v1/v1 was asked.',
    'The pass was answered 404 with its own token: do the card and the address belong together?',
  ])
})

test.each([
  'ftp://example.com',
  'example.com',
  'https://a:b@example.com',
  'https://example.com/?x=1',
  'https://example.com/#x',
])('%s is no address of a service', (text) => {
  expect(() => serviceUrl(text)).toThrow(/The address/)
  expect(() => serviceUrl(text)).not.toThrow(/a:b/)
})

describe('https', () => {
  test('is expected beyond this machine', async () => {
    const server = await walletServer()
    const { port } = new URL(server.url)
    const { result } = await tryUrl(`http://0.0.0.0:${port}`, server.cards, { only: ['service.https'] })
    expect(result('service.https')).toMatchObject({ outcome: 'warned', message: 'It was asked by http.' })
  })

  test('with a certificate of one’s own', async () => {
    const [key, cert] = [`${dir}/key.pem`, `${dir}/cert.pem`]
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    await execa('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...name])
    const read = async (path: string): Promise<string> => (await execa('cat', [path])).stdout
    const server = createSecureServer({ key: await read(key), cert: await read(cert) }, (_, response) => response.end())
    const url = (await listen(server)).replace('http:', 'https:')
    expect(await unreachable(url, 3000)).toMatch(/self.signed certificate/)
    const der = Buffer.from((await read(cert)).replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
    const { result } = await tryUrl(url, [CARD], { only: ['service.https', 'log.accepts'], trust: [der] })
    expect(result('service.https').outcome).toBe('passed')
    expect(result('log.accepts').outcome).toBe('passed')
  })
})
