import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { rootCertificates } from 'node:tls'

export interface WalletRequest {
  readonly method: string
  /** As it is sent, below the base: `/v1/log`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

export interface WalletReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Why there is no whole answer; the message completes `No answer: …`. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  /** True when an answer had begun: somebody is there and speaks HTTP. */
  readonly begun: boolean

  constructor(message: string, { begun = false } = {}) {
    super(message)
    this.begun = begun
  }
}

export interface WalletClientOptions {
  readonly url: string
  readonly userAgent: string
  /** Milliseconds until the last byte of an answer. */
  readonly timeout: number
  readonly trust: readonly Uint8Array[]
  readonly signal?: AbortSignal | undefined
}

export type WalletClient = (request: WalletRequest) => Promise<WalletReply>

/** Far above what a pass weighs; an answer that is longer is no answer. */
export const ANSWER_LIMIT = 16 * 1024 * 1024

/**
 * Sends requests as a phone does: paths exactly as they are given, redirects not followed, each on a connection of its
 * own, so that a server which drops idle connections is not taken for one that does not answer.
 *
 * @throws {NoAnswer} from the function that is returned; an abort is thrown as the reason of `signal`
 */
export function createWalletClient({ url, userAgent, timeout, trust, signal }: WalletClientOptions): WalletClient {
  const base = new URL(url)
  const secure = base.protocol === 'https:'
  const request = secure ? requestHttps : requestHttp
  const prefix = base.pathname.replace(/\/+$/, '')
  const ca = trust.length === 0 ? undefined : [...rootCertificates, ...trust.map(pem)]
  const where = {
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    ...(base.port === '' ? {} : { port: base.port }),
    agent: false as const,
    ...(ca === undefined ? {} : { ca, allowPartialTrustChain: true }),
  }

  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const all: Record<string, string> = {
        'User-Agent': userAgent,
        Accept: '*/*',
        'Accept-Language': 'en',
        ...headers,
      }
      if (body !== undefined) all['Content-Length'] = String(Buffer.byteLength(body))
      let begun = false
      const sent = request({ ...where, method, path: `${prefix}${path}`, headers: all }, (answer) => {
        const parts: Buffer[] = []
        let length = 0
        begun = true
        answer.on('data', (part: Buffer) => {
          length += part.length
          if (length > ANSWER_LIMIT) fail(new Error('the answer is longer than 16 MB'))
          else parts.push(part)
        })
        answer.on('error', (error) => fail(error))
        answer.on('end', () => {
          if (!answer.complete) return
          end()
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) })
        })
      })
      const fail = (error: Error): void => {
        end()
        sent.destroy()
        reject(error === signal?.reason ? error : new NoAnswer(reasonOf(error), { begun }))
      }
      const late = setTimeout(() => fail(new Error(`nothing whole within ${timeout / 1000} s`)), timeout)
      const stop = (): void => fail(signal?.reason)
      const end = (): void => {
        clearTimeout(late)
        signal?.removeEventListener('abort', stop)
      }
      signal?.addEventListener('abort', stop)
      sent.on('error', fail)
      sent.end(body)
    })
}

function pem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at that address',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNRESET: 'the server closed the connection',
  EPIPE: 'the server closed the connection',
  ETIMEDOUT: 'the host does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
}

function reasonOf(error: Error): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  // What happy eyeballs collects.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return reasonOf(error.errors[0])
  if (code.startsWith('HPE_')) return `what came back is not HTTP (${code})`
  const known = REASONS[code]
  return known === undefined ? `${message}${code === '' ? '' : ` (${code})`}` : `${known} (${code})`
}
