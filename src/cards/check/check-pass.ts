import { type Finding, type Place, SEVERITIES } from '../../kit/findings.js'
import { nearestNode } from './pointers.js'
import type { Problem, Rule } from './rule.js'
import { ALL_RULES } from './rules.js'
import { type Subject, toSubject } from './subject.js'
import type { CheckInput } from './types.js'

/** Findings of one rule that are told one by one. */
const MOST_FINDINGS = 100

/** All that the rules find in a pass, gravest first, then by place. */
export async function checkPass(input: CheckInput): Promise<Finding[]> {
  return runRules(input, ({ needs }) => needs !== 'design' || input.design !== undefined)
}

/** The findings of some rules. */
export async function runRules(input: CheckInput, wanted: (rule: Rule) => boolean): Promise<Finding[]> {
  const subject = toSubject(input)
  const findings: Finding[] = []
  for (const rule of ALL_RULES) {
    if (rule.check === undefined || !wanted(rule)) continue
    findings.push(...findingsOf(rule, await rule.check(subject), subject))
  }
  return sortFindings(findings)
}

/** The findings of one rule; of very many the first ones, and how many more there are. */
function findingsOf(rule: Rule, problems: Iterable<Problem>, subject: Subject): Finding[] {
  const findings: Finding[] = []
  let more = 0
  for (const problem of problems) {
    if (findings.length < MOST_FINDINGS) findings.push(toFinding(rule, problem, subject))
    else more++
  }
  const message = `There ${more === 1 ? 'is one' : `are ${more}`} more of this kind.`
  if (more > 0) findings.push(toFinding(rule, { at: '', message, fixable: false }, subject))
  return findings
}

/** A finding of a rule, placed by line and column. */
export function toFinding(rule: Rule, problem: Problem, subject?: Subject): Finding {
  const place = placeOf(problem.at, subject)
  const fixable = rule.repair !== undefined && problem.fixable !== false && canRepair(rule, place, subject)
  return {
    rule: rule.id,
    severity: problem.severity ?? rule.severity,
    place,
    message: problem.message,
    fix: problem.fix ?? rule.fix,
    fixable,
    ...(problem.locale === undefined ? {} : { locale: problem.locale }),
  }
}

export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compare(a.place.file, b.place.file) ||
      (a.place.line ?? 0) - (b.place.line ?? 0) ||
      (a.place.column ?? 0) - (b.place.column ?? 0) ||
      compare(a.rule, b.rule),
  )
}

function canRepair(rule: Rule, place: Place, subject: Subject | undefined): boolean {
  return subject !== undefined && rule.repair?.(subject, place) !== undefined
}

function placeOf(at: Problem['at'], subject: Subject | undefined): Place {
  if (typeof at !== 'string') {
    return 'offset' in at ? { file: 'pass.json', ...subject?.position(at.offset) } : at
  }
  if (subject === undefined) return { file: 'pass.json', pointer: at }
  return { file: 'pass.json', pointer: at, ...subject.position(nearestNode(subject.root(), at).start) }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
