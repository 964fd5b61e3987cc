import type { PassBundle } from '../cards/view/types.js'

/** A card as the service finds it in the store. */
export interface ServedCard {
  readonly id: number
  readonly serial: string
  /** authenticationToken. Never shown, never logged. */
  readonly token: string
  readonly design: string
  readonly status: 'active' | 'voided' | 'expired'
  /** Language of the holder; undefined when it is not known. */
  readonly locale: string | undefined
  /** The tag of what changed last: of the card or of its design. */
  readonly tag: number
  /** When that was, epoch seconds: Last-Modified. Strictly increases with every change. */
  readonly modifiedAt: number
  /** Strong: the same for the same bytes, in every process of the service. With its quotes. */
  readonly etag: string
  /** Counts the changes the holder can see; 1 when issued. */
  readonly revision: number
}

export interface SignedCard {
  /** The .pkpass, in parts that follow each other. */
  readonly parts: readonly Uint8Array[]
  readonly length: number
}

/** The cards of a launch, as their web service and their pages need them. */
export interface CardService {
  byId(id: number): Promise<ServedCard | undefined>
  bySerial(serial: string): Promise<ServedCard | undefined>
  /** The signed pass, from the cache or made now: once, however many ask. */
  pass(card: ServedCard): Promise<SignedCard>
  /** What is in the pass, unsigned: for pictures. */
  contents(card: ServedCard): Promise<PassBundle>
  /** Several cards as one `.pkpasses`. @throws AppError BUNDLE_TOO_LARGE */
  bundle(cards: readonly ServedCard[]): Promise<SignedCard>
}
