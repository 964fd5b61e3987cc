import { createHash } from 'node:crypto'
import { isAppError } from '../../kit/errors/index.js'
import type { HttpReply, HttpRequest, HttpRoute } from '../../kit/http.js'
import type { ServedCard, SignedCard } from '../card-service.js'
import { isUnchanged, type Version, versionHeaders } from '../conditional.js'
import { BUNDLE_TYPE, PASS_TYPE } from '../media-types.js'
import { joinedCodes, type LinkedCards, linkedRoute } from './linked-route.js'
import { PRIVATE_HEADERS } from './page-frame.js'
import type { PageParts } from './page-routes.js'

const HEADERS = { ...PRIVATE_HEADERS, 'Cache-Control': 'private, no-cache' }

/** `GET /c/:codes/card.pkpass`: the one card, signed. Several, or one that is not valid, lead back to the page. */
export function passRoute(parts: PageParts): HttpRoute {
  return linkedRoute(parts, {
    path: '/c/:codes/card.pkpass',
    name: 'pages.pass',
    async handle(linked, request) {
      const [{ card }, ...others] = linked
      if (others.length > 0 || card.status !== 'active') return toPage(parts, linked)
      const version = { etag: card.etag, modifiedAt: card.modifiedAt }
      return file(request, { type: PASS_TYPE, name: 'card.pkpass', version }, () => parts.cards.pass(card))
    },
  })
}

/** `GET /c/:codes/cards.pkpasses`: all cards of the link that are valid, in one file. */
export function bundleRoute(parts: PageParts): HttpRoute {
  return linkedRoute(parts, {
    path: '/c/:codes/cards.pkpasses',
    name: 'pages.bundle',
    async handle(linked, request) {
      const cards = linked.map(({ card }) => card).filter(({ status }) => status === 'active')
      if (cards.length === 0) return toPage(parts, linked)
      const version = bundleVersion(cards, linked.length)
      try {
        return await file(request, { type: BUNDLE_TYPE, name: 'cards.pkpasses', version }, () =>
          parts.cards.bundle(cards),
        )
      } catch (error) {
        // The page has a link for each card.
        if (isAppError(error) && error.code === 'BUNDLE_TOO_LARGE') return toPage(parts, linked)
        throw error
      }
    },
  })
}

function bundleVersion(cards: readonly ServedCard[], linked: number): Version {
  const tags = JSON.stringify(cards.map(({ id, etag }) => [id, etag]))
  const etag = `"${createHash('sha256').update(tags).digest('base64url').slice(0, 22)}"`
  // Where a card has fallen away, the file has changed without any card being newer.
  if (cards.length < linked) return { etag }
  return { etag, modifiedAt: Math.max(...cards.map(({ modifiedAt }) => modifiedAt)) }
}

interface FileInput {
  readonly type: string
  readonly name: string
  readonly version: Version
}

async function file(
  request: HttpRequest,
  { type, name, version }: FileInput,
  sign: () => Promise<SignedCard>,
): Promise<HttpReply> {
  const headers = { ...HEADERS, ...versionHeaders(version), 'Content-Type': type }
  if (isUnchanged(request, version)) return { status: 304, headers }
  const { parts } = await sign()
  return { status: 200, headers: { ...headers, 'Content-Disposition': `attachment; filename="${name}"` }, body: parts }
}

/** Tells the holder on the page what there is, instead of leaving them with a download that failed. */
function toPage({ base }: PageParts, linked: LinkedCards): HttpReply {
  return { status: 303, headers: { ...HEADERS, Location: `${base}/c/${joinedCodes(linked)}` } }
}
