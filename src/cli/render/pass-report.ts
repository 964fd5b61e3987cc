import type { Severity } from '../../kit/findings.js'
import { visibleText } from '../../kit/visible-text.js'
import type { PassFinding, PassReport, Verdict } from '../../verifying/types.js'
import { type Output, paint } from './styles.js'
import { definitions } from './table.js'
import { wrapCode, wrapText } from './wrap.js'

type Colour = Parameters<typeof paint>[0]

export const VERDICT_COLOURS: Readonly<Record<Verdict, Colour>> = {
  valid: 'green',
  expired: 'yellow',
  unsigned: 'yellow',
  invalid: 'red',
  broken: 'red',
}
export const SEVERITY_COLOURS: Readonly<Record<Severity, Colour>> = {
  refused: 'red',
  'refused-by-some': 'red',
  'shown-badly': 'yellow',
  advice: 'dim',
}

/** Most findings of one rule in one file that are written out. */
const MOST_ALIKE = 3
const WIDEST = 100

/** One pass: the verdict, who signed, then the findings by file, the gravest file first. */
export function renderPassReport(report: PassReport, output: Output = process.stdout): string {
  const { verdict, sentence, findings } = report
  const colour = verdict === 'valid' && findings.some(isGrave) ? 'yellow' : VERDICT_COLOURS[verdict]
  const files = [...Map.groupBy(findings, ({ place }) => place.file)]
  return [
    paint(colour, visibleText(sentence), output),
    ...signerLines(report, output),
    ...files.map(([file, own]) => fileSection(file, own, output)),
  ].join('\n')
}

function isGrave({ severity }: PassFinding): boolean {
  return severity !== 'advice'
}

function signerLines({ signer }: PassReport, output: Output): string[] {
  if (signer === undefined) return []
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
  const who = [signer.passTypeIdentifier, signer.teamIdentifier && `team ${signer.teamIdentifier}`]
  const when = signer.signedAt === undefined ? '' : `, on ${day(signer.signedAt)}`
  return [
    definitions(
      [
        ['signed by', visibleText(`${who.filter(Boolean).join(', ')}${when}`)],
        ['certificate', `until ${day(signer.notAfter)}`],
      ],
      output,
    ),
  ]
}

function fileSection(file: string, findings: readonly PassFinding[], output: Output): string {
  const seen = new Map<string, number>()
  const shown = findings.flatMap((finding) => {
    const count = (seen.get(finding.rule) ?? 0) + 1
    seen.set(finding.rule, count)
    return count > MOST_ALIKE ? [] : [renderFinding(finding, output)]
  })
  const rest = [...seen].filter(([, count]) => count > MOST_ALIKE)
  const more = rest.map(([rule, count]) =>
    paint('dim', `  and ${count - MOST_ALIKE} more of ${rule}; --json has all`, output),
  )
  const title = file === '' ? 'The file as a whole' : visibleText(file)
  return [`\n${paint('bold', title, output)}`, ...shown, ...more].join('\n')
}

/** What is wrong, what shows it, what a phone does, and what to do. */
export function renderFinding(finding: PassFinding, output: Output = process.stdout): string {
  const { place, severity, message, rule, evidence, effect, fix, command } = finding
  const width = Math.min(WIDEST, output.columns ?? WIDEST) - 6
  const at = place.line === undefined ? '' : `${place.line}:${place.column ?? 1} `
  const head = wrapText(`${at}${severity} ${visibleText(message)} (${rule})`, width + 2)
  const lines = [
    ...(evidence === undefined ? [] : wrapCode(visibleText(evidence), Math.max(20, width))),
    ...(severity === 'advice' ? [] : wrapText(effect, width)),
    ...wrapText(`-> ${fix}${command === undefined ? '' : ` (${command})`}`, width),
  ]
  const [first = '', ...others] = head
  const coloured = first.replace(severity, paint(SEVERITY_COLOURS[severity], severity, output))
  return [
    `  ${coloured}`,
    ...others.map((line) => `    ${line}`),
    ...lines.map((line) => `      ${paint('dim', line, output)}`),
  ].join('\n')
}
