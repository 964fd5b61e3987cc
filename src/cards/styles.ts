import type { PassStyle } from './design/design.js'

/** The groups of fields on the front, in reading order, and those of the back. */
export const FRONT_GROUPS = ['headerFields', 'primaryFields', 'secondaryFields', 'auxiliaryFields'] as const
export const FIELD_GROUPS = [...FRONT_GROUPS, 'footerFields', 'backFields', 'additionalInfoFields'] as const
export type FieldGroup = (typeof FIELD_GROUPS)[number]

/** Most fields of a group that a style shows; more are left out by phones without a word. */
export interface StyleLimits {
  readonly headerFields: number
  readonly primaryFields: number
  readonly secondaryFields: number
  readonly auxiliaryFields: number
  readonly footerFields: number
  /** Secondary and auxiliary fields together, when the barcode is square (QR, Aztec). */
  readonly belowWithSquareCode?: number
}

const COMMON = { headerFields: 3, primaryFields: 1, secondaryFields: 4, auxiliaryFields: 4, footerFields: 0 }

/** Apple Wallet Developer Guide, "Pass style and fields"; Pass Builder 2026 for posterGeneric. */
export const STYLE_LIMITS: Readonly<Record<PassStyle, StyleLimits>> = {
  boardingPass: { ...COMMON, primaryFields: 2, auxiliaryFields: 5 },
  coupon: { ...COMMON, belowWithSquareCode: 4 },
  eventTicket: COMMON,
  generic: { ...COMMON, belowWithSquareCode: 4 },
  posterGeneric: { ...COMMON, footerFields: 1 },
  storeCard: { ...COMMON, belowWithSquareCode: 4 },
}
