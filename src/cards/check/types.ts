import type { Design } from '../design/design.js'
import type { JsonNode } from '../design/json-source.js'
import type { ConfigPosition } from '../design/read-config.js'
import type { PassFiles } from '../model.js'
import type { Layout } from '../preview/layout-types.js'
import type { PassBundle, PassView } from '../view/types.js'
import type { Slip } from './read-pass-text.js'

/**
 * What a finding means for the holder of the card.
 * - `refused`: phones do not open the pass at all.
 * - `refused-by-some`: some versions of Wallet, or some readers, do not open it or leave something essential out.
 * - `shown-badly`: it opens, but something is cut, missing, blurred or unreadable.
 * - `advice`: it works; it could be better.
 */
export const SEVERITIES = ['refused', 'refused-by-some', 'shown-badly', 'advice'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A rule: stable id, and what its documentation page says. */
export interface RuleDoc {
  /** `group.name`, such as `picture.icon-scale`. Never renamed. */
  readonly id: string
  /** The usual severity; a finding may be milder or graver where the page says so. */
  readonly severity: Severity
  /** One line: what is wrong in general. */
  readonly title: string
  /** Why it matters: what a phone does. */
  readonly reason: string
  /** How to mend it, as a sentence. */
  readonly fix: string
  /** Where the rule comes from. */
  readonly source: string
  /** What is found, as it stands in the file. */
  readonly example: string
  /** True when `design check --fix` can mend it, at least in the plain cases. */
  readonly fixable: boolean
}

/** Where in the design a finding is. */
export interface Place {
  /** Path in the design folder: `pass.json`, `ru.lproj/pass.strings`, `strip@2x.png`. */
  readonly file: string
  /** JSON pointer without the leading slash, such as `storeCard/backFields/2/value`. */
  readonly pointer?: string
  /** Both from 1. */
  readonly line?: number
  readonly column?: number
}

export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly place: Place
  /** What is wrong here, a whole sentence. */
  readonly message: string
  /** What to do about it here, a whole sentence. */
  readonly fix: string
  readonly fixable: boolean
  /** The language concerned, where only some are. */
  readonly locale?: string
}

/** Cells that take the place of the sample's: field key (or `serial`, `barcode`) -> text. */
export type Cells = Readonly<Record<string, string>>

/** What rules look at. A pass that is no design of ours has no `design` and no `config`. */
export interface CheckInput {
  /** pass.json without a byte order mark; what is no JSON (see `slips`) blanked out, so that offsets stay. */
  readonly passText: string
  readonly passJson: Readonly<Record<string, unknown>>
  readonly root: JsonNode
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
