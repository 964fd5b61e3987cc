import type { HttpReply, HttpRequest } from '../../kit/http.js'
import type { CardService, ServedCard } from '../card-service.js'
import { isUnchanged, versionHeaders } from '../conditional.js'
import { PASS_TYPE } from '../media-types.js'

/** The pass as it is now, or 304 to a phone that has it. */
export async function latestPass(
  request: HttpRequest,
  { cards, card }: { cards: CardService; card: ServedCard },
): Promise<HttpReply> {
  const headers = { ...versionHeaders(card), 'Cache-Control': 'private, no-cache' }
  if (isUnchanged(request, card)) return { status: 304, headers }
  const { parts } = await cards.pass(card)
  return { status: 200, headers: { ...headers, 'Content-Type': PASS_TYPE }, body: parts }
}
