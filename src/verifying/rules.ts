import { RULE_GROUPS } from '../cards/check/rules.js'
import type { RuleDoc, RuleGroupDoc } from '../kit/findings.js'
import { SIGNING_RULE_GROUPS } from '../signing/verify/rules/index.js'
import { OWN_RULE_GROUPS } from './rules/verifying-rules.js'

/** Every rule of the verifier, in the order of the pages: first how the pass is made, then what it says. */
export const VERIFY_RULE_GROUPS: readonly RuleGroupDoc[] = [
  ...OWN_RULE_GROUPS,
  ...SIGNING_RULE_GROUPS,
  ...RULE_GROUPS.map(({ rules, ...group }) => ({
    ...group,
    rules: rules.map(
      ({ check: _, repair, needs: __, ...doc }): RuleDoc => ({
        command: `tessera design check DESIGN${repair === undefined ? '' : ' --fix'}`,
        ...doc,
        fixable: repair !== undefined,
      }),
    ),
  })),
]

const BY_ID: ReadonlyMap<string, RuleDoc> = new Map(
  VERIFY_RULE_GROUPS.flatMap(({ rules }) => rules).map((rule) => [rule.id, rule]),
)

export function verifyRule(id: string): RuleDoc | undefined {
  return BY_ID.get(id)
}
