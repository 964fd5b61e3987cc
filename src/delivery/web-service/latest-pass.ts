import { type HttpReply, type HttpRequest, header } from '../../kit/http.js'
import type { CardService, ServedCard } from '../card-service.js'

export const PASS_TYPE = 'application/vnd.apple.pkpass'
export const BUNDLE_TYPE = 'application/vnd.apple.pkpasses'

/** The pass as it is now, or 304 to a phone that has it. */
export async function latestPass(
  request: HttpRequest,
  { cards, card }: { cards: CardService; card: ServedCard },
): Promise<HttpReply> {
  const headers = {
    ETag: card.etag,
    'Last-Modified': new Date(card.modifiedAt * 1000).toUTCString(),
    'Cache-Control': 'private, no-cache',
  }
  if (hasIt(request, card)) return { status: 304, headers }
  const { parts } = await cards.pass(card)
  return { status: 200, headers: { ...headers, 'Content-Type': PASS_TYPE }, body: parts }
}

/**
 * Whether the client has this version. ETags go before times, as they are exact (RFC 9110, 13.2.2); Wallet sends only the
 * time that it was given, whose seconds differ from version to version. What is no HTTP date counts as absent.
 */
export function hasIt(request: Pick<HttpRequest, 'headers'>, { etag, modifiedAt }: ServedCard): boolean {
  const tags = header(request, 'if-none-match')
  if (tags !== undefined)
    return tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  const since = header(request, 'if-modified-since')
  if (since === undefined || !/[a-z]{3}/i.test(since)) return false
  const time = Date.parse(since)
  return !Number.isNaN(time) && Math.floor(time / 1000) >= modifiedAt
}
