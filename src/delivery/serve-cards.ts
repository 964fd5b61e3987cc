import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { PassBundle } from '../cards/view/types.js'
import type { SignedPass } from '../signing/archive/pass-archive.js'
import type { Store } from '../store/index.js'
import type { CardService, ServedCard, SignedCard } from './card-service.js'
import { type CardRow, createCardFinder, type DesignHead, type FoundHead } from './find-cards.js'

/** Makes passes of rows; what a design is and how a pass is signed is known elsewhere. */
export interface PassMaking {
  sign(row: CardRow, design: DesignHead, when: Date): Promise<SignedPass>
  contents(row: CardRow, design: DesignHead): Promise<PassBundle>
  /** Signed passes, by serial, as one `.pkpasses`. */
  bundle(passes: readonly { readonly serial: string; readonly pass: SignedPass }[]): Uint8Array
}

export interface ServeCardsOptions {
  readonly store: Pick<Store, 'prepared'>
  readonly passes: PassMaking
  /** Since when passes are made as they are now (certificates, configuration), epoch milliseconds. */
  readonly since: number
  /** Bytes that signed passes may take in memory; what they share with each other is not counted. */
  readonly cacheBytes: number
  readonly now: () => number
  /** Told of every pass that is asked for. */
  onPass?(from: 'cache' | 'signed'): void
}

const SECOND = 1000
/** What a cached pass costs besides its bytes: keys, objects. A guess on the high side. */
const OVERHEAD = 500

interface FoundCard extends ServedCard {
  readonly made: DesignHead
}

/**
 * The cards of a launch, straight from the store: whatever another process changes is seen by the next request. Passes are
 * kept by version, so that what is kept is never out of date, only unused.
 */
export function createCardService({
  store,
  passes,
  since,
  cacheBytes,
  now,
  onPass,
}: ServeCardsOptions): CardService & { designOf(card: ServedCard): DesignHead } {
  const find = createCardFinder(store)
  const kept = new LRUCache<string, SignedPass>({
    maxSize: cacheBytes,
    sizeCalculation: ({ tail }) => tail.length + OVERHEAD,
  })
  /** One signing per version, however many phones ask at once. */
  const underway = new Map<string, Promise<SignedPass>>()

  const served = (found: FoundHead | undefined): FoundCard | undefined => {
    if (found === undefined) return undefined
    const { card: row, design } = found
    const modifiedAt = Math.floor(Math.max(row.updated_at, design.published_at, since) / SECOND)
    const version = `${row.id} ${row.revision} ${row.tag} ${design.tag} ${design.hash} ${since}`
    return {
      made: design,
      id: row.id,
      serial: row.serial,
      token: row.token,
      design: design.name,
      status: row.voided_at !== null ? 'voided' : isPast(row.expires_at, now()) ? 'expired' : 'active',
      locale: row.locale ?? undefined,
      tag: Math.max(row.tag, design.tag),
      modifiedAt,
      etag: `"${hash('sha256', version, 'base64url').slice(0, 22)}"`,
      revision: row.revision,
    }
  }

  const sign = async (card: FoundCard): Promise<SignedPass> => {
    // Signed as of the time of the version: RSA and the archive have no chance in them, so the bytes are always the same.
    const whole = wholeOf(card)
    const signing = whole.then((row) => passes.sign(row, card.made, new Date(card.modifiedAt * SECOND)))
    underway.set(card.etag, signing)
    try {
      const pass = await signing
      // A card that changed meanwhile goes to the phone as it is now, with the time that it had before: the next question
      // is answered with it again. It is not kept for a version that it is not.
      if ((await whole).revision === card.revision) kept.set(card.etag, pass)
      onPass?.('signed')
      return pass
    } finally {
      underway.delete(card.etag)
    }
  }

  const wholeOf = async (card: ServedCard): Promise<CardRow> => {
    const row = await find.row(card.id)
    if (row === undefined) throw new Error('a card that was found is gone')
    return row
  }

  const passOf = async (card: ServedCard): Promise<SignedPass> => {
    const cached = kept.get(card.etag)
    if (cached !== undefined) {
      onPass?.('cache')
      return cached
    }
    return underway.get(card.etag) ?? sign(card as FoundCard)
  }

  return {
    byId: async (id) => served(await find.byId(id)),
    bySerial: async (serial) => served(await find.bySerial(serial)),
    async pass(card) {
      return toSigned(await passOf(card))
    },
    designOf: (card) => (card as FoundCard).made,
    contents: async (card) => passes.contents(await wholeOf(card), (card as FoundCard).made),
    async bundle(cards) {
      const signed = await Promise.all(cards.map(async (card) => ({ serial: card.serial, pass: await passOf(card) })))
      const bytes = passes.bundle(signed)
      return { parts: [bytes], length: bytes.length }
    },
  }
}

function toSigned({ head, tail }: SignedPass): SignedCard {
  return { parts: [head, tail], length: head.length + tail.length }
}

function isPast(time: number | null, now: number): boolean {
  return time !== null && time <= now
}
