import type { ConformanceRuleDoc, ConformanceSummary, Outcome, RuleResult } from '../../delivery/conformance/types.js'
import { visibleText } from '../../kit/visible-text.js'
import { formatCount, formatDuration, plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { definitions, table } from './table.js'
import { padText } from './width.js'
import { wrapCode, wrapText } from './wrap.js'

const COLOURS: Readonly<Record<Outcome, Parameters<typeof paint>[0]>> = {
  passed: 'green',
  failed: 'red',
  warned: 'yellow',
  skipped: 'dim',
}
const WIDEST = 100
/** Columns of the names of parts. */
const INDENT = 10

/** The verdict, a line for each rule, then what each rule that does not hold saw. */
export function renderConformance(
  summary: ConformanceSummary,
  results: readonly RuleResult[],
  output: Output = process.stdout,
): string {
  const { conforms, sentence, notes, requests, cards, milliseconds } = summary
  const width = Math.max(...results.map(({ rule }) => rule.length), 0)
  const lines = results.map(({ rule, outcome, level, title, message }) => {
    const said = outcome === 'passed' ? title : outcome === 'skipped' ? `skipped: ${message}` : message
    return `${paint(COLOURS[outcome], padText(outcome, 7), output)}  ${padText(rule, width)}  ${paint('dim', padText(level, 8), output)}  ${visibleText(said)}`
  })
  const broken = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'warned')
  const asked = `${plural(requests, 'request')} with ${plural(cards, 'card')} in ${formatDuration(milliseconds / 1000)}`
  return [
    paint(conforms ? 'green' : 'red', visibleText(sentence), output),
    ...notes.flatMap((note) => wrapText(`Note: ${visibleText(note)}`, widthOf(output))),
    ...(lines.length === 0 ? [] : ['', ...lines]),
    ...broken.map((result) => brokenRule(result, output)),
    '',
    definitions([['asked', asked]], output),
  ].join('\n')
}

function brokenRule({ rule, outcome, title, message, phone, exchanges }: RuleResult, output: Output): string {
  const width = widthOf(output) - 4
  const dim = (lines: readonly string[]): string[] => lines.map((line) => `    ${paint('dim', line, output)}`)
  const shown = exchanges.slice(-4)
  return [
    `\n${paint('bold', rule, output)}: ${paint(COLOURS[outcome], outcome, output)}. ${title}.`,
    ...wrapText(visibleText(message), width).map((line) => `  ${line}`),
    ...(phone === undefined ? [] : wrapText(`On a phone: ${phone}`, width).map((line) => `  ${line}`)),
    ...shown.flatMap(({ request, answer }) => [
      ...dim(wrapCode(`> ${shortened(request)}`, width)),
      ...dim(wrapCode(`< ${answer}`, width)),
    ]),
  ].join('\n')
}

/** Made-up device ids and push tokens are long, and say nothing. */
function shortened(request: string): string {
  return request.replaceAll(/\b([0-9a-f]{8})[0-9a-f]{24,}\b/g, '$1…')
}

/** The rules in a table. */
export function renderConformanceRules(rules: readonly ConformanceRuleDoc[], output: Output = process.stdout): string {
  return table(
    rules,
    [
      { title: 'RULE', value: ({ id }) => id },
      { title: 'LEVEL', value: ({ level }) => level },
      { title: 'WHAT HOLDS', value: ({ title }) => title },
    ],
    output,
  )
}

/** Each rule in full. */
export function explainConformance(rules: readonly ConformanceRuleDoc[], output: Output = process.stdout): string {
  const part = (name: string, text: string): string => {
    const lines = wrapText(text, widthOf(output) - INDENT)
    return `${paint('dim', padText(name, INDENT), output)}${lines.join(`\n${' '.repeat(INDENT)}`)}`
  }
  const pages = rules.map(({ id, level, title, protocol, phone, seen, source }) =>
    [
      `${paint('bold', id, output)}: ${level}`,
      ...wrapText(`${title}.`, widthOf(output)),
      part('protocol', protocol),
      part('phones', phone),
      ...(seen === undefined ? [] : [part('seen', seen)]),
      part('source', `${source}.`),
    ].join('\n'),
  )
  return [...pages, `${formatCount(rules.length)} ${rules.length === 1 ? 'rule' : 'rules'}.`].join('\n\n')
}

function widthOf({ columns }: Output): number {
  return Math.min(WIDEST, columns ?? WIDEST)
}
