import type { Finding, RuleDoc } from '../../kit/findings.js'
import { BUNDLE_RULES } from './bundle.js'
import { DOWNLOAD_RULES } from './download.js'

export const OWN_RULE_GROUPS = [DOWNLOAD_RULES, BUNDLE_RULES] as const

type OwnRuleId = (typeof OWN_RULE_GROUPS)[number]['rules'][number]['id']

const BY_ID: ReadonlyMap<string, RuleDoc> = new Map(
  OWN_RULE_GROUPS.flatMap(({ rules }) => [...rules]).map((rule) => [rule.id, rule]),
)

/** A finding about how passes come: about the file as a whole, or a file in a bundle. */
export function deliveryFinding(
  rule: OwnRuleId,
  { message, evidence, file = '' }: { message: string; evidence?: string; file?: string },
): Finding {
  const doc = BY_ID.get(rule)
  if (doc === undefined) throw new Error(`there is no rule ${rule}`)
  const { severity, fix } = doc
  return {
    rule,
    severity,
    place: { file },
    message,
    ...(evidence === undefined ? {} : { evidence }),
    fix,
    fixable: false,
  }
}
