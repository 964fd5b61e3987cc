import { createHash } from 'node:crypto'
import { qrSvg } from '../../cards/barcode/qr-code.js'
import type { HttpReply, HttpRoute } from '../../kit/http.js'
import { createRecent } from '../../kit/recent.js'
import type { ServedCard } from '../card-service.js'
import { isUnchanged, versionHeaders } from '../conditional.js'
import { joinedCodes, type LinkedCards, linkedRoute, wordsFor } from './linked-route.js'
import { PICTURE_POLICY, PRIVATE_HEADERS } from './page-frame.js'
import type { PageParts } from './page-routes.js'
import type { PictureShelf } from './picture-shelf.js'
import { wordsOf } from './words/choose-words.js'

const HEADERS = { ...PRIVATE_HEADERS, 'Content-Security-Policy': PICTURE_POLICY, 'Cache-Control': 'private, no-cache' }
const DAY = 86_400_000

/** Language of a card's picture: the holder's, else the page's. */
export function pictureLanguage({ locale }: ServedCard, page: string): string {
  return locale ?? page
}

/** Names what a picture shows: version, state and language of the card, and the day, from which relative dates count. */
function pictureTag(card: ServedCard, locale: string, now: number): string {
  const shown = JSON.stringify([card.id, card.etag, card.status, locale, Math.floor(now / DAY)])
  return createHash('sha256').update(shown).digest('base64url').slice(0, 22)
}

/** `GET /c/:codes/card.png`: the front of the one card, two pixels per point. */
export function pictureRoute(parts: PageParts, shelf: PictureShelf): HttpRoute {
  return linkedRoute(parts, {
    path: '/c/:codes/card.png',
    name: 'pages.picture',
    async handle(linked, request) {
      const card = onlyCard(linked)
      if (card === undefined) return noSuchFile()
      // Only the languages of the pages: each other one would be a picture more to draw.
      const asked = wordsOf(request.query.get('lang') ?? undefined) ?? wordsFor(parts, request, undefined)
      const locale = pictureLanguage(card, asked.lang)
      const tag = pictureTag(card, locale, parts.now())
      const headers = { ...HEADERS, 'Content-Type': 'image/png', ...versionHeaders({ etag: `"${tag}"` }) }
      if (isUnchanged(request, { etag: `"${tag}"` })) return { status: 304, headers }
      const png = await shelf.get(tag, async () => parts.draw(await parts.cards.contents(card), locale))
      if (png === undefined) return { status: 503, headers: { ...HEADERS, 'Retry-After': '10' } }
      return { status: 200, headers, body: png }
    },
  })
}

const ICONS = ['icon@2x.png', 'icon@3x.png', 'icon.png']

/** `GET /c/:codes/icon.png`: the icon of the card, for the browser's tab. */
export function iconRoute(parts: PageParts): HttpRoute {
  return linkedRoute(parts, {
    path: '/c/:codes/icon.png',
    name: 'pages.icon',
    async handle(linked, request) {
      const { files } = await parts.cards.contents(linked[0].card)
      const icon = ICONS.flatMap((name) => files.get(name) ?? [])[0]
      if (icon === undefined) return noSuchFile()
      const etag = `"${createHash('sha256').update(icon).digest('base64url').slice(0, 22)}"`
      const headers = { ...HEADERS, 'Content-Type': 'image/png', ETag: etag }
      return isUnchanged(request, { etag }) ? { status: 304, headers } : { status: 200, headers, body: icon }
    },
  })
}

/** `GET /c/:codes/qr.svg`: the address of the page as a QR code, marked so that scans are told from clicks. */
export function qrRoute(parts: PageParts): HttpRoute {
  // Encoding one takes some milliseconds, and a page is looked at more than once.
  const drawn = createRecent<string>(QR_CODES)
  return linkedRoute(parts, {
    path: '/c/:codes/qr.svg',
    name: 'pages.qr',
    handle(linked, request) {
      const text = `${parts.site}/c/${joinedCodes(linked)}?via=qr`
      const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
      const headers = { ...HEADERS, 'Content-Type': 'image/svg+xml', ETag: etag }
      if (isUnchanged(request, { etag })) return { status: 304, headers }
      return { status: 200, headers, body: drawn(text, () => qrSvg(text)) }
    },
  })
}

/** Of 4 to 16 KB each. */
const QR_CODES = 500

function onlyCard([first, ...others]: LinkedCards): ServedCard | undefined {
  return others.length === 0 ? first.card : undefined
}

function noSuchFile(): HttpReply {
  return { status: 404, headers: HEADERS }
}
