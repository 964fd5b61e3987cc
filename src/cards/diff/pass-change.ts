import type { DesignConfig } from '../design/design-config.js'
import type { PassBundle } from '../view/types.js'

/** What is compared: a pass, and for a design what feeds it. */
export interface ComparedPass extends PassBundle {
  readonly config?: DesignConfig
}

/** What a change is about, in the order in which people are told. */
export const CHANGE_KINDS = [
  /** The style of the pass, or what belongs to it as a whole, such as the transit type. */
  'style',
  'field-added',
  'field-removed',
  /** Another group, or another place in it. */
  'field-moved',
  'label',
  'value',
  /** changeMessage: what the lock screen says. */
  'message',
  /** How a value is written: numberStyle, dateStyle, alignment and the like. */
  'format',
  /** Text at the top of the card: logoText, organizationName, description. */
  'text',
  'colour',
  'barcode',
  /** Where and when the card comes up, and when it ends. */
  'relevance',
  'picture',
  'translation',
  /** design.yaml: what feeds the card. */
  'feeding',
  /** Everything else in pass.json, and other files. */
  'other',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export interface PassChange {
  readonly kind: ChangeKind
  /** Where: `storeCard/headerFields/level/label`, `strip@2x.png`, `ru.lproj/pass.strings/Level`, `design.yaml/fields/level`. */
  readonly place: string
  /** For fields: their key. */
  readonly field?: string
  /** As JSON has it; undefined where there was nothing. */
  readonly before?: unknown
  readonly after?: unknown
}

/** A picture or another file, as a change tells it. */
export interface FileFacts {
  readonly bytes: number
  /** Pixels; absent for what is no PNG. */
  readonly width?: number
  readonly height?: number
}
