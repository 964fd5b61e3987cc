import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { type CompiledQuery, Kysely } from 'kysely'
import { toStoreError } from '../errors.js'
import type { Schema } from '../schema.js'
import type { Db, HeldLock, LockRefusal, Store, Trx } from '../store.js'
import { askedNow, TesseraSqliteDialect } from './dialect.js'
import { takeFileLock } from './file-lock.js'

type Row = Readonly<Record<string, unknown>>

interface Writer {
  readonly raw: Database.Database
  readonly db: Db
}

/**
 * The store in one SQLite file. Wraps an open connection for reading and, from the first transaction on, one for writing,
 * so that a transaction that waits keeps nobody from reading; see open-sqlite.ts for how they are configured.
 */
export class SqliteStore implements Store {
  readonly db: Db
  readonly where: string
  readonly #raw: Database.Database
  readonly #patience: number
  readonly #openWriter: () => Database.Database
  readonly #statements = new Map<string, Database.Statement>()
  #writer: Writer | undefined

  constructor(
    raw: Database.Database,
    { where, patience, openWriter }: { where: string; patience: number; openWriter: () => Database.Database },
  ) {
    this.#raw = raw
    this.#patience = patience
    this.#openWriter = openWriter
    this.where = where
    this.db = this.#kysely(raw)
  }

  #kysely(raw: Database.Database): Db {
    return new Kysely<Schema>({ dialect: new TesseraSqliteDialect(raw, this.where, this.#patience) })
  }

  #writing(): Writer {
    if (this.#writer === undefined) {
      try {
        const raw = this.#openWriter()
        this.#writer = { raw, db: this.#kysely(raw) }
      } catch (error) {
        throw toStoreError(error, this.where)
      }
    }
    return this.#writer
  }

  async write<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    return askedNow(() => this.#writing().db.transaction().execute(work))
  }

  prepared<P extends readonly unknown[], O>(
    build: (db: Db) => { compile(): CompiledQuery<O> },
  ): (...parameters: P) => Promise<readonly O[]> {
    const { sql } = build(this.db).compile()
    let statement: Database.Statement | undefined
    return async (...parameters) => {
      try {
        statement ??= this.#raw.prepare(sql)
        return statement.all(...parameters) as O[]
      } catch (error) {
        throw toStoreError(error, this.where)
      }
    }
  }

  // The two bulk writers run prepared statements on the one connection that the transaction `_trx` holds: about 4
  // microseconds a row, where building a query tree for each row costs ten times that.
  async insertMany(_trx: Trx, table: string, rows: readonly Row[]): Promise<void> {
    const first = rows[0]
    if (!first) return
    const columns = Object.keys(first)
    const holes = columns.map(() => '?').join(', ')
    const names = columns.map(quoted).join(', ')
    this.#runEach(`insert into ${quoted(table)} (${names}) values (${holes})`, columns, rows)
  }

  async updateMany(_trx: Trx, table: string, changes: readonly Row[]): Promise<void> {
    const first = changes[0]
    if (!first) return
    const columns = Object.keys(first).filter((column) => column !== 'id')
    const sets = columns.map((column) => `${quoted(column)} = ?`).join(', ')
    this.#runEach(`update ${quoted(table)} set ${sets} where "id" = ?`, [...columns, 'id'], changes)
  }

  #runEach(sql: string, columns: readonly string[], rows: readonly Row[]): void {
    try {
      let statement = this.#statements.get(sql)
      if (!statement) {
        statement = this.#writing().raw.prepare(sql)
        this.#statements.set(sql, statement)
      }
      const values: unknown[] = new Array(columns.length)
      for (const row of rows) {
        for (let index = 0; index < columns.length; index++) values[index] = row[columns[index] as string]
        statement.run(values)
      }
    } catch (error) {
      throw toStoreError(error, this.where)
    }
  }

  async lock(name: string, holder: string): Promise<HeldLock | LockRefusal> {
    const path = join(dirname(this.where), 'locks', name)
    try {
      return takeFileLock(path, holder)
    } catch (error) {
      throw toStoreError(error, `${path}.lock`)
    }
  }

  async secret(): Promise<Buffer> {
    const key = 'launch.secret'
    const find = (db: Db) => db.selectFrom('meta').select('value').where('key', '=', key)
    let row = await find(this.db).executeTakeFirst()
    row ??= await this.write(async (trx) => {
      const value = randomBytes(32).toString('hex')
      await trx
        .insertInto('meta')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute()
      return find(trx).executeTakeFirstOrThrow()
    })
    return Buffer.from(row.value, 'hex')
  }

  async integrityProblems(): Promise<readonly string[]> {
    try {
      const rows = this.#raw.pragma('integrity_check') as { integrity_check: string }[]
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  }

  async close(): Promise<void> {
    const writer = this.#writer
    this.#writer = undefined
    await writer?.db.destroy()
    await this.db.destroy()
  }
}

/** Names come from our own code, never from input; quoting keeps reserved words safe. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
