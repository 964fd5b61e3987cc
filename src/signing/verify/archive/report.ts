import type { Findings, Found } from '../findings.js'
import type { SigningRuleId } from '../rules/index.js'
import type { LocatedEnd } from './locate.js'

/** Findings of one rule that are told one by one. */
const MOST_TOLD = 25

/** Tells at most 25 findings of each rule, so that 2,000 bad names do not become 2,000 findings. */
export class Report {
  readonly #findings: Findings
  readonly #counts = new Map<SigningRuleId, number>()

  constructor(findings: Findings) {
    this.#findings = findings
  }

  add(rule: SigningRuleId, found: Found): void {
    const count = (this.#counts.get(rule) ?? 0) + 1
    this.#counts.set(rule, count)
    if (count <= MOST_TOLD) this.#findings.add(rule, found)
  }

  has(rule: SigningRuleId): boolean {
    return this.#counts.has(rule)
  }

  /** Says how many were not told. */
  finish(): void {
    for (const [rule, count] of this.#counts) {
      if (count > MOST_TOLD) this.#findings.add(rule, { message: `The same is so for ${count - MOST_TOLD} more.` })
    }
  }
}

export interface Shape extends Pick<LocatedEnd, 'trailing' | 'ambiguous'> {
  readonly zip64: boolean
  /** The bytes after the end, or the first of them. */
  readonly after: Uint8Array
  /** Bytes before the first entry. */
  readonly before: number
  readonly beforeText: string
  /** Bytes of the directory after the last entry that the end record counts. */
  readonly uncounted: number
}

/** What is wrong around the files. */
export function reportShape(shape: Shape, report: Report): void {
  if (shape.zip64) report.add('archive.zip64', { message: 'The archive has zip64 records, which phones do not read.' })
  if (shape.ambiguous) {
    report.add('archive.ambiguous', {
      message: 'The archive has a second end record that serves as well as the first.',
    })
  }
  if (shape.uncounted > 0) {
    report.add('archive.directory', {
      message: 'The directory of the archive goes on after the last file that its end record counts.',
      evidence: `${shape.uncounted} bytes`,
    })
  }
  if (shape.trailing < 0) {
    report.add('archive.truncated', {
      message: 'The comment at the end of the archive is cut off.',
      evidence: `${-shape.trailing} bytes are missing`,
      severity: 'refused-by-some',
    })
  }
  if (shape.trailing > 0) {
    const blank = shape.after.every((byte) => byte === 0 || byte === 10 || byte === 13 || byte === 32 || byte === 9)
    const what = blank ? 'blank bytes' : 'bytes'
    report.add('archive.trailing-data', {
      message: `${shape.trailing} ${what} follow the end of the archive.`,
      evidence: blank ? undefined : printable(shape.after),
      ...(blank ? { severity: 'refused-by-some' } : {}),
    } as Found)
  }
  if (shape.before > 0) {
    report.add('archive.prefix', {
      message: `${shape.before} bytes stand before the first file of the archive.`,
      evidence: shape.beforeText,
    })
  }
}

function printable(bytes: Uint8Array): string {
  return JSON.stringify(
    Buffer.from(bytes.subarray(0, 60))
      .toString('latin1')
      .replaceAll(/[^\x20-\x7e]/g, '.'),
  )
}
