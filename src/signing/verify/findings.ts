/** One thing that verification noticed. */
export interface PassFinding {
  /** Stable id, such as `manifest.digest`. */
  readonly rule: string
  /** `error` makes the pass unacceptable to a phone; `warning` is unwise; `note` is good to know. */
  readonly severity: 'error' | 'warning' | 'note'
  /** File inside the pass. */
  readonly place?: string
  readonly message: string
}

/** Collects findings. */
export interface Findings {
  readonly list: readonly PassFinding[]
  error(rule: string, message: string, place?: string): void
  warning(rule: string, message: string, place?: string): void
  note(rule: string, message: string, place?: string): void
  /** Whether an error was found whose rule starts with `prefix`. */
  hasError(prefix?: string): boolean
}

export function createFindings(): Findings {
  const list: PassFinding[] = []
  const add =
    (severity: PassFinding['severity']) =>
    (rule: string, message: string, place?: string): void => {
      list.push({ rule, severity, message, ...(place === undefined ? {} : { place }) })
    }
  return {
    list,
    error: add('error'),
    warning: add('warning'),
    note: add('note'),
    hasError: (prefix = '') => list.some(({ rule, severity }) => severity === 'error' && rule.startsWith(prefix)),
  }
}
