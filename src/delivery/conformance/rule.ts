import type { Bench } from './bench.js'
import type { ConformanceRuleDoc } from './types.js'
import type { WalletReply } from './wallet-client.js'

/** A rule with the requests that try it. */
export interface ConformanceRule extends ConformanceRuleDoc {
  /** Cards it takes; one when undefined. */
  readonly cards?: 2
  /** True when cards must be changed for it. */
  readonly changes?: true
  /**
   * Resolves when the rule holds, with what there is to say of it besides.
   *
   * @throws RuleBroken, RuleSkipped, NoAnswer
   */
  run(bench: Bench): Promise<string | undefined>
}

/** The rule does not hold. */
export class RuleBroken extends Error {
  override name = 'RuleBroken'
  /** True when this breach of a `must` is one that phones get over: it is warned of. */
  readonly mild: boolean

  constructor(message: string, { mild = false } = {}) {
    super(message)
    this.mild = mild
  }
}

/** It could not be found out whether the rule holds. */
export class RuleSkipped extends Error {
  override name = 'RuleSkipped'
}

/** @throws RuleBroken unless the answer has one of the statuses */
export function expectStatus(
  reply: WalletReply,
  wanted: readonly number[],
  { what, mild }: { readonly what: string; readonly mild?: (status: number) => boolean },
): void {
  const { status, headers } = reply
  if (wanted.includes(status)) return
  const redirect =
    status >= 300 && status < 400 && status !== 304 && headers.location !== undefined
      ? ' The protocol knows no redirects, and none is followed here.'
      : ''
  throw new RuleBroken(`${what} was answered ${status} instead of ${wanted.join(' or ')}.${redirect}`, {
    mild: mild?.(status) ?? false,
  })
}

export const APPLE = 'Apple, PassKit Web Service Reference'
