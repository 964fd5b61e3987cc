import type { PassFinding, PassReport, Verdict } from '../types.js'

/** How JUnit takes a report: what is refused fails, what cannot be opened is an error. */
export interface JunitCase {
  readonly report: PassReport
  /** False for a pass that makes the command end with exit code 6. */
  readonly ok: boolean
}

/** Reports as JUnit XML, which build servers show as tests: one test case for every pass. */
export function toJunit(cases: readonly JunitCase[], { seconds }: { readonly seconds: number }): string {
  const failures = cases.filter(({ ok, report }) => !ok && report.verdict !== 'broken').length
  const errors = cases.filter(({ ok, report }) => !ok && report.verdict === 'broken').length
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" time="${seconds.toFixed(3)}"`
  const lines = cases.flatMap((one) => caseLines(one))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tessera pass verify" ${counts}>`,
    `  <testsuite name="passes" ${counts}>`,
    ...lines,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseLines({ report, ok }: JunitCase): string[] {
  const { file, verdict, sentence, findings } = report
  const open = `    <testcase classname="pass" name="${xml(file)}"`
  if (ok && findings.length === 0) return [`${open}/>`]
  const text = xml(findings.map(findingText).join('\n'))
  const inner = ok
    ? `      <system-out>${text}</system-out>`
    : `      <${elementOf(verdict)} type="${verdict}" message="${xml(sentence)}">${text}</${elementOf(verdict)}>`
  return [`${open}>`, inner, '    </testcase>']
}

function elementOf(verdict: Verdict): 'error' | 'failure' {
  return verdict === 'broken' ? 'error' : 'failure'
}

function findingText({ rule, severity, place, message, fix }: PassFinding): string {
  const line = place.line === undefined ? '' : `:${place.line}`
  const where = place.file === '' ? '' : ` ${place.file}${line}`
  return `${severity} ${rule}${where}: ${message} ${fix}`
}

/** What XML 1.0 does not allow, even as a reference. */
const NOT_XML = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu

function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NOT_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}
