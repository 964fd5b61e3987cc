import { SEVERITIES, type Severity } from '../../kit/findings.js'
import { type PassReport, VERDICTS, type Verdict } from '../types.js'

/** One rule over many passes. */
export interface RuleTally {
  readonly rule: string
  readonly severity: Severity
  /** In how many passes it was found. */
  readonly passes: number
  /** The first of them, and what was found there. */
  readonly example: { readonly file: string; readonly message: string }
}

export interface VerifySummary extends Readonly<Record<Verdict, number>> {
  /** How many were verified. */
  readonly passes: number
  /** Bundles that phones refuse as such, whatever the passes in them; not among the passes. */
  readonly bundles: number
  readonly milliseconds: number
  /** Gravest first, then by number of passes. */
  readonly rules: readonly RuleTally[]
}

/** Counts reports without keeping them. */
export class Tally {
  readonly #verdicts = new Map<Verdict, number>()
  readonly #rules = new Map<string, { -readonly [K in keyof RuleTally]: RuleTally[K] }>()
  #passes = 0
  #bundles = 0

  add({ file, verdict, findings, bundle }: PassReport): void {
    if (bundle === true) {
      if (verdict !== 'valid') this.#bundles++
    } else {
      this.#passes++
      this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1)
    }
    const seen = new Set<string>()
    for (const { rule, severity, message } of findings) {
      const key = `${severity} ${rule}`
      if (seen.has(key)) continue
      seen.add(key)
      const known = this.#rules.get(key)
      if (known === undefined) this.#rules.set(key, { rule, severity, passes: 1, example: { file, message } })
      else known.passes++
    }
  }

  summary(milliseconds: number): VerifySummary {
    const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, this.#verdicts.get(verdict) ?? 0]))
    return {
      passes: this.#passes,
      bundles: this.#bundles,
      ...(counts as Record<Verdict, number>),
      milliseconds: Math.round(milliseconds),
      rules: [...this.#rules.values()].sort(
        (a, b) =>
          SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
          b.passes - a.passes ||
          (a.rule < b.rule ? -1 : 1),
      ),
    }
  }
}
