/** What checks of passes and designs find, in words that all of them share (ADR 0009). */

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
  /** The command that helps: `tessera certs wwdr`. Upper-case words stand for what the user puts there. */
  readonly command?: string
}

/** A page of rules. */
export interface RuleGroupDoc {
  readonly id: string
  readonly title: string
  /** A sentence or two for the page of the group. */
  readonly intro: string
  readonly rules: readonly RuleDoc[]
}

/** Where in a pass or a design a finding is. */
export interface Place {
  /** Path in the pass or the design folder: `pass.json`, `ru.lproj/pass.strings`, `strip@2x.png`; empty for the whole. */
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
  /** What was found, as it stands there, or what two sides say: short, printable, no secrets. */
  readonly evidence?: string
  /** What to do about it here, a whole sentence. */
  readonly fix: string
  readonly fixable: boolean
  /** The language concerned, where only some are. */
  readonly locale?: string
}
