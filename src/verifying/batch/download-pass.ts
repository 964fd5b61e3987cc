import { AppError, isAppError } from '../../kit/errors/index.js'
import type { Finding } from '../../kit/findings.js'
import { visibleText } from '../../kit/visible-text.js'
import { deliveryFinding } from '../rules/verifying-rules.js'
import { LARGEST_FILE, type PassSource } from './pass-source.js'

export type Fetch = typeof fetch

const TIMEOUT_MS = 60_000
const MOST_REDIRECTS = 10
const TYPES = ['application/vnd.apple.pkpass', 'application/vnd.apple.pkpasses']
/** Longer than this an update of a card must not be kept from its holder. */
const LONG_SECONDS = 3600

export interface DownloadOptions {
  readonly fetch: Fetch
  readonly signal?: AbortSignal | undefined
  /** For the whole of it. */
  readonly timeoutMs?: number
}

/**
 * Downloads a pass and notes what the server says beside it.
 *
 * @throws AppError PASS_DOWNLOAD when there is no answer, a server error, or more bytes than a pass may have
 */
export async function downloadPass(
  url: string,
  { fetch, signal, timeoutMs = TIMEOUT_MS }: DownloadOptions,
): Promise<PassSource> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout])
    const { response, hops } = await follow(url, fetch, stop)
    if (response.status >= 500 || response.status === 429) {
      await response.body?.cancel()
      throw new AppError('PASS_DOWNLOAD', `${url} answered ${statusOf(response)}.`)
    }
    const bytes = await readBody(response, url)
    return { kind: 'bytes', file: url, bytes, found: findingsOf(hops, response) }
  } catch (cause) {
    if (isAppError(cause)) throw cause
    signal?.throwIfAborted()
    const reason = timeout.aborted ? `there was no whole answer within ${timeoutMs / 1000} s` : reasonOf(cause)
    throw new AppError('PASS_DOWNLOAD', `${url} could not be downloaded: ${reason}.`, { cause })
  }
}

/** Goes after redirects by itself, so that every address on the way is known. */
async function follow(
  url: string,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<{ readonly response: Response; readonly hops: readonly string[] }> {
  const hops = [url]
  for (let address = url; ; ) {
    const headers = { accept: `${TYPES.join(', ')}, */*` }
    const response = await fetch(address, { signal, headers, redirect: 'manual' })
    const location = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return { response, hops }
    await response.body?.cancel()
    if (hops.length > MOST_REDIRECTS) {
      throw new AppError('PASS_DOWNLOAD', `${url} is redirected more than ${MOST_REDIRECTS} times.`)
    }
    const next = URL.canParse(location, address) ? new URL(location, address) : undefined
    if (next === undefined || !/^https?:$/.test(next.protocol)) {
      throw new AppError('PASS_DOWNLOAD', `${url} is redirected to ${visibleText(location)}, which is no web address.`)
    }
    address = next.href
    hops.push(address)
  }
}

async function readBody(response: Response, url: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > LARGEST_FILE) throw new AppError('PASS_DOWNLOAD', `${url} sends more than a pass may weigh.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function findingsOf(hops: readonly string[], response: Response): Finding[] {
  const found: Finding[] = []
  if (!response.ok) {
    const message = `The address answers with an error instead of a pass.`
    found.push(deliveryFinding('download.status', { message, evidence: statusOf(response) }))
    return found
  }
  const type = response.headers.get('content-type') ?? ''
  if (!TYPES.includes(type.split(';')[0]?.trim().toLowerCase() ?? '')) {
    const message =
      type === '' ? 'There is no Content-Type.' : `The Content-Type is ${visibleText(type)}, not that of a pass.`
    found.push(deliveryFinding('download.content-type', { message, evidence: `Content-Type: ${visibleText(type)}` }))
  }
  const open = hops.find((address) => /^http:/i.test(address) && !isLoopback(address))
  if (open !== undefined) {
    found.push(deliveryFinding('download.not-https', { message: 'The pass is sent by plain http.', evidence: open }))
  }
  const name = fileNameOf(response.headers.get('content-disposition') ?? '')
  if (name !== undefined && !/\.pkpass(?:es)?$/i.test(name)) {
    const message = `The file is called ${visibleText(name)} when it is saved.`
    found.push(
      deliveryFinding('download.file-name', { message, evidence: `Content-Disposition: … ${visibleText(name)}` }),
    )
  }
  const cache = response.headers.get('cache-control') ?? ''
  const age = Number(/(?:^|[,\s])max-age=(\d+)/i.exec(cache)?.[1] ?? 0)
  if (age > LONG_SECONDS || /\bimmutable\b/i.test(cache)) {
    const evidence = `Cache-Control: ${visibleText(cache)}`
    found.push(deliveryFinding('download.cached', { message: 'The pass may be kept by caches for long.', evidence }))
  }
  return found
}

/** The name that Content-Disposition gives; of an encoded one the ending is what matters. */
function fileNameOf(disposition: string): string | undefined {
  const found = /\bfilename\*?\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(disposition)
  return found?.[1] ?? found?.[2]
}

/** What is served on this machine is tried out, not delivered. */
function isLoopback(address: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname)
}

function statusOf({ status, statusText }: Response): string {
  return visibleText(`${status} ${statusText}`.trim())
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return cause instanceof Error ? cause.message : String(cause)
}
