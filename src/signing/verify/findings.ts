import type { Finding, Severity } from '../../kit/findings.js'
import { type SigningRuleId, signingRule } from './rules/index.js'

/** What a check saw; the rule's own text says the rest. */
export interface Found {
  /** A whole sentence. */
  readonly message: string
  /** File inside the pass; absent when the pass as a whole is meant. */
  readonly file?: string
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
    add(rule, { file = '', message, evidence, severity, fix }) {
      const doc = signingRule(rule)
      list.push({
        rule,
        severity: severity ?? doc.severity,
        place: { file },
        message,
        ...(evidence === undefined ? {} : { evidence }),
        fix: fix ?? doc.fix,
        fixable: false,
      })
    },
  }
}
