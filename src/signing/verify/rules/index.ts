import type { RuleDoc, RuleGroupDoc } from '../../../kit/findings.js'
import { ARCHIVE_RULES } from './archive.js'
import { CERTIFICATE_RULES } from './certificate.js'
import { MANIFEST_RULES } from './manifest.js'
import { SIGNATURE_RULES } from './signature.js'

const GROUPS = [ARCHIVE_RULES, MANIFEST_RULES, SIGNATURE_RULES, CERTIFICATE_RULES] as const

export type SigningRuleId = (typeof GROUPS)[number]['rules'][number]['id']

/** The rules of archive, manifest, signature and certificates, in the order of their pages. */
export const SIGNING_RULE_GROUPS: readonly RuleGroupDoc[] = GROUPS.map(({ rules, ...group }) => ({
  ...group,
  rules: rules.map((rule): RuleDoc => ({ ...rule, fixable: false })),
}))

const BY_ID: ReadonlyMap<string, RuleDoc> = new Map(
  SIGNING_RULE_GROUPS.flatMap(({ rules }) => rules).map((rule) => [rule.id, rule]),
)

export function signingRule(id: SigningRuleId): RuleDoc {
  const rule = BY_ID.get(id)
  if (rule === undefined) throw new Error(`there is no rule ${id}`)
  return rule
}
