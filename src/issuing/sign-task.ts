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

/**
 * A batch of cards as entries of a zip file. What cards share, most of their bytes, is not copied for each of them: it
 * comes once and is written again and again.
 */
export interface ArchiveChunk {
  readonly kind: 'archive'
  /** Of each card in turn: the local header of its entry, and the part of the pass that is its own. */
  readonly bytes: Uint8Array
  readonly entries: readonly ArchiveEntry[]
  /** Shared parts that this worker has not sent before, by the name that entries use. */
  readonly heads: ReadonlyMap<string, Uint8Array>
}

export interface ArchiveEntry {
  readonly name: string
  readonly crc: number
  /** Bytes of the whole pass. */
  readonly size: number
  /** Where its local header begins in the chunk's bytes, and where its own part does. */
  readonly at: number
  readonly tailAt: number
  readonly head: string
}
