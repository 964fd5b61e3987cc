import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { execa } from 'execa'
import { Kysely, SqliteDialect } from 'kysely'
import { describe, expect, test } from 'vitest'
import { isAppError } from '../../../src/kit/errors/index.js'
import { storeChecks } from '../../../src/store/health.js'
import { changeAll, type Store } from '../../../src/store/index.js'
import { createTables } from '../../../src/store/migrations/0001-create-tables.js'
import type { Schema } from '../../../src/store/schema.js'
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite.js'
import { tempDir } from '../../support/temp-dir.js'
import { card } from '../workers/card-row.js'

const dir = await tempDir('sqlite')
let number = 0
const fresh = (): string => join(dir, `launch-${++number}`, 'store.db')

const script = (name: string): string => fileURLToPath(new URL(`../workers/${name}`, import.meta.url))
const loader = fileURLToPath(new URL('../../support/resolve-ts.mjs', import.meta.url))
const run = (name: string, ...args: string[]) => execa(process.execPath, ['--import', loader, script(name), ...args])

/** A store with so many cards, closed: everything is in the one file. */
async function filled(cards: number): Promise<string> {
  const file = fresh()
  const store = await openSqliteStore({ file })
  await store.db.insertInto('designs').values({ id: 1, name: 'bonus', current_version: 1 }).execute()
  await store.db.insertInto('meta').values({ key: 'count', value: '0' }).execute()
  const rows = Array.from({ length: cards }, (_, index) => card(`C${index}`, { field_values: 'x'.repeat(200) }))
  await store.write((trx) => store.insertMany(trx, 'cards', rows))
  await store.close()
  return file
}

/** Everything that a run may do with a store, until something fails. */
async function useAll(file: string): Promise<unknown> {
  let store: Store | undefined
  try {
    store = await openSqliteStore({ file, busyTimeout: 100 })
    await store.secret()
    await store.db.selectFrom('cards').selectAll().execute()
    await store.db.selectFrom('cards').select('id').where('serial', '=', 'C77').execute()
    const changes = Array.from({ length: 500 }, (_, index) => ({ id: index + 1, barcode: 'changed' }))
    const target = store
    await store.write((trx) => target.updateMany(trx, 'cards', changes))
    return undefined
  } catch (error) {
    return error
  } finally {
    await store?.close().catch(() => {})
  }
}

