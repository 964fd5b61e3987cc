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
  clock: ClockTable
  changes: ChangeTable
  registrations: RegistrationTable
  device_logs: DeviceLogTable
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
  /** Tag of the change that made this version the current one; what changed of a card is the later of this and its own. */
  tag: Generated<number>
  /** When that was, as {@link CardTable.updated_at}; 0 in stores from before there was a web service. */
  published_at: Generated<number>
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
  /**
   * Epoch milliseconds of the last change that the holder can see. Strictly increasing by whole seconds, the resolution
   * of Last-Modified: see clock.ts.
   */
  updated_at: number
  /** Tag of that change, the "tag" of Apple's `passesUpdatedSince`; 0 in stores from before there was a web service. */
  tag: Generated<number>
  /** JSON object of what else the card has for itself; see CardExtras in cards/model.ts. */
  extras: Generated<string | null>
  /** When the holder filled in the form of a personalizable pass. */
  personalized_at: Generated<number | null>
  /** The job and the row of its input that wrote this card last: what makes a resumed run exact. */
  job_id: number
  job_row: number
}

/** One row: the order of all changes, whatever the clocks of the machines say. See clock.ts. */
export interface ClockTable {
  id: number
  /** The last tag given out. */
  tag: number
  /** The latest time that any change was stamped with, epoch milliseconds. */
  latest: number
  /** Changes of single cards are stamped later than this: when something last changed all of them at once. */
  floor: number
}

/** Who changed what, when. Rows are only ever added. */
export interface ChangeTable {
  id: Generated<number>
  /** Of a change of one card. */
  card_id: number | null
  /** Of a change of all cards of a design. */
  design_id: number | null
  tag: number
  at: number
  /** Who: a person or a program. */
  actor: string
  /** By what: `update`, `void`, `issue`, `publish`, `personalize`. */
  source: string
  /** JSON array of {what, before?, after?}; see ChangedThing in changes.ts. */
  details: string
}

/** A card on a phone, or in a reader's cloud: whom to push to when the card changes. */
export interface RegistrationTable {
  id: Generated<number>
  /** deviceLibraryIdentifier: made up by the phone, not the same for all its cards. */
  device: string
  card_id: number
  /** `apple`, `attido`, …; see delivery/platforms.ts. */
  platform: string
  push_token: string
  /** pushServiceUrl; of platform `attido` only. */
  push_url: string | null
  /** Tag since when this phone's copy may be out of date: it was registered after the card had changed. 0 for never. */
  tag: number
  created_at: number
  updated_at: number
}

/** What phones said to `/log`. */
export interface DeviceLogTable {
  id: Generated<number>
  at: number
  platform: string | null
  /** As far as the message names them. */
  device: string | null
  serial: string | null
  message: string
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
