import { type ConformanceSummary, OUTCOMES, type Outcome, type RuleResult } from './types.js'

type Facts = Pick<ConformanceSummary, 'url' | 'cards' | 'requests' | 'milliseconds' | 'notes'>

/** Counts, and the verdict in a sentence. */
export function summaryOf(
  results: readonly RuleResult[],
  { stopped, ...facts }: Facts & { readonly stopped: boolean },
): ConformanceSummary {
  const count = (wanted: Outcome): number => results.filter(({ outcome }) => outcome === wanted).length
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)])) as Record<Outcome, number>
  const asked = results.filter(({ level }) => level === 'must')
  const musts = asked.filter(({ outcome }) => outcome !== 'skipped')
  const failed = musts.filter(({ outcome }) => outcome === 'failed')
  // Where all were skipped nobody knows, and a build server must not take that for a yes.
  const conforms = failed.length === 0 && (musts.length > 0 || asked.length === 0)
  const tried = `${musts.length} ${musts.length === 1 ? 'rule' : 'rules'} that a phone depends on`
  const verdict =
    musts.length === 0
      ? 'was not tried: no rule that a phone depends on was reached'
      : conforms
        ? `conforms: none of ${tried} is broken`
        : `does not conform: of ${tried} ${failed.length} ${failed.length === 1 ? 'is' : 'are'} broken (${failed.map(({ rule }) => rule).join(', ')})`
  const rest = [
    counts.warned > 0 ? `${counts.warned} warned of` : '',
    counts.skipped > 0 ? `${counts.skipped} skipped` : '',
  ].filter(Boolean)
  const sentence = `${facts.url} ${verdict}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}${stopped ? '; stopped early' : ''}.`
  return { ...facts, ...counts, conforms, sentence }
}
