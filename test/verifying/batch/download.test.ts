import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { downloadPass } from '../../../src/verifying/batch/download-pass.js'
import { LARGEST_FILE } from '../../../src/verifying/batch/pass-source.js'

const PASS = 'application/vnd.apple.pkpass'
const servers: Server[] = []

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const load = async (url: string, options: { signal?: AbortSignal; timeoutMs?: number } = {}) => {
  const source = await downloadPass(url, { fetch, ...options })
  if (source.kind !== 'bytes') throw new Error('no bytes')
  return {
    text: Buffer.from(source.bytes).toString(),
    found: source.found,
    rules: source.found.map(({ rule }) => rule),
  }
}
const withHeaders = (headers: Record<string, string>): Promise<string> =>
  serve((_, response) => response.writeHead(200, headers).end('bytes'))

describe('what a server says', () => {
  test.each([PASS, `${PASS}es`, `${PASS.toUpperCase()}; charset=binary`])('%s is the type of a pass', async (type) => {
    expect(await load(await withHeaders({ 'content-type': type }))).toEqual({ text: 'bytes', found: [], rules: [] })
  })

  test.each<[string, Record<string, string>, string, string]>([
    ['another type', { 'content-type': 'application/zip' }, 'download.content-type', 'application/zip'],
    ['no type', {}, 'download.content-type', 'There is no Content-Type.'],
    [
      'long caching',
      { 'content-type': PASS, 'cache-control': 'public, max-age=31536000' },
      'download.cached',
      'kept by caches',
    ],
    ['for ever', { 'content-type': PASS, 'cache-control': 'immutable' }, 'download.cached', 'kept by caches'],
    [
      'another name',
      { 'content-type': PASS, 'content-disposition': 'attachment; filename="download.php"' },
      'download.file-name',
      'download.php',
    ],
  ])('%s is told', async (_, headers, rule, message) => {
    const { found } = await load(await withHeaders(headers))
    expect(found).toEqual([expect.objectContaining({ rule, message: expect.stringContaining(message) })])
  })

  test.each([
    'attachment; filename="card.pkpass"',
    "attachment; filename*=UTF-8''K%C3%A4rtchen.pkpass",
    'inline',
    'attachment; filename=set.pkpasses',
  ])('Content-Disposition: %s is fine', async (disposition) => {
    expect((await load(await withHeaders({ 'content-type': PASS, 'content-disposition': disposition }))).rules).toEqual(
      [],
    )
  })

  test('an error of the visitor is a finding, with the page that came', async () => {
    const url = await serve((_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<html>'))
    expect(await load(url)).toMatchObject({
      text: '<html>',
      found: [{ rule: 'download.status', evidence: '404 Not Found' }],
    })
  })
})

describe('redirects', () => {
  test('are followed, also relative ones', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/card') return response.writeHead(200, { 'content-type': PASS }).end('here')
      return response.writeHead(302, { location: '/card' }).end()
    })
    expect(await load(url)).toEqual({ text: 'here', found: [], rules: [] })
  })

  test('by plain http anywhere on the way are told', async () => {
    const answers: Record<string, Response> = {
      'https://cards.example/a': new Response(null, { status: 301, headers: { location: 'http://cards.example/b' } }),
      'http://cards.example/b': new Response(null, { status: 307, headers: { location: 'https://cards.example/c' } }),
      'https://cards.example/c': new Response('pass', { headers: { 'content-type': PASS } }),
    }
    const asked: string[] = []
    const source = await downloadPass('https://cards.example/a', {
      fetch: async (address) => {
        asked.push(String(address))
        return answers[String(address)] ?? new Response(null, { status: 404 })
      },
    })
    expect(asked).toEqual(Object.keys(answers))
    expect(source).toMatchObject({ found: [{ rule: 'download.not-https', evidence: 'http://cards.example/b' }] })
  })

  test.each([
    ['in a circle', '/', 'more than 10 times'],
    ['to a file', 'file:///etc/passwd', 'no web address'],
    ['to nonsense', 'http://[', 'no web address'],
  ])('%s are an error', async (_, location, message) => {
    const url = await serve((__, response) => response.writeHead(302, { location }).end())
    await expect(load(url)).rejects.toMatchObject({
      code: 'PASS_DOWNLOAD',
      exitCode: 5,
      message: expect.stringContaining(message),
    })
  })
})

describe('no pass comes', () => {
  test.each([500, 503, 429])('status %i is temporary', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end())
    await expect(load(url)).rejects.toMatchObject({ code: 'PASS_DOWNLOAD', exitCode: 5 })
  })

  test('nobody answers', async () => {
    const url = await serve(() => {})
    await new Promise((resolve) => servers.pop()?.close(resolve))
    await expect(load(url)).rejects.toMatchObject({
      code: 'PASS_DOWNLOAD',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('the answer never ends', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-type': PASS }).write('PK'))
    await expect(load(url, { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'PASS_DOWNLOAD',
      message: expect.stringContaining('no whole answer within 0.3 s'),
    })
  })

  test('the answer is cut off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-type': PASS, 'content-length': '1000' }).write('PK')
      setTimeout(() => response.destroy(), 50)
    })
    await expect(load(url)).rejects.toMatchObject({ code: 'PASS_DOWNLOAD' })
  })

  test('more comes than any pass has, and no more of it is read', async () => {
    const block = Buffer.alloc(4 * 1024 * 1024)
    let sent = 0
    const url = await serve((_, response) => {
      const push = (): void => {
        sent += block.length
        if (!response.destroyed) response.write(block, () => setImmediate(push))
      }
      response.writeHead(200, { 'content-type': PASS })
      push()
    })
    await expect(load(url)).rejects.toMatchObject({
      code: 'PASS_DOWNLOAD',
      message: expect.stringContaining('more than'),
    })
    expect(sent).toBeLessThan(LARGEST_FILE * 1.5)
  })

  test('it is stopped', async () => {
    const url = await serve(() => {})
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    await expect(load(url, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
