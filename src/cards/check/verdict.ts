import { type Finding, SEVERITIES, type Severity } from '../../kit/findings.js'

export type Counts = Readonly<Record<Severity, number>>

/** How many findings there are of each severity. */
export function countFindings(findings: readonly Finding[]): Counts {
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length
  return {
    refused: count('refused'),
    'refused-by-some': count('refused-by-some'),
    'shown-badly': count('shown-badly'),
    advice: count('advice'),
  }
}

/** True when nothing is refused; with `strict`, when there is advice at most. */
export function isInOrder(counts: Counts, { strict = false } = {}): boolean {
  return strict ? SEVERITIES.every((severity) => severity === 'advice' || counts[severity] === 0) : counts.refused === 0
}

/** What phones will make of the card, in one sentence. */
export function verdictOf(name: string, counts: Counts): string {
  if (counts.refused > 0) return `${name}: phones refuse this card: ${some(counts.refused, 'reason')}.`
  const bySome = counts['refused-by-some']
  if (bySome > 0)
    return `${name}: some phones refuse this card or leave something essential out: ${some(bySome, 'reason')}.`
  const badly = counts['shown-badly']
  if (badly > 0) return `${name}: phones will show this card, but not as designed: ${some(badly, 'finding')}.`
  const advice = counts.advice === 0 ? '' : ` There is advice: ${some(counts.advice, 'line')}.`
  return `${name}: phones will show this card as designed.${advice}`
}

function some(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
