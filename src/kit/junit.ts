/** Of one test case. */
export interface JunitCase {
  readonly classname: string
  readonly name: string
  /** What makes it fail; an `error` could not be tried. */
  readonly problem?: { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string }
  /** Why it was not tried. */
  readonly skipped?: string
  /** What there is to say besides: inside the problem, or the case's output. */
  readonly text?: string
}

export interface JunitSuite {
  /** `tessera pass verify` */
  readonly name: string
  readonly suite: string
  readonly seconds: number
}

/** Test cases as JUnit XML, which build servers show. */
export function junitXml(cases: readonly JunitCase[], { name, suite, seconds }: JunitSuite): string {
  const count = (wanted: string): number => cases.filter(({ problem }) => problem?.kind === wanted).length
  const skipped = cases.filter((one) => one.skipped !== undefined).length
  const counts = [
    `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`,
    ...(skipped === 0 ? [] : [`skipped="${skipped}"`]),
    `time="${seconds.toFixed(3)}"`,
  ].join(' ')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(name)}" ${counts}>`,
    `  <testsuite name="${xml(suite)}" ${counts}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseLines({ classname, name, problem, skipped, text }: JunitCase): string[] {
  const open = `    <testcase classname="${xml(classname)}" name="${xml(name)}"`
  const inner =
    problem !== undefined
      ? `<${problem.kind} type="${xml(problem.type)}" message="${xml(problem.message)}">${xml(text ?? '')}</${problem.kind}>`
      : skipped !== undefined
        ? `<skipped message="${xml(skipped)}"/>`
        : text === undefined
          ? undefined
          : `<system-out>${xml(text)}</system-out>`
  return inner === undefined ? [`${open}/>`] : [`${open}>`, `      ${inner}`, '    </testcase>']
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
