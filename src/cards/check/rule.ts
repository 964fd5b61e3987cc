import type { Place, RuleDoc, Severity } from '../../kit/findings.js'
import type { TextEdit } from '../pass/slip.js'
import type { Subject } from './subject.js'

/** What a rule found; the engine adds line, column and what the rule's own text says. */
export interface Problem {
  /** A pointer into pass.json such as `storeCard/backFields/2/value`, an offset in it, or a place in another file. */
  readonly at: string | Place | { readonly offset: number }
  readonly message: string
  /** Where it is more exact than the rule's. */
  readonly fix?: string
  readonly severity?: Severity
  /** False where `--fix` cannot help in this case. */
  readonly fixable?: boolean
  readonly locale?: string
}

/** What `--fix` does about one finding. */
export type Repair =
  | { readonly kind: 'text'; readonly edits: readonly TextEdit[]; readonly recode?: true }
  | {
      readonly kind: 'picture'
      readonly from: string
      readonly to: string
      readonly width: number
      readonly height: number
    }

export interface Rule extends Omit<RuleDoc, 'fixable'> {
  /** What it looks at: `files` works without a readable pass.json, `design` needs a design.yaml. `pass` when absent. */
  readonly needs?: 'files' | 'pass' | 'design'
  /** Absent for what is found while the folder is read. */
  check?(subject: Subject): Iterable<Problem> | Promise<Iterable<Problem>>
  /** Undefined where this case is not plain enough. */
  repair?(subject: Subject, place: Place): Repair | undefined
}

export interface RuleGroup {
  readonly id: string
  readonly title: string
  /** A sentence or two for the page of the group. */
  readonly intro: string
  readonly rules: readonly Rule[]
}
