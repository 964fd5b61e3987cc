import type { GoogleType } from '../design/google-config.js'

export type { GoogleType } from '../design/google-config.js'

/** JSON as it goes to Google: only text, numbers, booleans, arrays and objects. */
export type JsonObject = { readonly [key: string]: unknown }

/**
 * What became of something that the Apple pass has.
 * - `maps`: Google shows or does the same.
 * - `changed`: it is there, but looks or works otherwise.
 * - `shortened`: it is there, but longer than Google shows on small screens, or than it takes.
 * - `lost`: Google has nothing for it.
 * - `needed`: Google wants something that the pass does not say.
 * - `apple`: it concerns Apple's side alone.
 */
export const OUTCOMES = ['needed', 'lost', 'shortened', 'changed', 'maps', 'apple'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface GoogleNote {
  /** Stable, such as `field.text`. */
  readonly id: string
  readonly outcome: Outcome
  /** Where it stands in the Apple pass (`storeCard/backFields/2`, `strip`); '' for what only Google has. */
  readonly from: string
  /** Key of the field, where it is about one. */
  readonly key?: string
  /** Where it went (`object.loyaltyPoints`). */
  readonly to?: string
  /** A whole sentence. */
  readonly reason: string
}

/** The same card in the other wallet. */
export interface GoogleTwin {
  readonly type: GoogleType
  readonly class: JsonObject
  readonly object: JsonObject
  readonly report: readonly GoogleNote[]
  /** The Apple picture that stands behind each of Google's, by its name without scale and ending. */
  readonly pictures: GooglePictures
}

export interface GooglePictures {
  readonly logo?: string
  readonly wideLogo?: string
  readonly hero?: string
  readonly images: readonly string[]
}
