import type { ConformanceRule } from './rule.js'
import { ANDROID_RULES } from './rules/android.js'
import { FRESHNESS_RULES } from './rules/freshness.js'
import { LIST_RULES } from './rules/list.js'
import { LOG_RULES } from './rules/log.js'
import { PASS_RULES } from './rules/pass.js'
import { REGISTER_RULES } from './rules/register.js'
import { TAG_RULES } from './rules/tags.js'
import { UNREGISTER_RULES } from './rules/unregister.js'
import { WHOLE_RULES } from './rules/whole.js'
import type { ConformanceRuleDoc } from './types.js'

/** In the order they are tried; `service.no-server-error` looks back at all others, so it is the last. */
export const CONFORMANCE_RULES: readonly ConformanceRule[] = [
  ...REGISTER_RULES,
  ...LIST_RULES,
  ...TAG_RULES,
  ...PASS_RULES,
  ...FRESHNESS_RULES,
  ...UNREGISTER_RULES,
  ...LOG_RULES,
  ...ANDROID_RULES,
  ...WHOLE_RULES,
]

/** What the documentation says, without what tries it. */
export function ruleDocs(rules: readonly ConformanceRule[] = CONFORMANCE_RULES): ConformanceRuleDoc[] {
  return rules.map(({ id, level, title, protocol, phone, seen, source }) => ({
    id,
    level,
    title,
    protocol,
    phone,
    ...(seen === undefined ? {} : { seen }),
    source,
  }))
}

/** Rules by name, by group (`list`), or all when no name is given; in the order they are tried. */
export function chooseRules(only: readonly string[] = []): ConformanceRule[] {
  const isWanted = ({ id }: ConformanceRule): boolean =>
    only.length === 0 || only.some((name) => id === name || id.startsWith(`${name}.`))
  return CONFORMANCE_RULES.filter(isWanted)
}
