import type { IssueDeps } from '../issue-types.js'
import type { RowProblem } from '../map-row.js'
import type { EditsPreview } from './preview-edits.js'
import type { EmptyCells } from './read-update-row.js'
import type { SilentCards } from './silence.js'

/** What a run of `tessera card update --from` is asked to do. */
export interface UpdateInput {
  /** Absolute. */
  readonly csv: string
  readonly empty: EmptyCells
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  /** Tell of every row in an `item` event. */
  readonly items: boolean
  /** What a person types to continue; kept in the journal. */
  readonly command: string
}

export type UpdateDeps = Pick<IssueDeps, 'store' | 'pass' | 'values' | 'folders' | 'now' | 'actor' | 'signal'>

export interface UpdateCounts {
  /** Rows that changed their card. */
  readonly changed: number
  /** Rows whose card already was as they ask. */
  readonly unchanged: number
  readonly rejected: number
}

export interface UpdateSummary extends UpdateCounts {
  readonly job: number
  /** Rows of the file that were looked at, without the header. */
  readonly rows: number
  readonly silent: SilentCards
  readonly rejectedFile: string | null
  readonly seconds: number
  /** True when an interrupted run was continued. */
  readonly resumed: boolean
}

/** An `item` event of --output ndjson. */
export interface UpdatedItem {
  readonly serial: string
  readonly line: number
  readonly outcome: 'changed' | 'unchanged'
}

/** What `--from --dry-run` found. Nothing was written. */
export interface FilePreview extends EditsPreview {
  readonly dryRun: true
  readonly rows: number
  readonly rejected: number
  readonly encoding: string
  readonly delimiter: string
  /** The first of them; with `text`, the problem as a sentence. */
  readonly problems: readonly (RowProblem & { readonly text: string })[]
}
