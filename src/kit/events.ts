import type { ErrorCode } from './errors/index.js'

/**
 * The events of a long job. Progress bar, NDJSON, journal and (later) web page are consumers of this one stream.
 * New fields and new event types may appear; a consumer ignores what it does not know.
 */
export type JobEvent<Summary = unknown, Item = unknown> =
  | JobStart
  | JobProgress
  | JobItem<Item>
  | JobWarning
  | JobSummary<Summary>

export interface JobStart {
  readonly type: 'start'
  readonly job: string
  readonly kind: string
  /** Units in all, when known. */
  readonly total?: number
  /** What the units are, in the plural: rows, cards, photos. */
  readonly unit: string
  /** Set when an interrupted run is continued: how many units were already done. */
  readonly resumedAt?: number
}

export interface JobProgress {
  readonly type: 'progress'
  /** Units done, including those done before a resume. */
  readonly done: number
  readonly total?: number
  /** Units that failed so far. */
  readonly failed: number
  /** 0…1, when the share done is known better than done/total (bytes of a file read, say). */
  readonly share?: number
}

export interface JobItem<Item> {
  readonly type: 'item'
  readonly item: Item
}

export interface JobWarning {
  readonly type: 'warning'
  readonly code: ErrorCode | string
  readonly message: string
  readonly where?: { readonly file: string; readonly line?: number; readonly column?: string; readonly value?: string }
}

export interface JobSummary<Summary> {
  readonly type: 'summary'
  /** `stopped`: interrupted on request; the same command continues, or where there is no journal begins anew. */
  readonly state: 'done' | 'stopped'
  readonly summary: Summary
}

/** The events of work so short that there is only its result to tell. */
export async function* summaryOnly<S>(summary: S): AsyncGenerator<JobSummary<S>> {
  yield { type: 'summary', state: 'done', summary }
}
