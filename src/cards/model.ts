import type { FieldValue } from './values/types.js'

export type { FieldValue } from './values/types.js'

/** What one card shows besides its design: all that a row of the store holds for signing. */
export interface CardData {
  readonly serial: string
  /** authenticationToken; at least 16 characters, stable for the life of the card. */
  readonly token: string
  /** Message of the barcode. */
  readonly barcode: string
  /** Field key -> value. A missing key keeps the template's own value. */
  readonly values: Readonly<Record<string, FieldValue>>
  /** Language of the holder, such as `ru`; only for values that Tessera itself formats. */
  readonly locale?: string
  /** Epoch milliseconds. */
  readonly expiresAt?: number
  readonly voided?: boolean
  /** Image name (`thumbnail`, `strip`) -> id of a prepared member picture (see pictures/member-pictures.ts). */
  readonly pictures?: Readonly<Record<string, string>>
  readonly extras?: CardExtras
  /** True once the holder has filled in the form of a personalizable pass, which it then is no longer. */
  readonly personalized?: boolean
}

/** What a card may say otherwise than its design does. */
export interface CardExtras {
  /** relevantText of all `locations` of the design. */
  readonly locationText?: string
  /** relevantText of all `beacons` of the design. */
  readonly beaconText?: string
  /** False: the holder cannot pass the card on (`sharingProhibited`). */
  readonly sharing?: boolean
}

/** Who signs, as far as pass.json repeats it. */
export interface PassIdentity {
  readonly passTypeIdentifier: string
  readonly teamIdentifier: string
  /** Undefined leaves the template's own. */
  readonly organizationName?: string
  /** https address of the web service; when undefined the pass gets neither webServiceURL nor authenticationToken. */
  readonly webServiceURL?: string
}

/** Path inside the pass (`strip@2x.png`, `ru.lproj/pass.strings`) -> bytes. */
export type PassFiles = ReadonlyMap<string, Uint8Array>

/**
 * A design compiled for speed: making one pass.json is string concatenation. Used inside worker threads, so it needs
 * nothing but files on disk and must not load sharp.
 */
export interface CardProgram {
  /** The text of pass.json for one card. About 5 microseconds. */
  passJson(card: CardData): string
  /** Which set of pictures the card uses: `''` for the design's own, `stamps=3` for a stamp card with three stamps. */
  variant(card: CardData): string
  /** All files of a variant except pass.json, manifest.json and signature. The design's pictures were drawn before. */
  filesOf(variant: string): PassFiles
}
