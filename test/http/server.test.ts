import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { createMetrics } from '../../src/http/metrics.js'
import { createHttpServer } from '../../src/http/server.js'
import { AppError } from '../../src/kit/errors/index.js'
import type { HttpRoute } from '../../src/kit/http.js'
import { tempDir } from '../support/temp-dir.js'

const routes: readonly HttpRoute[] = [
  {
    method: 'GET',
    path: '/slow',
    name: 'slow',
    async handle() {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      return { status: 200, body: 'late' }
    },
  },
  {
    method: 'GET',
    path: '/full',
    name: 'full',
    handle() {
      throw new AppError('DISK_FULL', 'no space left on the disk of /srv/store.db')
    },
  },
  {
    method: 'GET',
    path: '/v1/cards/:serial',
    name: 'card',
    handle: ({ params }) => ({ status: 200, body: params.serial ?? '' }),
  },
  {
    method: 'POST',
    path: '/v1/log',
    name: 'log',
    bodyLimit: 100,
    handle: ({ body }) => ({ status: 200, body: String(body.length) }),
  },
]

function create(prefix: string, tls?: { readonly cert: Buffer; readonly key: Buffer }) {
  return createHttpServer({
    routes,
    tls,
    prefix,
    limits: { perAddress: 0, perCard: 0, failures: 0 },
    trustedProxies: [],
    metrics: createMetrics(),
    now: Date.now,
    onRequest: () => {},
    onFailure: () => {},
  })
}

test('a full disk is answered with "later", and what went wrong is not shown', async () => {
  const address = await serve('')
  const answer = await fetch(`${address}/full`)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await answer.text()).not.toContain('/srv')
})

async function serve(prefix: string): Promise<string> {
  const server = create(prefix)
  onTestFinished(() => server.close(1000))
  return `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0, shared: false })}`
}

test.each([
  ['/wallet', ['/v1/cards/1', '/wallet/v1/cards/1'], ['/other/v1/cards/1']],
  ['/wallet/', ['/wallet/v1/cards/1'], []],
  ['/', ['/v1/cards/1'], []],
  ['/a:b', ['/a:b/v1/cards/1'], ['/aX/v1/cards/1']],
  ['/k%C3%A4rtchen/a%20b', ['/k%C3%A4rtchen/a%20b/v1/cards/1', '/k%c3%a4rtchen/a%20b/v1/cards/1'], ['/v1/k']],
])('below %s the routes are found as well', async (prefix, found, unknown) => {
  const address = await serve(prefix)
  for (const path of found) {
    const answer = await fetch(`${address}${path}`)
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, '1'])
  }
  for (const path of unknown) expect((await fetch(`${address}${path}`)).status).toBe(404)
})

test.each([
  'application/json',
  'text/plain',
  'json',
  ';;;',
  'application/json; charset="',
])('a body is read whatever its type says (%s)', async (type) => {
  const answer = await fetch(`${await serve('')}/v1/log`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: '{"logs":[]}',
  })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe('11')
})

test.each(['http', 'https'])('at the end connections that were never used are not waited for (%s)', async (kind) => {
  const server = create('', kind === 'https' ? await makeTls() : undefined)
  const port = await server.listen({ host: '127.0.0.1', port: 0, shared: false })
  const silent = connect(port, '127.0.0.1')
  const half =
    kind === 'https' ? connectTls(port, '127.0.0.1', { rejectUnauthorized: false }) : connect(port, '127.0.0.1')
  const ended = [silent, half].map(
    (socket) => new Promise<void>((resolve) => socket.on('error', () => {}).on('close', () => resolve())),
  )
  await Promise.all([once(silent, 'connect'), once(half, kind === 'https' ? 'secureConnect' : 'connect')])
  half.write('GET /v1/cards/1 HTTP/1.1\r\n')
  const begun = performance.now()
  await server.close(10_000)
  expect(performance.now() - begun).toBeLessThan(3000)
  await Promise.all(ended)
})

test.each(['http', 'https'])('at the end a request under way is answered (%s)', async (kind) => {
  const server = create('', kind === 'https' ? await makeTls() : undefined)
  const port = await server.listen({ host: '127.0.0.1', port: 0, shared: false })
  const get = kind === 'https' ? https.get : http.get
  const answer = once(get({ port, path: '/slow', rejectUnauthorized: false, agent: false }), 'response')
  await new Promise((resolve) => setTimeout(resolve, 200))
  await server.close(10_000)
  const [{ statusCode }] = await answer
  expect(statusCode).toBe(200)
})

async function makeTls(): Promise<{ cert: Buffer; key: Buffer }> {
  const dir = await tempDir('http-tls')
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')]
  await execa('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
    ...['-subj', '/CN=localhost', '-keyout', key, '-out', cert],
  ])
  return { cert: await readFile(cert), key: await readFile(key) }
}
