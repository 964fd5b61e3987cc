/**
 * The tables, as both dialects have them. Types that work the same everywhere: integers (epoch milliseconds, 0/1 for
 * booleans) and text (JSON included); never Date, boolean or a dialect's own type.
 */
import type { Generated } from 'kysely'

export interface Schema {
  meta: MetaTable
  designs: DesignTable
  design_versions: DesignVersionTable
  cards: CardTable
  jobs: JobTable
}

/** Facts about the store itself: the launch's secret, for example. */
export interface MetaTable {
  key: string
  value: string
}

/** A design that cards were issued with. Cards point here, so a new version moves them all without rewriting rows. */
export interface DesignTable {
  id: Generated<number>
  name: string
  /** Number of the version that cards are signed with now. */
  current_version: number
}

export interface DesignVersionTable {
  design_id: number
  number: number
  /** sha-256 of the design's files; names the snapshot folder. */
  hash: string
  created_at: number
}

export interface CardTable {
  id: Generated<number>
  serial: string
  design_id: number
  /** JSON object: field key -> value. */
  field_values: string
  /** authenticationToken of the Wallet web service. Never changes. */
  token: string
  barcode: string
  locale: string | null
  expires_at: number | null
  voided_at: number | null
  /** JSON object: image name -> picture id. */
  pictures: string | null
  /** Counts the changes the holder can see; 1 when issued. */
  revision: number
  created_at: number
  updated_at: number
  /** The job and the row of its input that wrote this card last: what makes a resumed run exact. */
  job_id: number
  job_row: number
}

export interface JobTable {
  id: Generated<number>
  kind: string
  /** Fingerprint of what the job does: the same command on the same input has the same key. */
  job_key: string
  state: 'running' | 'done'
  /** What a person would type to continue. */
  command: string
  /** JSON, owned by the job's kind. */
  checkpoint: string
  started_at: number
  updated_at: number
  finished_at: number | null
}
