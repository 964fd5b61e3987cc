/** One check of `tessera doctor`. Rooms export theirs; the composition root runs them all. */
export interface HealthCheck {
  /** Stable id, such as `store.integrity`. */
  readonly id: string
  readonly title: string
  run(): Promise<HealthResult>
}

export interface HealthResult {
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped'
  /** What was found, one line. */
  readonly detail: string
  /** What to do about it, when there is something. */
  readonly remedy?: string
}
