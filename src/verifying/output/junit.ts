import { type JunitCase as Case, junitXml } from '../../kit/junit.js'
import type { PassFinding, PassReport } from '../types.js'

/** How JUnit takes a report: what is refused fails, what cannot be opened is an error. */
export interface JunitCase {
  readonly report: PassReport
  /** False for a pass that makes the command end with exit code 6. */
  readonly ok: boolean
}

/** Reports as JUnit XML, which build servers show as tests: one test case for every pass. */
export function toJunit(cases: readonly JunitCase[], { seconds }: { readonly seconds: number }): string {
  return junitXml(cases.map(toCase), { name: 'tessera pass verify', suite: 'passes', seconds })
}

function toCase({ report, ok }: JunitCase): Case {
  const { file, verdict, sentence, findings } = report
  const kind = verdict === 'broken' ? 'error' : 'failure'
  return {
    classname: 'pass',
    name: file,
    ...(ok ? {} : { problem: { kind, type: verdict, message: sentence } }),
    ...(ok && findings.length === 0 ? {} : { text: findings.map(findingText).join('\n') }),
  }
}

function findingText({ rule, severity, place, message, fix }: PassFinding): string {
  const line = place.line === undefined ? '' : `:${place.line}`
  const where = place.file === '' ? '' : ` ${place.file}${line}`
  return `${severity} ${rule}${where}: ${message} ${fix}`
}
