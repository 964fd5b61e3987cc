import type { LinkCodes } from '../../cards/links/link-code.js'
import type { CardService, ServedCard } from '../card-service.js'

/** What Apple Wallet takes in one bundle, and so what one page shows. */
export const MOST_CARDS = 10

export interface LinkedCard {
  readonly code: string
  readonly card: ServedCard
}

export type CodesRead =
  | { readonly kind: 'cards'; readonly cards: readonly [LinkedCard, ...LinkedCard[]] }
  /** A code that nobody gave out, or that was cut off: the whole address counts as made up. */
  | { readonly kind: 'unknown' }
  /** A code whose time is over, or whose card is no longer there. */
  | { readonly kind: 'expired' }

/** The cards that an address names: 1 to 10 link codes joined by dots. Asks the store only for codes that are real. */
export async function readCodes(
  text: string,
  { links, cards, now }: { readonly links: LinkCodes; readonly cards: CardService; readonly now: () => number },
): Promise<CodesRead> {
  // Looked at before it is split, since the address may be very long.
  if (text.length > MOST_CARDS * 23) return { kind: 'unknown' }
  const codes = [...new Set(text.split('.'))]
  const decoded = codes.map((code) => ({ code, link: links.decode(code) }))
  const real = decoded.flatMap(({ code, link }) => (link === undefined ? [] : [{ code, ...link }]))
  if (real.length !== codes.length || !real.every((link) => isSpelledSo(link, links))) return { kind: 'unknown' }
  if (real.some(({ expiresAt }) => expiresAt !== undefined && expiresAt <= now())) return { kind: 'expired' }
  const found = await Promise.all(real.map(({ cardId }) => cards.byId(cardId)))
  const linked = new Map<number, LinkedCard>()
  for (const [index, card] of found.entries()) {
    const code = codes[index]
    if (card === undefined || code === undefined) return { kind: 'expired' }
    if (!linked.has(card.id)) linked.set(card.id, { code, card })
  }
  const [first, ...others] = linked.values()
  return first === undefined ? { kind: 'unknown' } : { kind: 'cards', cards: [first, ...others] }
}

/** The last letter of a code has bits to spare: of the spellings that decode alike only one was given out. */
function isSpelledSo(
  {
    code,
    cardId,
    expiresAt,
  }: { readonly code: string; readonly cardId: number; readonly expiresAt: number | undefined },
  links: LinkCodes,
): boolean {
  return links.encode(cardId, expiresAt) === code
}
