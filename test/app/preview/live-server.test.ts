import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { contentPolicy, errorPage, followScript } from '../../../src/app/preview/live-page.js'
import { type LiveContent, startLiveServer } from '../../../src/app/preview/live-server.js'
import { AppError } from '../../../src/kit/errors/index.js'

const script = followScript('run-1')
const content: LiveContent = {
  version: 'run-1',
  ok: true,
  html: `<!DOCTYPE html><p>Card</p><script>${script}</script>`,
  script,
  async picture(name, query) {
    if (query.get('locale') === 'broken') throw new Error('no picture')
    return name === 'front.png' ? Buffer.from('PNG') : undefined
  },
}

async function serve() {
  const server = await startLiveServer({ port: 0, content: () => content })
  onTestFinished(() => server.close())
  return { server, url: server.url, port: Number(new URL(server.url).port) }
}

/** Sends exactly these bytes and returns the whole answer. */
async function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(answer) : reject(error),
    )
    socket.setTimeout(3000, () => socket.destroy())
  })
}

const get = (port: number, path: string, host = `127.0.0.1:${port}`, method = 'GET'): Promise<string> =>
  raw(port, `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)

test('the page is served with a policy that runs its own script and nothing else', async () => {
  const { url } = await serve()
  const response = await fetch(url)
  expect(await response.text()).toBe(content.html)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  const policy = response.headers.get('content-security-policy')
  expect(policy).toBe(contentPolicy(script))
  expect(policy).toMatch(/default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='; /)
})

test('pictures are served, HEAD has no body', async () => {
  const { url } = await serve()
  const picture = await fetch(`${url}front.png?locale=ru`)
  expect([picture.headers.get('content-type'), await picture.text()]).toEqual(['image/png', 'PNG'])
  const head = await fetch(`${url}front.png`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '3', ''])
})

test('a picture that cannot be drawn is an error of its own and the server goes on', async () => {
  const { url } = await serve()
  expect((await fetch(`${url}front.png?locale=broken`)).status).toBe(500)
  expect((await fetch(url)).status).toBe(200)
})

test('requests that carry the name of another site are refused', async () => {
  const { port } = await serve()
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:1', '']) {
    const answer = await get(port, '/', host)
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).not.toContain('Card')
  }
  expect(await raw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await raw(port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /)
  expect(await get(port, '/events', 'evil.example')).toMatch(/^HTTP\/1\.1 403 /)
})

test('only GET and HEAD are answered', async () => {
  const { port } = await serve()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
    const answer = await get(port, '/', undefined, method)
    expect(answer).toMatch(/^HTTP\/1\.1 405 /)
    expect(answer).toMatch(/\r\nAllow: GET, HEAD\r\n/)
  }
})

test.each([
  '/../../etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/%00',
  '//evil.example/',
  'http://evil.example/',
  '/pass.json',
  '/constructor.png',
  '/front.png/../pass.json',
  '/%',
])('%s leads nowhere', async (path) => {
  const { port } = await serve()
  expect(await get(port, path)).toMatch(/^HTTP\/1\.1 404 /)
})

test('headers and addresses of unusual size are refused', async () => {
  const { port } = await serve()
  const padding = 'x'.repeat(20_000)
  const request = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Padding: ${padding}\r\n\r\n`
  expect(await raw(port, request)).toMatch(/^HTTP\/1\.1 431 /)
  expect(await get(port, `/${padding}`)).toMatch(/^HTTP\/1\.1 431 /)
  expect(await raw(port, '\u0000\u0001garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
})

test('a browser hears which version is current when it connects, and of every new one', async () => {
  const { url, server } = await serve()
  const response = await fetch(`${url}events`)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await chunks?.read())?.value).toContain('event: version\ndata: run-1\n\n')
  server.tell('run-2')
  expect((await chunks?.read())?.value).toBe('event: version\ndata: run-2\n\n')
})

test('there are as many streams as one designer needs, and room again when some end', async () => {
  const { url } = await serve()
  const stops = Array.from({ length: 33 }, () => new AbortController())
  const streams = await Promise.all(stops.map(({ signal }) => fetch(`${url}events`, { signal })))
  const last = streams.at(-1)
  // The one too many ends at once and is told to come back later.
  expect(await last?.text()).toBe('retry: 10000\n\n')
  for (const stop of stops) stop.abort()
  const again = await fetch(`${url}events`)
  expect((await again.body?.pipeThrough(new TextDecoderStream()).getReader().read())?.value).toContain('run-1')
})

test('closing ends open streams at once', async () => {
  const server = await startLiveServer({ port: 0, content: () => content })
  const response = await fetch(`${server.url}events`)
  const begun = performance.now()
  await server.close()
  await response.text().catch(() => undefined)
  expect(performance.now() - begun).toBeLessThan(5000)
  await expect(fetch(server.url)).rejects.toThrow()
})

test('a port that is taken is told by its number', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const error = await startLiveServer({ port, content: () => content }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: 'PORT_UNAVAILABLE', message: `Port ${port} is in use by another program.` })
})

test('the page of a mistake shows the place and lets nothing of the file act', () => {
  const failure = {
    code: 'DESIGN_INVALID',
    message: 'x.pkpasstemplate/pass.json line 2, column 3: <b>wrong</b>.',
    hints: ['Mend it & save.'],
    file: '/designs/x.pkpasstemplate/pass.json',
    line: 2,
    column: 3,
    excerpt: { first: 1, lines: ['{', '  <script>alert(1)</script>', '}'] },
  }
  const html = errorPage(failure, script)
  expect(html).toContain('&#60;b&#62;wrong&#60;/b&#62;')
  expect(html).toContain('pass.json:2:3')
  expect(html).toContain('<mark>&#60;</mark>script&#62;alert(1)')
  expect(html.match(/<script>/g)).toHaveLength(1)
})
