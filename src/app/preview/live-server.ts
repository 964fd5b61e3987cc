import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../kit/errors/index.js'
import { isAllowedHost } from './allowed-host.js'
import { EventClients } from './event-clients.js'
import { contentPolicy } from './live-page.js'

/** What the server shows at a moment. */
export interface LiveContent {
  /** Another one for every change. */
  readonly version: string
  /** False while the design has a mistake, which the page then tells. */
  readonly ok: boolean
  readonly html: string
  /** The only script of the page. */
  readonly script: string
  /** `front.png` and the like; undefined when there is no such picture. */
  picture(name: string, query: URLSearchParams): Promise<Uint8Array | undefined>
}

export interface LiveServer {
  /** `http://127.0.0.1:41234/`. */
  readonly url: string
  /** Tells the browsers that there is another version. */
  tell(version: string): void
  close(): Promise<void>
}

const LIMITS = { connections: 64, headerBytes: 8192, milliseconds: 10_000 } as const

/**
 * A server for the eyes of one designer: this machine only, GET and HEAD only, a handful of addresses, no files.
 *
 * @param port - 0 takes a free one.
 * @throws AppError PORT_UNAVAILABLE
 */
export async function startLiveServer(options: {
  readonly port: number
  readonly content: () => LiveContent
}): Promise<LiveServer> {
  const clients = new EventClients()
  const server = createServer(
    {
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: LIMITS.milliseconds,
      requestTimeout: LIMITS.milliseconds,
      keepAliveTimeout: 5000,
    },
    (request, response) => {
      answer(request, response, { clients, content: options.content(), port }).catch(() => {
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    },
  )
  server.maxConnections = LIMITS.connections
  const port = await listen(server, options.port).catch((error: unknown) => {
    clients.close()
    throw error
  })
  return {
    url: `http://127.0.0.1:${port}/`,
    tell: (version) => clients.tell(version),
    close: () =>
      new Promise((resolve) => {
        clients.close()
        server.close(() => resolve())
        // Browsers keep connections open for requests to come.
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on: ${cause.message}`
      reject(new AppError('PORT_UNAVAILABLE', `Port ${port} ${reason}.`, { details: { port }, cause }))
    })
    server.listen({ port, host: '127.0.0.1' }, () => resolve((server.address() as AddressInfo).port))
  })
}

interface Context {
  readonly clients: EventClients
  readonly content: LiveContent
  readonly port: number
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { clients, content, port } = context
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  const { method, url = '/' } = request
  if (!isAllowedHost(request.headers.host, port)) {
    return refuse(response, 403, `This preview answers to http://127.0.0.1:${port}/ only.`)
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return refuse(response, 405, 'Only GET and HEAD are answered.')
  }
  const [path = '', query = ''] = url.split('?')
  if (path === '/') {
    response.setHeader('Content-Security-Policy', contentPolicy(content.script))
    return send(response, content.ok ? 200 : 500, { type: 'text/html; charset=utf-8', body: content.html })
  }
  if (path === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' })
    if (method === 'HEAD') response.end()
    else if (!clients.add(response, content.version)) response.end('retry: 10000\n\n')
    return
  }
  const name = /^\/([a-z]+\.png)$/.exec(path)?.[1]
  const picture = name === undefined ? undefined : await content.picture(name, new URLSearchParams(query))
  if (picture !== undefined) return send(response, 200, { type: 'image/png', body: picture })
  if (path === '/favicon.ico') return void response.writeHead(204).end()
  return refuse(response, 404, 'There is nothing here. The preview is at /.')
}

function refuse(response: ServerResponse, status: number, text: string): void {
  // A refused request may have a body that nobody reads.
  response.setHeader('Connection', 'close')
  send(response, status, { type: 'text/plain; charset=utf-8', body: `${text}\n` })
}

function send(
  response: ServerResponse,
  status: number,
  { type, body }: { type: string; body: string | Uint8Array },
): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length })
  // Node leaves the body out of answers to HEAD.
  response.end(bytes)
}
