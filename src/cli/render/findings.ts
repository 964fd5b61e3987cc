import type { DesignReport } from '../../app/check-designs.js'
import type { FixedFile } from '../../cards/check/fix/fix-folder.js'
import type { Finding, RuleDoc, Severity } from '../../kit/findings.js'
import { type Output, paint } from './styles.js'
import { definitions, table } from './table.js'

const COLOURS: Readonly<Record<Severity, Parameters<typeof paint>[0]>> = {
  refused: 'red',
  'refused-by-some': 'red',
  'shown-badly': 'yellow',
  advice: 'dim',
}

/** A design: the verdict, then the findings by file, the gravest file first. */
export function renderReport({ verdict, ok, findings, fixed }: DesignReport, output: Output = process.stdout): string {
  const worst = findings[0]?.severity
  const colour = worst === undefined || worst === 'advice' ? 'green' : ok ? 'yellow' : 'red'
  const files = [...Map.groupBy(findings, ({ place }) => place.file)]
  return [
    paint(colour, verdict, output),
    ...(fixed === undefined || fixed.files.length === 0 ? [] : [`\n${fixed.written ? 'Mended:' : 'Would mend:'}`]),
    ...(fixed?.files ?? []).map((file) => renderFixed(file, output)),
    ...files.map(([file, own]) => `\n${paint('bold', file, output)}\n${lines(own, output).join('\n')}`),
  ].join('\n')
}

/** Most findings of one rule in one file that are written out. */
const MOST_ALIKE = 4

/** The findings of a file; where one rule has many, the first few and how many more there are. */
function lines(findings: readonly Finding[], output: Output): string[] {
  const seen = new Map<string, number>()
  const written = findings.flatMap((finding) => {
    const count = (seen.get(finding.rule) ?? 0) + 1
    seen.set(finding.rule, count)
    return count > MOST_ALIKE ? [] : [line(finding, output)]
  })
  const rest = [...seen].filter(([, count]) => count > MOST_ALIKE)
  return [
    ...written,
    ...rest.map(([rule, count]) => paint('dim', `  and ${count - MOST_ALIKE} more of ${rule}; --json has all`, output)),
  ]
}

function line({ place, severity, message, rule, fix, fixable }: Finding, output: Output): string {
  const at = place.line === undefined ? '' : `${place.line}:${place.column ?? 1} `
  const mendable = fixable ? ' (--fix does it)' : ''
  return `  ${at}${paint(COLOURS[severity], severity, output)} ${message} ${paint('dim', `(${rule})`, output)}\n      ${fix}${mendable}`
}

/** A mended file with the lines that changed, as a difference. */
function renderFixed({ file, rules, lines = [] }: FixedFile, output: Output): string {
  const changes = lines.flatMap(({ line: first, before, after }) => [
    paint('dim', `  @@ line ${first}`, output),
    ...before.map((text) => paint('red', `  - ${text.trimEnd()}`, output)),
    ...after.map((text) => paint('green', `  + ${text.trimEnd()}`, output)),
  ])
  return [`${paint('bold', file, output)} ${paint('dim', `(${rules.join(', ')})`, output)}`, ...changes].join('\n')
}

export function renderRules(rules: readonly RuleDoc[], output: Output = process.stdout): string {
  return table(
    rules,
    [
      { title: 'RULE', value: ({ id }) => id },
      { title: 'SEVERITY', value: ({ severity }) => severity },
      { title: '--fix', value: ({ fixable }) => (fixable ? 'yes' : '') },
      { title: 'WHAT IS WRONG', value: ({ title }) => title },
    ],
    output,
  )
}

export function renderRule(rule: RuleDoc, output: Output = process.stdout): string {
  return definitions(
    [
      ['rule', rule.id],
      ['severity', rule.severity],
      ['what', rule.title],
      ['why', rule.reason],
      ['what to do', rule.fix],
      ['--fix', rule.fixable ? 'mends it where only one thing can be meant' : 'does not mend it'],
      ['such as', rule.example],
      ['source', rule.source],
    ],
    output,
  )
}
