import type { SigningRuleId } from '../rules/index.js'

interface Details {
  /** The rule that says it; `archive.unreadable` when undefined. */
  readonly rule?: SigningRuleId
  readonly evidence?: string | undefined
  /** Where it is more exact than the rule's. */
  readonly fix?: string | undefined
}

/** The archive, or one file of it, cannot be read. The message has neither capital nor full stop: "is encrypted". */
export class ZipError extends Error {
  override readonly name = 'ZipError'
  readonly rule: SigningRuleId
  readonly evidence: string | undefined
  readonly fix: string | undefined

  constructor(message: string, { rule = 'archive.unreadable', evidence, fix }: Details = {}) {
    super(message)
    this.rule = rule
    this.evidence = evidence
    this.fix = fix
  }
}
