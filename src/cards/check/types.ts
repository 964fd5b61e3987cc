import type { Design } from '../design/design.js'
import type { JsonNode } from '../design/json-source.js'
import type { ConfigPosition } from '../design/read-config.js'
import type { PassFiles } from '../model.js'
import type { Slip } from '../pass/slip.js'
import type { Layout } from '../preview/layout-types.js'
import type { PassBundle, PassView } from '../view/types.js'

/** Cells that take the place of the sample's: field key (or `serial`, `barcode`) -> text. */
export type Cells = Readonly<Record<string, string>>

/** What rules look at. A pass that is no design of ours has no `design` and no `config`. */
export interface CheckInput {
  /** pass.json as decoded, without a byte order mark; its slips are in it. */
  readonly passText: string
  readonly passJson: Readonly<Record<string, unknown>>
  /** The values of pass.json with their places. */
  root(): JsonNode
  /** Where an offset of `passText` is. */
  position(offset: number): { readonly line: number; readonly column: number }
  /** What in the text of pass.json only lenient readers accept. */
  readonly slips: readonly Slip[]
  readonly files: PassFiles
  readonly design?: Design
  /** True for what cards are made from, also where design.yaml cannot be read; a finished pass is none. */
  readonly isTemplate: boolean
  /** Where things stand in design.yaml. */
  readonly config?: ConfigPosition
  /** ISO 4217 code of money fields whose design names none. */
  readonly currency?: string
  /** Epoch milliseconds. */
  readonly now: number
  /** The languages of the pass; `en` alone when it is not translated. */
  readonly locales: readonly string[]
  /** The card, filled with sample values. */
  bundle(locale: string, cells?: Cells): Promise<PassBundle>
  /** What a phone in that language shows of it. */
  view(locale: string, cells?: Cells): Promise<PassView>
  /** The front in that language, laid out with real font metrics. */
  front(locale: string, cells?: Cells): Promise<Layout>
}
