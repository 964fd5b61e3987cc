import type { CompiledQuery, Insertable, Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from './schema.js'

export type Db = Kysely<Schema>
export type Trx = Transaction<Schema>
type TableName = keyof Schema & string

/**
 * The launch's memory. Queries go through `db` (Kysely, one code path for both dialects); what a dialect must do its
 * own way is a method here, and nothing outside store/ writes SQL of a dialect.
 */
export interface Store {
  /** For reading. Whatever changes something goes through `write`. */
  readonly db: Db
  /** Where the store is, for messages: a path or an address without its password. */
  readonly where: string

  /**
   * Runs `work` in one write transaction: all of it lands, or nothing. Reading through `db` goes on meanwhile, and waiting
   * for another process's transaction does not keep this one from other work.
   */
  write<T>(work: (trx: Trx) => Promise<T>): Promise<T>

  /**
   * A query that is put together once and run many times: building and compiling one costs more than the answer.
   *
   * @param build - made with any values of the right types; they stand in the order in which they will be given.
   */
  prepared<P extends readonly unknown[], O>(
    build: (db: Db) => { compile(): CompiledQuery<O> },
  ): (...parameters: P) => Promise<readonly O[]>

  /** Inserts many rows in their order, fast. Every row must have the same keys. */
  insertMany<T extends TableName>(trx: Trx, table: T, rows: readonly Insertable<Schema[T]>[]): Promise<void>

  /** Updates many rows, each found by its `id`. Every change must have the same keys. */
  updateMany<T extends 'cards'>(
    trx: Trx,
    table: T,
    changes: readonly ({ id: number } & Partial<Selectable<Schema[T]>>)[],
  ): Promise<void>

  /**
   * Takes a named lock that at most one process on this launch holds; it goes with the process, however that ends.
   *
   * @returns the held lock, or what the present holder says of itself.
   */
  lock(name: string, holder: string): Promise<HeldLock | LockRefusal>

  /** A secret of this launch, made at first use: what links and derived serials are computed with. 32 bytes. */
  secret(): Promise<Buffer>

  /** Problems that the database itself finds in its file; empty when all is well. */
  integrityProblems(): Promise<readonly string[]>

  close(): Promise<void>
}

export interface HeldLock {
  readonly held: true
  release(): void
}

export interface LockRefusal {
  readonly held: false
  /** What the holder wrote of itself, such as `process 4711, tessera issue members.csv, since 14:02`. */
  readonly holder: string
}