describe('opening', () => {
  test('makes the file and its folders, in WAL mode', async () => {
    const file = fresh()
    const store = await openSqliteStore({ file })
    await store.secret()
    expect(existsSync(`${file}-wal`)).toBe(true)
    await store.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('a fresh store from many processes at once finds it complete in each', async () => {
    const empty = fresh()
    await Promise.all(Array.from({ length: 4 }, (_, index) => run('write-cards.ts', empty, `p${index}`, '0')))
    const store = await openSqliteStore({ file: empty })
    expect(await store.integrityProblems()).toEqual([])
    expect(await store.secret()).toHaveLength(32)
    await store.close()
  })

  test('a path that leads through a file is STORE_UNAVAILABLE', async () => {
    const file = fresh()
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '')
    const error = await useAll(join(file, 'below', 'store.db'))
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', exitCode: 7, message: expect.stringContaining(file) })
  })

  test('a folder where the file should be is STORE_UNAVAILABLE', async () => {
    const file = fresh()
    await mkdir(file, { recursive: true })
    expect(await useAll(file)).toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  test('the store of a newer Tessera is left alone', async () => {
    const file = await filled(3)
    const raw = new Database(file)
    raw.exec(`update meta set value = '999' where key = 'schema.version'`)
    raw.close()
    const error = await useAll(file)
    expect(error).toMatchObject({ code: 'STORE_NEWER', exitCode: 7 })
    expect((error as Error).message).toContain('999')
  })

  test('a store from before the web service stamps what changes now later than anything that changed then', async () => {
    const file = fresh()
    await mkdir(dirname(file), { recursive: true })
    const old = new Kysely<Schema>({ dialect: new SqliteDialect({ database: new Database(file) }) })
    await createTables.up(old)
    await old.schema
      .createTable('meta')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text')
      .execute()
    await old.insertInto('meta').values({ key: 'schema.version', value: '1' }).execute()
    await old.insertInto('designs').values({ id: 1, name: 'bonus', current_version: 1 }).execute()
    const ahead = Date.now() + 3_600_000
    const { tag: _tag, extras: _extras, ...row } = card('C1', { updated_at: ahead })
    await old.insertInto('cards').values(row).execute()
    await old.destroy()
    const store = await openSqliteStore({ file })
    const { at, tag } = await store.write((trx) => changeAll(trx, Date.now()))
    expect(Math.floor(at / 1000)).toBeGreaterThan(Math.floor(ahead / 1000))
    expect(tag).toBe(1)
    await store.close()
  })

  test('the database of another program is left alone', async () => {
    const file = fresh()
    await mkdir(dirname(file), { recursive: true })
    const raw = new Database(file)
    raw.exec('create table cards (id integer); insert into cards values (1)')
    raw.close()
    expect(await useAll(file)).toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('the database of another program'),
    })
    const again = new Database(file)
    expect(again.prepare(`select name from sqlite_master where type = 'table'`).all()).toEqual([{ name: 'cards' }])
    again.close()
  })
})

describe('a store that is held', () => {
  test('by a writer for too long is STORE_LOCKED; reading goes on meanwhile', async () => {
    const file = await filled(10)
    const holder = run('hold.ts', file, 'write')
    await untilHeld(holder)
    const store = await openSqliteStore({ file, busyTimeout: 100 })
    expect(await store.db.selectFrom('cards').select('id').execute()).toHaveLength(10)
    const write = store.write((trx) => store.insertMany(trx, 'cards', [card('late')]))
    await expect(write).rejects.toMatchObject({ code: 'STORE_LOCKED', exitCode: 5 })
    holder.kill('SIGKILL')
    await holder.catch(() => {})
    await store.write((trx) => store.insertMany(trx, 'cards', [card('late')]))
    await store.close()
  })

  test('is not waited for by each of many writers in turn: all give up when their own time is over', async () => {
    const file = await filled(1)
    const holder = run('hold.ts', file, 'write')
    await untilHeld(holder)
    const store = await openSqliteStore({ file, busyTimeout: 300 })
    const begun = performance.now()
    const writes = Array.from({ length: 10 }, (_, index) =>
      store.write((trx) => store.insertMany(trx, 'cards', [card(`late-${index}`)])),
    )
    const ended = await Promise.allSettled(writes)
    expect(ended.map((end) => end.status === 'rejected' && end.reason.code)).toEqual(writes.map(() => 'STORE_LOCKED'))
    expect(performance.now() - begun).toBeLessThan(1500)
    holder.kill('SIGKILL')
    await holder.catch(() => {})
    await store.write((trx) => store.insertMany(trx, 'cards', [card('after')]))
    await store.close()
  })

  test('by a lock whose holder is killed is free again at once', async () => {
    const file = await filled(1)
    const holder = run('hold.ts', file, 'lock')
    await untilHeld(holder)
    const store = await openSqliteStore({ file })
    expect(await store.lock('cards', 'me')).toEqual({ held: false, holder: 'process 4711, tessera issue members.csv' })
    holder.kill('SIGKILL')
    await holder.catch(() => {})
    const lock = await store.lock('cards', 'me')
    expect(lock.held).toBe(true)
    if (lock.held) lock.release()
    await store.close()
  })

  test('a lock that cannot be made says so', async () => {
    const file = await filled(1)
    await rm(join(dirname(file), 'locks'), { recursive: true, force: true })
    await writeFile(join(dirname(file), 'locks'), '')
    const store = await openSqliteStore({ file })
    await expect(store.lock('cards', 'me')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await store.close()
  })

  test('several processes write at once; nothing is lost, nobody waits for ever', async () => {
    const file = await filled(0)
    await Promise.all(['a', 'b', 'c'].map((mark) => run('write-cards.ts', file, mark, '150')))
    const store = await openSqliteStore({ file })
    expect(await store.db.selectFrom('cards').select('id').execute()).toHaveLength(450)
    const { value } = await store.db
      .selectFrom('meta')
      .select('value')
      .where('key', '=', 'count')
      .executeTakeFirstOrThrow()
    expect(value).toBe('450')
    expect(await store.integrityProblems()).toEqual([])
    await store.close()
  })

  test('a writer that is killed leaves whole transactions', async () => {
    const file = await filled(0)
    for (const delay of [250, 400, 550]) {
      const writer = run('write-cards.ts', file, `k${delay}`, '100000')
      await new Promise((resolve) => setTimeout(resolve, delay))
      writer.kill('SIGKILL')
      await writer.catch(() => {})
    }
    const store = await openSqliteStore({ file })
    const cards = await store.db.selectFrom('cards').select('id').execute()
    const { value } = await store.db
      .selectFrom('meta')
      .select('value')
      .where('key', '=', 'count')
      .executeTakeFirstOrThrow()
    expect(Number(value)).toBe(cards.length)
    expect(await store.integrityProblems()).toEqual([])
    await store.close()
  })
})

async function untilHeld(holder: ReturnType<typeof run>): Promise<void> {
  await once(holder.stdout, 'data')
}

describe('a damaged file', () => {
  test.each([
    ['that is no database', async (file: string) => writeFile(file, 'name,balance\nAnn,5\n'.repeat(300))],
    ['whose first page is gone', async (file: string) => overwrite(file, 0, 4096)],
    ['with garbage in the middle', async (file: string) => overwrite(file, 8192, (await stat(file)).size - 12_288)],
    ['that was cut off', async (file: string) => truncate(file, 20_000)],
    ['that was cut inside a page', async (file: string) => truncate(file, 50_001)],
  ])('%s is STORE_DAMAGED', async (_title, damage) => {
    const file = await filled(500)
    await damage(file)
    const error = await useAll(file)
    expect(error).toMatchObject({ code: 'STORE_DAMAGED', exitCode: 7, message: expect.stringContaining(file) })
    const [check] = storeChecks(() => openSqliteStore({ file }))
    const result = await check?.run()
    expect(result).toMatchObject({ status: 'failed', remedy: expect.stringContaining('backup') })
    expect(result?.detail).toContain(file)
  })

  test('anywhere: garbage is told as damage or does no harm', async () => {
    const whole = await filled(500)
    const { size } = await stat(whole)
    for (let page = 0; page * 4096 < size; page += 3) {
      const file = fresh()
      await mkdir(dirname(file), { recursive: true })
      await copyFile(whole, file)
      await overwrite(file, page * 4096 + 13, 700)
      const error = await useAll(file)
      if (error === undefined) continue
      expect(isAppError(error) && error.code, `page ${page}: ${error}`).toBe('STORE_DAMAGED')
    }
  })

  test('is found by the integrity check also where no query looks', async () => {
    const file = await filled(2000)
    const index = (await readFile(file)).lastIndexOf('C1234')
    await overwrite(file, index - 300, 600)
    const [check] = storeChecks(() => openSqliteStore({ file }))
    expect(await check?.run()).toMatchObject({ status: 'failed' })
    const [sound] = storeChecks(async () => openSqliteStore({ file: await filled(7) }))
    expect(await sound?.run()).toMatchObject({ status: 'ok', detail: expect.stringContaining('7 cards') })
  })
})

async function overwrite(file: string, at: number, length: number): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.write(Buffer.alloc(length, 0xa7), 0, length, at)
  await handle.close()
}
