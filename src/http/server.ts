import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { AppError, isAppError } from '../kit/errors/index.js'
import type { HttpReply, HttpRequest, HttpRoute } from '../kit/http.js'
import type { AccessRecord } from './access-log.js'
import { addressKey, Counter, type LimitSettings } from './limits.js'
import type { Metrics } from './metrics.js'
import { sendParts } from './send-parts.js'

export interface HttpServerOptions {
  readonly routes: readonly HttpRoute[]
  /** Path below which the routes are also found, such as `/wallet` for a service at https://example.com/wallet. */
  readonly prefix?: string
  readonly limits: LimitSettings
  /** Addresses and networks of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  /** PEM. Plain HTTP when undefined. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined
  readonly metrics: Metrics
  readonly now: () => number
  /** Every answered request. */
  onRequest(record: AccessRecord): void
  /** What went wrong here, with the id of the request. */
  onFailure(error: unknown, id: string): void
}

export interface HttpServer {
  /** @returns the port. @throws AppError PORT_UNAVAILABLE */
  listen(address: { readonly host: string; readonly port: number; readonly shared: boolean }): Promise<number>
  /** Takes no more connections, answers what is under way, and ends after at most `patience` milliseconds. */
  close(patience: number): Promise<void>
  /** Another certificate from the next connection on. */
  setCertificate(tls: { readonly cert: Buffer; readonly key: Buffer }): void
}

/**
 * Limits against clients that keep a server busy with nothing: slow headers and bodies, endless headers, connections that
 * are never used. Wallet's requests are small and quick.
 */
const LIMITS = {
  headerBytes: 16 * 1024,
  headersTimeout: 10_000,
  /** How often connections are looked at for the two limits above and below. */
  checking: 5000,
  requestTimeout: 20_000,
  /** Longer than the 60 s that proxies keep an idle connection, so that it is not us who closes it under a request. */
  keepAlive: 65_000,
  /** Of a connection on which nothing moves, in either direction. */
  idle: 70_000,
  connections: 10_000,
  /** At the end, for a request to begin on a connection that had none. */
  unusedAtEnd: 300,
  parameter: 1024,
} as const

const NODE_OPTIONS = {
  maxHeaderSize: LIMITS.headerBytes,
  headersTimeout: LIMITS.headersTimeout,
  connectionsCheckingInterval: LIMITS.checking,
}

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const

