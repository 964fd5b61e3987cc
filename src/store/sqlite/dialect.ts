import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely'
import { isAppError } from '../../kit/errors/index.js'
import { toStoreError } from '../errors.js'

/** Statements kept compiled per connection: the hot queries of a long job, with room for the rest. */
const STATEMENT_CACHE = 128
/** Between two attempts to begin a transaction, in ms. */
const LONGEST_PAUSE = 16
/** When the transaction that is about to begin was asked for. Those of one process queue up for their connection first. */
const asked = new AsyncLocalStorage<number>()

/** Counts the patience of the transaction in `work` from now on, so that a long queue does not wait many times as long. */
export function askedNow<T>(work: () => Promise<T>): Promise<T> {
  return asked.run(performance.now(), work)
}

/**
 * Kysely's SQLite dialect with four changes: write transactions take the write lock at once (BEGIN IMMEDIATE: a
 * deferred one that reads first fails with SQLITE_BUSY at its first write, whatever the timeout) and wait for it
 * without stopping the process, a transaction that
 * SQLite has ended itself is not rolled back again, statements are compiled once, and driver errors become errors with
 * a remedy.
 */
export class TesseraSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #database: Database.Database

  readonly #patience: number

  /** @param patience - how long a transaction waits for those of other processes to end, in ms. */
  constructor(database: Database.Database, where: string, patience: number) {
    const config = { database: withStatementCache(database, where) }
    super(config)
    this.#config = config
    this.#database = database
    this.#patience = patience
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config, this.#database, this.#patience)
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database
  readonly #patience: number

  constructor(config: SqliteDialectConfig, database: Database.Database, patience: number) {
    super(config)
    this.#database = database
    this.#patience = patience
  }

  /** SQLite's own waiting would stop this whole process; between two attempts it goes on with other work. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const begun = asked.getStore() ?? performance.now()
    for (let attempt = 0; ; attempt++) {
      try {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'))
        return
      } catch (error) {
        const locked = isAppError(error) && error.code === 'STORE_LOCKED'
        if (!locked || performance.now() - begun > this.#patience) throw error
      }
      await setTimeout(Math.min(2 ** attempt, LONGEST_PAUSE) * (0.5 + Math.random()))
    }
  }

  /** A full disk or a failed write ends the transaction by itself (https://sqlite.org/lang_transaction.html, 3). */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

/** Rows of a statement one by one, with its errors translated. */
function* guardedRows(rows: Iterable<unknown>, where: string): IterableIterator<unknown> {
  try {
    yield* rows
  } catch (error) {
    throw toStoreError(error, where)
  }
}

type KyselyDatabase = Exclude<SqliteDialectConfig['database'], (...args: never[]) => unknown>
type KyselyStatement = ReturnType<KyselyDatabase['prepare']>

function withStatementCache(database: Database.Database, where: string): KyselyDatabase {
  const cache = new Map<string, KyselyStatement>()
  const guard = <T>(run: () => T): T => {
    try {
      return run()
    } catch (error) {
      throw toStoreError(error, where)
    }
  }
  return {
    prepare(sql) {
      const known = cache.get(sql)
      if (known) return known
      const statement = guard(() => database.prepare(sql))
      const guarded: KyselyStatement = {
        reader: statement.reader,
        all: (parameters) => guard(() => statement.all(...parameters)),
        run: (parameters) => guard(() => statement.run(...parameters)),
        iterate: (parameters) => guardedRows(statement.iterate(...parameters), where),
      }
      if (cache.size >= STATEMENT_CACHE) cache.clear()
      cache.set(sql, guarded)
      return guarded
    },
    close: () => void database.close(),
  }
}
