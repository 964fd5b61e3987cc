import type { Design } from '../cards/design/design.js'
import type { CardData, PassIdentity } from '../cards/model.js'
import type { ValueContext } from '../cards/values/context.js'
import type { SigningIdentity } from '../signing/identity.js'
import type { Store } from '../store/index.js'
import type { RowProblem } from './map-row.js'
import type { IfExists } from './record-batch.js'

/** What a run of `tessera issue` is asked to do. Paths are absolute. */
export interface IssueInput {
  readonly csv: string
  readonly design: Design
  /** --map: target -> column. */
  readonly map: ReadonlyMap<string, string>
  readonly ifExists: IfExists
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  /** Folder for one file per card. */
  readonly out?: string | undefined
  /** One zip file with all cards. */
  readonly zip?: string | undefined
  /** CSV of download links. */
  readonly links?: string | undefined
  /** Tell of every card in an `item` event. */
  readonly items: boolean
  /** What a person types to continue; kept in the journal. */
  readonly command: string
}

/** What a run works with. */
export interface IssueDeps {
  readonly store: Store
  /** Undefined when nothing is signed in this run. */
  readonly identity: SigningIdentity | undefined
  readonly pass: PassIdentity
  readonly values: ValueContext & { readonly currency: string }
  readonly folders: CardFolders
  /** Signing threads. */
  readonly workers: number
  readonly now: () => number
  /** Who is at work, for the record of changes. */
  readonly actor: string
  readonly signal: AbortSignal
}

/** Where a launch keeps what cards are made of. */
export interface CardFolders {
  /** Snapshots of published designs. */
  readonly snapshots: string
  /** Pictures drawn per design. */
  readonly cache: string
  /** Members' own pictures. */
  readonly pictures: string
}

export interface IssueCounts {
  readonly issued: number
  readonly updated: number
  readonly skipped: number
  readonly rejected: number
}

export interface IssueSummary extends IssueCounts {
  readonly job: number
  readonly design: string
  readonly designVersion: number
  /** Rows of the file that were looked at, without the header. */
  readonly rows: number
  readonly out: string | null
  readonly zip: string | null
  readonly links: string | null
  readonly rejectedFile: string | null
  readonly seconds: number
  /** True when an interrupted run was continued. */
  readonly resumed: boolean
}

/** What `--dry-run` found. Nothing was written. */
export interface IssuePreview extends IssueCounts {
  readonly dryRun: true
  readonly design: string
  readonly rows: number
  readonly encoding: string
  readonly delimiter: string
  /** Target -> column that feeds it. */
  readonly columns: Readonly<Record<string, string>>
  /** Columns that feed nothing. */
  readonly unused: readonly string[]
  /** The first cards, as they would be. */
  readonly cards: readonly Omit<CardData, 'token'>[]
  /** With `text`, the problem as a sentence. */
  readonly problems: readonly (RowProblem & { readonly text: string })[]
}

/** An `item` event of --output ndjson. */
export interface IssuedItem {
  readonly serial: string
  readonly line: number
  readonly outcome: 'issued' | 'updated' | 'skipped'
}
