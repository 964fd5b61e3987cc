import { type HttpReply, type HttpRequest, type HttpRoute, header } from '../../kit/http.js'
import { tooMany } from '../too-many.js'
import type { PageParts } from './page-routes.js'
import { problemPage } from './problem-page.js'
import { type LinkedCard, readCodes } from './read-codes.js'
import { chooseWords } from './words/choose-words.js'
import type { PageWords } from './words/types.js'

/** Cards that the caller has shown a link to. */
export type LinkedCards = readonly [LinkedCard, ...LinkedCard[]]

export interface LinkedRoute {
  readonly path: string
  readonly name: string
  handle(cards: LinkedCards, request: HttpRequest): HttpReply | Promise<HttpReply>
}

/** A route below `/c/:codes` that is for those who have a link only; all others get the same page. */
export function linkedRoute(parts: PageParts, { path, name, handle }: LinkedRoute): HttpRoute {
  return {
    method: 'GET',
    path,
    name,
    async handle(request) {
      const read = await readCodes(request.params.codes ?? '', parts)
      if (read.kind !== 'cards') return refusal(read.kind, parts, request)
      const wait = parts.admitCard(read.cards[0].card.id)
      if (wait === 0) return handle(read.cards, request)
      const page = refusal('busy', parts, request)
      return { ...page, headers: { ...page.headers, ...tooMany(wait).headers } }
    },
  }
}

function refusal(kind: 'unknown' | 'expired' | 'busy', parts: PageParts, request: HttpRequest): HttpReply {
  const words = wordsFor(parts, request, undefined)
  const { organization, base, styleSheet } = parts
  const page = { words, organization, styleSheet: base + styleSheet.path }
  if (kind === 'busy') return problemPage({ ...page, status: 429, problem: words.busy })
  if (kind === 'expired') return problemPage({ ...page, status: 410, problem: words.linkExpired })
  return { ...problemPage({ ...page, status: 404, problem: words.notFound }), suspicious: true }
}

/** @param holder - language of the card's holder. */
export function wordsFor(parts: PageParts, request: HttpRequest, holder: string | undefined): PageWords {
  return chooseWords({ card: holder, acceptLanguage: header(request, 'accept-language'), launch: parts.locale })
}

/** Codes for an address, as they were given out. */
export function joinedCodes(cards: LinkedCards): string {
  return cards.map(({ code }) => code).join('.')
}
