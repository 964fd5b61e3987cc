import type { KeyObject } from 'node:crypto'
import type { Design } from '../cards/design/design.js'
import type { CardData, PassIdentity } from '../cards/model.js'

/** What a signing worker is given once. */
export interface SignerSetup {
  /** As read and checked by the main thread: parsing YAML and schemas again would cost each worker 100 ms. */
  readonly design: Design
  readonly cacheDir: string
  readonly picturesDir: string
  readonly currency: string
  readonly pass: PassIdentity
  /** The key goes to the worker as an object, never as text. */
  readonly identity: { readonly leaf: Uint8Array; readonly issuer: Uint8Array; readonly key: KeyObject }
}

/** One batch of cards to sign. */
export interface SignTask {
  readonly cards: readonly CardData[]
  /** Epoch milliseconds: the signing time of the batch. */
  readonly now: number
  readonly target: SignTarget
}

/**
 * `folder`: the worker writes the files itself; a card in `keep` (serial -> epoch milliseconds of its last change) is
 * left alone when its file is newer. `archive`: it returns them laid out as entries of a zip file, which one
 * writer appends in order; `room` is memory to do so in, used again and again.
 */
export type SignTarget =
  | { readonly kind: 'folder'; readonly dir: string; readonly keep?: ReadonlyMap<string, number> }
  | { readonly kind: 'archive'; readonly room?: SharedArrayBuffer }

export type SignResult = { readonly kind: 'folder'; readonly written: number } | ArchiveChunk

/** Local headers and data of a batch, and what the central directory says of each entry. */
export interface ArchiveChunk {
  readonly kind: 'archive'
  readonly bytes: Uint8Array
  readonly entries: readonly {
    readonly name: string
    readonly crc: number
    readonly size: number
    readonly at: number
  }[]
}
