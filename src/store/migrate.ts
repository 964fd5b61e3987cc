import type { Kysely } from 'kysely'
import { AppError } from '../kit/errors/index.js'
import { MIGRATIONS } from './migrations/index.js'
import type { Schema } from './schema.js'

/** Key in `meta` that holds how many migrations were applied. */
const VERSION_KEY = 'schema.version'

/**
 * Brings the schema up to date. All of it happens in one write transaction, so two processes opening a fresh store at
 * once both find it complete, and a kill leaves it as it was.
 *
 * @throws AppError STORE_NEWER when the store has migrations this program does not know.
 */
export async function migrate(db: Kysely<Schema>, where: string): Promise<void> {
  if ((await readVersion(db).catch(() => 0)) === MIGRATIONS.length) return
  await db.transaction().execute(async (trx) => {
    await trx.schema
      .createTable('meta')
      .ifNotExists()
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute()
    const version = await readVersion(trx)
    if (version === 0) await assertEmpty(trx, where)
    if (version > MIGRATIONS.length) {
      throw new AppError(
        'STORE_NEWER',
        `${where} has schema version ${version}; this Tessera knows ${MIGRATIONS.length}.`,
      )
    }
    for (const step of MIGRATIONS.slice(version)) await step.up(trx)
    await trx
      .insertInto('meta')
      .values({ key: VERSION_KEY, value: String(MIGRATIONS.length) })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(MIGRATIONS.length) }))
      .execute()
  })
}

/** A database that has tables and yet no version belongs to another program: no table is made in it. */
async function assertEmpty(db: Kysely<Schema>, where: string): Promise<void> {
  const tables = (await db.introspection.getTables()).map(({ name }) => name).filter((name) => name !== 'meta')
  if (tables.length === 0) return
  throw new AppError('STORE_DAMAGED', `${where} is the database of another program: it has the table "${tables[0]}".`, {
    hints: ['Name another file in `store` of tessera.yaml; it is made when it is missing.'],
  })
}

async function readVersion(db: Kysely<Schema>): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', VERSION_KEY).executeTakeFirst()
  return Number(row?.value ?? 0)
}
