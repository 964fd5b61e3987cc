import { runConformance } from '../../../src/delivery/conformance/run-conformance.js'
import type {
  ConformanceCard,
  ConformanceOptions,
  ConformanceSummary,
  RuleResult,
} from '../../../src/delivery/conformance/types.js'
import type { WalletServer } from '../../support/wallet-server.js'

export interface Tried {
  readonly results: readonly RuleResult[]
  readonly summary: ConformanceSummary
  readonly state: 'done' | 'stopped'
  result(rule: string): RuleResult
}

/** Tries a server of the tests with its cards, changing them directly. */
export function tryServer(server: WalletServer, options: Partial<ConformanceOptions> = {}): Promise<Tried> {
  return tryUrl(server.url, server.cards, {
    trust: [server.passes.issuer],
    update: async (serial) => server.update(serial),
    ...options,
  })
}

export async function tryUrl(
  url: string,
  cards: readonly ConformanceCard[],
  options: Partial<ConformanceOptions> = {},
): Promise<Tried> {
  const results: RuleResult[] = []
  const events = runConformance({ url, cards }, { version: '0.0.0', settle: 300, timeout: 5000, ...options })
  for await (const event of events) {
    if (event.type === 'item') results.push(event.item)
    if (event.type !== 'summary') continue
    const { summary, state } = event
    const result = (rule: string): RuleResult => {
      const found = results.find((one) => one.rule === rule)
      if (found === undefined) throw new Error(`${rule} was not tried`)
      return found
    }
    return { results, summary, state, result }
  }
  throw new Error('the run ended without a summary')
}
