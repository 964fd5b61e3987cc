import { visibleText } from '../../kit/visible-text.js'
import type { VerifySummary } from '../../verifying/output/tally.js'
import type { PassReport, Verdict } from '../../verifying/types.js'
import { formatCount, formatDuration, plural } from './numbers.js'
import { SEVERITY_COLOURS } from './pass-report.js'
import { type Output, paint } from './styles.js'
import { definitions } from './table.js'
import { wrapText } from './wrap.js'

const NOT_VALID: readonly Verdict[] = ['invalid', 'expired', 'unsigned', 'broken']
/** Passes that a person looks through. */
const MOST_NAMED = 20

/** Collects, of many reports, what their summary names. */
export class NotValid {
  readonly sentences: string[] = []
  count = 0

  add({ verdict, sentence }: PassReport): void {
    if (verdict === 'valid') return
    this.count++
    if (this.sentences.length < MOST_NAMED) this.sentences.push(sentence)
  }
}

/** Many passes: the verdict over all, those that are not valid, and what was found in how many. */
export function renderPassSummary(
  summary: VerifySummary,
  notValid: NotValid,
  { stopped = false, output = process.stdout }: { readonly stopped?: boolean; readonly output?: Output } = {},
): string {
  const { passes, bundles, valid, rules, milliseconds } = summary
  const wrong = passes - valid + bundles
  const counts = NOT_VALID.filter((verdict) => summary[verdict] > 0).map(
    (verdict) => `${formatCount(summary[verdict])} ${verdict}`,
  )
  const verdict =
    passes === 0
      ? 'Stopped before a pass was verified.'
      : `${stopped ? 'Stopped after ' : ''}${plural(passes, 'pass', 'passes')}: ${
          wrong === 0
            ? 'all valid; phones accept them.'
            : `${[`${formatCount(valid)} valid`, ...counts].join(', ')}${bundles > 0 ? `; phones refuse ${plural(bundles, 'bundle')}` : ''}.`
        }`
  const width = Math.min(100, output.columns ?? 100)
  const named = notValid.sentences.flatMap((sentence) => {
    const [first = '', ...rest] = wrapText(visibleText(sentence), width - 4)
    return [`  ${first}`, ...rest.map((line) => `    ${line}`)]
  })
  const more = notValid.count - notValid.sentences.length
  const seconds = milliseconds / 1000
  const rate = seconds > 0 ? ` (${formatCount(passes / seconds)} passes a second)` : ''
  return [
    paint(wrong > 0 ? 'red' : stopped ? 'yellow' : 'green', verdict, output),
    ...(named.length === 0 ? [] : [`\n${paint('bold', 'Not valid', output)}`, ...named]),
    ...(more > 0 ? [paint('dim', `  and ${more} more; --json has all`, output)] : []),
    ...(rules.length === 0
      ? []
      : [`\n${paint('bold', 'Found', output)}`, ...rules.map((rule) => ruleLine(rule, passes, { output, width }))]),
    `\n${definitions([['time', `${formatDuration(seconds)}${rate}`]], output)}`,
  ].join('\n')
}

function ruleLine(
  { rule, severity, passes, example }: VerifySummary['rules'][number],
  all: number,
  { output, width }: { readonly output: Output; readonly width: number },
): string {
  const where =
    passes === all && all > 1
      ? 'in all'
      : passes === 1
        ? `in ${visibleText(example.file)}`
        : `in ${plural(passes, 'pass', 'passes')}, such as ${visibleText(example.file)}`
  const [first = '', ...rest] = wrapText(`${severity} ${rule} ${where}: ${visibleText(example.message)}`, width - 4)
  const coloured = first.replace(severity, paint(SEVERITY_COLOURS[severity], severity, output))
  return [`  ${coloured}`, ...rest.map((line) => `      ${line}`)].join('\n')
}
