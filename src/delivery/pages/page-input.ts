import type { CardWords } from './card-words.js'
import type { Device } from './device.js'
import { type Html, html } from './html.js'
import type { PageWords } from './words/types.js'

/** A card of the page. */
export interface PageCard {
  readonly words: CardWords
  readonly status: 'active' | 'voided' | 'expired'
  /** Addresses of its picture and of its .pkpass. */
  readonly picture: string
  readonly pass: string
}

export interface PageInput {
  readonly words: PageWords
  readonly device: Device
  readonly cards: readonly [PageCard, ...PageCard[]]
  /** Name of whoever gives out the cards, where the cards do not say. */
  readonly organization: string
  /** The page's own address, in full. */
  readonly address: string
  readonly qr: string
  /** Address of all valid cards in one file. */
  readonly bundle: string
  readonly styleSheet: string
  readonly icon: string | undefined
  /** Address of the operator's own "Add to Apple Wallet" picture. */
  readonly badge: string | undefined
}

/** Texts of the card may be in another language than the page. */
export function langOf(card: PageCard | undefined, words: PageWords): Html | undefined {
  const lang = card?.words.locale
  return lang === undefined || lang.split('-')[0] === words.lang ? undefined : html` lang="${lang}"`
}
