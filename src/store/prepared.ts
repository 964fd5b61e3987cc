import type { CompiledQuery } from 'kysely'
import type { Db } from './store.js'

/**
 * A query that is put together once and run many times: building and compiling one costs more than SQLite takes to
 * answer it.
 *
 * @param build - made with any values of the right types; they stand in the order in which they will be given.
 */
export function prepared<P extends readonly unknown[], O>(
  db: Db,
  build: (db: Db) => { compile(): CompiledQuery<O> },
): (...parameters: P) => Promise<readonly O[]> {
  const compiled = build(db).compile()
  return async (...parameters) => (await db.executeQuery<O>({ ...compiled, parameters })).rows
}
