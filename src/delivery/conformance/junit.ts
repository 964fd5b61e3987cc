import { type JunitCase, junitXml } from '../../kit/junit.js'
import type { RuleResult } from './types.js'

/** Results as JUnit XML: one test case for every rule; what is warned of passes, with the warning as its output. */
export function conformanceJunit(results: readonly RuleResult[], { seconds }: { readonly seconds: number }): string {
  return junitXml(results.map(toCase), { name: 'tessera conformance', suite: 'Wallet web service', seconds })
}

function toCase({ rule, level, outcome, message, phone, exchanges }: RuleResult): JunitCase {
  const [group = ''] = rule.split('.', 1)
  const lines = [message, ...(phone === undefined ? [] : [phone])]
  const text = [...lines, ...exchanges.flatMap(({ request, answer }) => [`> ${request}`, `< ${answer}`])].join('\n')
  return {
    classname: `conformance.${group}`,
    name: rule,
    ...(outcome === 'failed' ? { problem: { kind: 'failure', type: level, message } } : {}),
    ...(outcome === 'skipped' ? { skipped: message } : {}),
    ...(outcome === 'failed' || outcome === 'warned' ? { text } : {}),
  }
}
