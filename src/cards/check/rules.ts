import type { RuleDoc } from '../../kit/findings.js'
import type { Rule, RuleGroup } from './rule.js'
import { BARCODE_RULES } from './rules/barcodes.js'
import { COLOUR_RULES } from './rules/colours.js'
import { DATE_RULES } from './rules/dates.js'
import { FEEDING_RULES } from './rules/feeding.js'
import { FIELD_RULES } from './rules/fields.js'
import { FILE_RULES } from './rules/file.js'
import { GOOGLE_RULES } from './rules/google.js'
import { IDENTITY_RULES } from './rules/identity.js'
import { LANGUAGE_RULES } from './rules/languages.js'
import { LINK_RULES } from './rules/links.js'
import { NFC_RULES } from './rules/nfc.js'
import { PICTURE_RULES } from './rules/pictures.js'
import { RELEVANCE_RULES } from './rules/relevance.js'
import { SCHEME_RULES } from './rules/schemes.js'
import { TEXT_RULES } from './rules/texts.js'
import { WEIGHT_RULES } from './rules/weight.js'

/** All rules, in the order of their pages. */
export const RULE_GROUPS: readonly RuleGroup[] = [
  FILE_RULES,
  IDENTITY_RULES,
  FIELD_RULES,
  TEXT_RULES,
  BARCODE_RULES,
  COLOUR_RULES,
  PICTURE_RULES,
  DATE_RULES,
  RELEVANCE_RULES,
  NFC_RULES,
  LANGUAGE_RULES,
  LINK_RULES,
  SCHEME_RULES,
  FEEDING_RULES,
  GOOGLE_RULES,
  WEIGHT_RULES,
]

export const ALL_RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules)

/** What is known of every rule: for lists, pages and SARIF. */
export const RULES: readonly RuleDoc[] = ALL_RULES.map(
  ({ id, severity, title, reason, fix, source, example, repair }) => ({
    id,
    severity,
    title,
    reason,
    fix,
    source,
    example,
    fixable: repair !== undefined,
  }),
)

export function ruleOf(id: string): Rule | undefined {
  return ALL_RULES.find((rule) => rule.id === id)
}