/** Puts the routes of the rooms on a port. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { limits, metrics, now, tls } = options
  const addresses = new Counter(limits.perAddress, now)
  const failures = new Counter(limits.failures, now)
  const app = Fastify({
    logger: false,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    requestTimeout: LIMITS.requestTimeout,
    connectionTimeout: LIMITS.idle,
    keepAliveTimeout: LIMITS.keepAlive,
    forceCloseConnections: 'idle',
    genReqId: createIds(),
    // Links are typed and pasted by people too.
    routerOptions: { maxParamLength: LIMITS.parameter, ignoreDuplicateSlashes: true, ignoreTrailingSlash: true },
    http: NODE_OPTIONS,
    ...(tls === undefined ? {} : { https: { ...tls, ...NODE_OPTIONS, minVersion: 'TLSv1.2' as const } }),
    frameworkErrors: (error, request, reply) => fail(error, request as FastifyRequest, reply as FastifyReply),
  }) as unknown as FastifyInstance
  app.server.maxConnections = LIMITS.connections

  const fail = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const status = statusOf(error)
    if (status >= 500) options.onFailure(error, request.id)
    if (status === 503) reply.header('Retry-After', '2')
    void reply
      .code(status)
      .headers(HEADERS)
      .type('application/json')
      .send(
        JSON.stringify({
          error: status >= 500 ? 'something went wrong here' : (WORDS[status] ?? 'bad request'),
          id: request.id,
        }),
      )
  }

  // Whatever the content type says: the routes read the bytes themselves.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(fail)
  app.setNotFoundHandler((request, reply) => fail({ statusCode: 404 }, request, reply))

  app.addHook('onRequest', (request, reply, done) => {
    // Fastify answers 415 itself to one that is not well-formed, before it asks for a parser.
    if (request.raw.headers['content-type'] !== undefined)
      request.raw.headers['content-type'] = 'application/octet-stream'
    reply.header('X-Request-Id', request.id)
    if (tls !== undefined) reply.header('Strict-Transport-Security', 'max-age=31536000')
    const key = addressKey(request.ip)
    const many = addresses.count(key)
    const wrong = many > 0 ? 0 : failures.check(key)
    if (many + wrong === 0) return done()
    metrics.refused(many > 0 ? 'address' : 'failures')
    reply.header('Retry-After', String(many + wrong))
    fail({ statusCode: 429 }, request, reply)
  })
  app.addHook('onResponse', (request, reply, done) => {
    const status = reply.raw.statusCode
    const bytes = request.method === 'HEAD' ? 0 : Number(reply.getHeader('content-length') ?? 0)
    const route = (request.routeOptions.config as { readonly name?: string }).name ?? 'unknown'
    const milliseconds = reply.elapsedTime
    metrics.request({ route, method: request.method, status, seconds: milliseconds / 1000 })
    const at = new Date(now())
    options.onRequest({ at, id: request.id, method: request.method, route, status, milliseconds, bytes })
    done()
  })

  const handler = (route: HttpRoute) => async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await route.handle(toRequest(request))
    if (answer.suspicious === true) failures.count(addressKey(request.ip))
    return send(answer, request, reply)
  }
  const prefixes = new Set(['', routePath(options.prefix ?? '')])
  for (const prefix of prefixes)
    for (const route of options.routes)
      app.route({
        method: route.method === 'GET' ? ['GET', 'HEAD'] : route.method,
        url: `${prefix}${route.path}`,
        bodyLimit: Math.max(route.bodyLimit ?? 0, 1),
        config: { name: route.name },
        handler: handler(route),
      })

  // Browsers and load balancers open connections ahead of requests; Node does not count those as idle, nor does it close
  // those that never began with TLS. By their other end, since a request knows only the socket inside of TLS.
  const unused = new Map<string, Socket>()
  const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`
  app.server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket)
    unused.set(peer, socket)
    socket.once('close', () => unused.get(peer) === socket && unused.delete(peer))
  })
  app.server.on('request', ({ socket }) => unused.delete(peerOf(socket)))

  const closing = { begun: false }
  return {
    async listen({ host, port, shared }) {
      try {
        await app.listen({ host, port, ...(shared ? { reusePort: true } : {}) })
      } catch (cause) {
        const { code, message } = cause as NodeJS.ErrnoException
        const reason = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on: ${message}`
        throw new AppError('PORT_UNAVAILABLE', `Port ${port} of ${host} ${reason}.`, {
          hints: [
            code === 'EADDRINUSE'
              ? 'Name another with --port, or as service.port in tessera.yaml; --port 0 takes a free one.'
              : 'Name another with --host and --port, or as service.host and service.port in tessera.yaml.',
          ],
          details: { host, port },
          cause,
        })
      }
      return (app.server.address() as AddressInfo).port
    },
    async close(patience) {
      if (closing.begun) return
      closing.begun = true
      const server = app.server as Server
      const late = setTimeout(() => server.closeAllConnections(), patience)
      const silent = setTimeout(() => {
        for (const socket of unused.values()) socket.destroy()
      }, LIMITS.unusedAtEnd)
      // Connections that answer a last request are idle after it, and would be kept for the next one.
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      await app.close()
      clearInterval(idle)
      clearTimeout(late)
      clearTimeout(silent)
    },
    setCertificate(certificate) {
      const server = app.server as Server & { setSecureContext?: (context: object) => void }
      server.setSecureContext?.(certificate)
    },
  }
}

function toRequest(request: FastifyRequest): HttpRequest {
  const at = request.raw.url?.indexOf('?') ?? -1
  return {
    params: request.params as Record<string, string>,
    query: new URLSearchParams(at < 0 ? '' : request.raw.url?.slice(at + 1)),
    headers: request.headers,
    body: request.body instanceof Uint8Array ? request.body : NO_BODY,
    id: request.id,
    ip: request.ip,
  }
}

/** A path of a URL as the router writes it: decoded, and with colons that name no parameter. */
function routePath(path: string): string {
  return decodeURI(path).replace(/\/+$/, '').replaceAll(':', '::')
}

/** Unique among all processes: the random start of this one, and a number. */
function createIds(): () => string {
  const start = randomBytes(6).toString('base64url')
  let count = 0
  return () => `${start}-${(++count).toString(36)}`
}

const NO_BODY = new Uint8Array(0)

function send({ status, headers, body }: HttpReply, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(status).headers({ ...HEADERS, ...headers })
  if (Array.isArray(body)) return sendParts(body, { head: request.method === 'HEAD', reply })
  if (body === undefined) {
    if (status !== 204 && status !== 304) reply.header('Content-Length', '0')
    return reply.send()
  }
  return reply.send(typeof body === 'string' ? body : Buffer.from(body as Uint8Array))
}

function statusOf(error: unknown): number {
  if (isAppError(error)) return PASSING.has(error.code) ? 503 : 500
  const { statusCode } = error as { readonly statusCode?: number }
  return statusCode !== undefined && statusCode >= 400 && statusCode < 600 ? statusCode : 500
}

/** What may be mended while a phone waits: it tries again. */
const PASSING: ReadonlySet<string> = new Set(['STORE_LOCKED', 'STORE_UNAVAILABLE', 'DISK_FULL'])

const WORDS: Readonly<Record<number, string>> = {
  404: 'there is nothing at this address',
  413: 'the body is too long',
  429: 'too many requests',
}
