import type { RuleDoc, RuleGroupDoc } from '../../../kit/findings.js'

/** A rule whose findings cannot be mended by `design check --fix`: what is signed cannot be edited, only made again. */
export type SigningRule = Omit<RuleDoc, 'fixable'>

export interface SigningRuleGroup<Rule extends SigningRule = SigningRule> extends Omit<RuleGroupDoc, 'rules'> {
  readonly rules: readonly Rule[]
}

export const APPLE_GUIDE = 'Apple, Wallet Developer Guide: Building the Pass'
