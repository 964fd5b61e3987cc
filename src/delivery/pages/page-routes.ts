import type { LinkCodes } from '../../cards/links/link-code.js'
import type { PassBundle } from '../../cards/view/types.js'
import type { HttpRoute } from '../../kit/http.js'
import type { CardService } from '../card-service.js'
import type { AdmitCard } from '../too-many.js'
import { landingRoute } from './landing-route.js'
import { badgeAsset, type PageAsset, styleSheetAsset } from './page-assets.js'
import { bundleRoute, passRoute } from './pass-files.js'
import { createPictureShelf, SHELF } from './picture-shelf.js'
import { iconRoute, pictureRoute, qrRoute } from './pictures.js'

export interface PageDeps {
  readonly cards: CardService
  readonly links: LinkCodes
  /** Where the service is reached from outside; it may have a path, which a proxy then takes away. */
  readonly serviceUrl: string
  /** Name of whoever gives out the cards. */
  readonly organization: string
  /** Language of the launch, BCP 47. */
  readonly locale: string
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly admitCard: AdmitCard
  /** Draws the front of a card as PNG. */
  readonly draw: (bundle: PassBundle, locale: string) => Promise<Uint8Array>
  /** SVG of the operator's own "Add to Apple Wallet" badge. */
  readonly badge?: string | undefined
}

/** What the routes share. */
export interface PageParts extends PageDeps {
  /** Addresses on this host, without the path of serviceUrl. */
  readonly styleSheet: PageAsset
  readonly badgeFile: PageAsset | undefined
  /** Path of serviceUrl, without a slash at its end. */
  readonly base: string
  /** serviceUrl without a slash at its end. */
  readonly site: string
}

/** The public pages of cards: landing pages, their pictures, and the cards to take along. */
export function pageRoutes(deps: PageDeps): readonly HttpRoute[] {
  const site = deps.serviceUrl.replace(/\/+$/, '')
  const parts: PageParts = {
    ...deps,
    site,
    base: new URL(site).pathname.replace(/\/+$/, ''),
    styleSheet: styleSheetAsset(),
    badgeFile: deps.badge === undefined ? undefined : badgeAsset(deps.badge),
  }
  return [
    landingRoute(parts),
    passRoute(parts),
    bundleRoute(parts),
    pictureRoute(parts, createPictureShelf(SHELF)),
    iconRoute(parts),
    qrRoute(parts),
    parts.styleSheet.route,
    ...(parts.badgeFile === undefined ? [] : [parts.badgeFile.route]),
  ]
}
