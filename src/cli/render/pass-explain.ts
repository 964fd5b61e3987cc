import type { ExplainedGroup, ExplainedRule, Explanation } from '../../app/explain-rule.js'
import { SEVERITY_COLOURS } from './pass-report.js'
import { type Output, paint } from './styles.js'
import { table } from './table.js'
import { padText } from './width.js'
import { wrapText } from './wrap.js'

const WIDEST = 100
/** Columns of the names of parts. */
const INDENT = 12

/** A rule in full, the rules of a group, or all groups with their rules. */
export function renderExplanation(explanation: Explanation, output: Output = process.stdout): string {
  if ('groups' in explanation) return renderGroups(explanation.groups, output)
  return 'rules' in explanation ? renderGroup(explanation, output) : renderRule(explanation, output)
}

function renderGroups(groups: readonly ExplainedGroup[], output: Output): string {
  const sections = groups.map(({ id, title, rules }) => {
    const lines = rules.map((rule) => `  ${rule.id}`)
    return [`${paint('bold', id, output)} ${paint('dim', title, output)}`, ...lines].join('\n')
  })
  const hint = 'tessera pass explain GROUP says what each of its rules is about, pass explain RULE all of one.'
  return [...sections, wrapText(hint, widthOf(output)).join('\n')].join('\n\n')
}

function renderGroup({ title, intro, rules }: ExplainedGroup, output: Output): string {
  const list = table(
    rules,
    [
      { title: 'RULE', value: ({ id }) => id },
      { title: 'SEVERITY', value: ({ severity }) => severity },
      { title: 'WHAT IS WRONG', value: (rule) => rule.title },
    ],
    output,
  )
  return [paint('bold', title, output), wrapText(intro, widthOf(output)).join('\n'), '', list].join('\n')
}

function renderRule(rule: ExplainedRule, output: Output): string {
  const part = (name: string, text: string, colour?: Parameters<typeof paint>[0]): string => {
    const lines = wrapText(text, widthOf(output) - INDENT).map((line) =>
      colour === undefined ? line : paint(colour, line, output),
    )
    return `${paint('dim', padText(name, INDENT), output)}${lines.join(`\n${' '.repeat(INDENT)}`)}`
  }
  return [
    `${paint('bold', rule.id, output)}: ${paint(SEVERITY_COLOURS[rule.severity], rule.severity, output)}`,
    ...wrapText(rule.title, widthOf(output)),
    '',
    part('phones', rule.reason),
    part('what to do', rule.fix),
    ...(rule.command === undefined ? [] : [part('command', rule.command, 'bold')]),
    // An example may be several lines of JSON, whose white space belongs to it.
    `${paint('dim', padText('such as', INDENT), output)}${rule.example.replaceAll('\n', `\n${' '.repeat(INDENT)}`)}`,
    part('source', rule.source),
    part('page', rule.page),
  ].join('\n')
}

function widthOf({ columns }: Output): number {
  return Math.min(WIDEST, columns ?? WIDEST)
}
