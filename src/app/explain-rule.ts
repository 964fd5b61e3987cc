import type { RuleDoc, RuleGroupDoc } from '../kit/findings.js'
import { rulePageUrl } from '../kit/rule-page.js'
import { visibleText } from '../kit/visible-text.js'
import { VERIFY_RULE_GROUPS } from '../verifying/rules.js'
import { unknownRule } from './unknown-rule.js'

/** A rule, and where it is written about. */
export interface ExplainedRule extends RuleDoc {
  /** Address of its documentation. */
  readonly page: string
}

export interface ExplainedGroup extends Omit<RuleGroupDoc, 'rules'> {
  readonly rules: readonly ExplainedRule[]
}

/** What `pass explain --json` prints: a rule, a group, or all groups. */
export type Explanation = ExplainedRule | ExplainedGroup | { readonly groups: readonly ExplainedGroup[] }

/**
 * Explains a rule of `pass verify`, a group of them, or tells all.
 *
 * @param version - of the program; the pages of that version are linked
 * @throws AppError RULE_UNKNOWN
 */
export function explainVerifyRule(name: string | undefined, version: string): Explanation {
  const groups = VERIFY_RULE_GROUPS.map(
    (group): ExplainedGroup => ({
      ...group,
      rules: group.rules.map((rule) => ({ ...rule, page: rulePageUrl(rule.id, version) })),
    }),
  )
  if (name === undefined) return { groups }
  const wanted = name.trim().toLowerCase()
  const rules = groups.flatMap((group) => group.rules)
  const found = groups.find(({ id }) => id === wanted) ?? rules.find(({ id }) => id === wanted)
  if (found !== undefined) return found
  const known = [...groups, ...rules].map(({ id }) => id)
  throw unknownRule(visibleText(name), known, 'tessera pass explain')
}
