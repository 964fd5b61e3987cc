import type { Finding, Severity } from '../kit/findings.js'
import type { Verdict } from './types.js'

export interface Readable {
  /** True when pass.json could be read. */
  readonly readable: boolean
  /** True when there is a signature, in whatever state. */
  readonly signed: boolean
}

export function verdictOf(findings: readonly Finding[], { readable, signed }: Readable): Verdict {
  if (!readable) return 'broken'
  if (!signed) return 'unsigned'
  const refused = findings.filter(({ severity }) => severity === 'refused')
  if (refused.length === 0) return 'valid'
  return refused.every(({ rule }) => rule === 'certificate.expired') ? 'expired' : 'invalid'
}

/** What signing mends by itself. */
const BY_SIGNING = /^(?:signature|manifest|certificate)\./

/** The verdict in one sentence, as the first line of the output. */
export function sentenceOf(file: string, verdict: Verdict, findings: readonly Finding[]): string {
  const [worst] = findings
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length
  switch (verdict) {
    case 'valid': {
      const bySome = count('refused-by-some')
      if (bySome > 0)
        return `${file}: valid, but some phones refuse it or leave something out: ${some(bySome, 'reason')}.`
      const badly = count('shown-badly')
      if (badly > 0)
        return `${file}: valid; phones accept it, but do not show all of it well: ${some(badly, 'finding')}.`
      return `${file}: valid; phones accept it.`
    }
    case 'expired':
      return `${file}: expired; all else holds, but phones refuse to add it: ${worst?.message ?? ''}`
    case 'unsigned': {
      const others = findings.filter(({ rule, severity }) => severity === 'refused' && !BY_SIGNING.test(rule))
      const until = 'phones refuse it until it is signed'
      if (others.length === 0) return `${file}: unsigned; ${until}.`
      return `${file}: unsigned; ${until}, and for ${some(others.length, 'more reason')}. ${others[0]?.message ?? ''}`
    }
    case 'invalid':
      return `${file}: invalid; phones refuse it: ${some(count('refused'), 'reason')}. ${worst?.message ?? ''}`
    case 'broken':
      return `${file}: broken; it cannot be opened as a pass. ${worst?.message ?? ''}`
  }
}

function some(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
