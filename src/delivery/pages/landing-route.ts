import { type HttpRequest, type HttpRoute, header } from '../../kit/http.js'
import { cardPage } from './card-page.js'
import { cardWords } from './card-words.js'
import { deviceOf } from './device.js'
import { joinedCodes, linkedRoute, wordsFor } from './linked-route.js'
import type { PageCard } from './page-input.js'
import type { PageParts } from './page-routes.js'
import { pictureLanguage } from './pictures.js'
import type { LinkedCard } from './read-codes.js'
import type { PageWords } from './words/types.js'

/** `GET /c/:codes`: the page of one card or of several. */
export function landingRoute(parts: PageParts): HttpRoute {
  return linkedRoute(parts, {
    path: '/c/:codes',
    name: 'pages.card',
    async handle(linked, request: HttpRequest) {
      const { base, site, organization, styleSheet, badgeFile } = parts
      const words = wordsFor(parts, request, linked.find(({ card }) => card.locale !== undefined)?.card.locale)
      const [first, ...others] = linked
      const cards: readonly [PageCard, ...PageCard[]] = [
        await pageCard(first, words, parts),
        ...(await Promise.all(others.map((one) => pageCard(one, words, parts)))),
      ]
      const codes = joinedCodes(linked)
      return cardPage({
        words,
        device: deviceOf(header(request, 'user-agent')),
        cards,
        organization,
        address: `${site}/c/${codes}`,
        qr: `${base}/c/${codes}/qr.svg`,
        bundle: `${base}/c/${codes}/cards.pkpasses`,
        styleSheet: base + styleSheet.path,
        icon: `${base}/c/${first.code}/icon.png`,
        badge: badgeFile === undefined ? undefined : base + badgeFile.path,
      })
    },
  })
}

async function pageCard({ code, card }: LinkedCard, words: PageWords, parts: PageParts): Promise<PageCard> {
  const { base, now } = parts
  const bundle = await parts.cards.contents(card)
  const locale = pictureLanguage(card, words.lang)
  return {
    words: cardWords(bundle, { locale, now: now() }),
    status: card.status,
    picture: `${base}/c/${code}/card.png?lang=${words.lang}`,
    pass: `${base}/c/${code}/card.pkpass`,
  }
}
