import type { Finding, Severity } from '../../kit/findings.js'
import { visibleText } from '../../kit/visible-text.js'
import { type SigningRuleId, signingRule } from './rules/index.js'

/** What a check saw; the rule's own text says the rest. */
export interface Found {
  /** A whole sentence. */
  readonly message: string
  /** File inside the pass; absent when the pass as a whole is meant. */
  readonly file?: string
  /** JSON pointer without the leading slash, where a member of the file is meant. */
  readonly pointer?: string
  readonly evidence?: string
  /** Where this case is milder or graver than the rule. */
  readonly severity?: Severity
  /** Where it is more exact than the rule's. */
  readonly fix?: string
}

/** Collects findings. */
export interface Findings {
  readonly list: readonly Finding[]
  add(rule: SigningRuleId, found: Found): void
}

export function createFindings(): Findings {
  const list: Finding[] = []
  return {
    list,
    add(rule, { file = '', pointer, message, evidence, severity, fix }) {
      const doc = signingRule(rule)
      list.push({
        rule,
        severity: severity ?? doc.severity,
        place: { file, ...(pointer === undefined ? {} : { pointer }) },
        message: visibleText(message),
        ...(evidence === undefined ? {} : { evidence: shown(evidence, 400) }),
        fix: fix ?? doc.fix,
        fixable: false,
      })
    },
  }
}

/** A name from a stranger, as it may stand in a sentence: printable, and no longer than `most` characters. */
export function shown(text: string, most = 100): string {
  const short = text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
  return visibleText(short)
}
