import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/index.js'
import { card } from '../store/workers/card-row.js'

/**
 * What every store must do, whatever database is behind it.
 *
 * @param open - opens the same store again at each call; `fresh` first makes an empty one.
 */
export function testStore(name: string, open: { fresh(): Promise<Store>; again(): Promise<Store> }): void {
  describe(`the store on ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open.fresh()
      await store.db.insertInto('designs').values({ id: 1, name: 'bonus', current_version: 1 }).execute()
    })
    afterAll(() => store.close())

    const insert = (rows: readonly ReturnType<typeof card>[]): Promise<void> =>
      store.write((trx) => store.insertMany(trx, 'cards', rows))
    const serials = async (like: string): Promise<string[]> => {
      const rows = await store.db
        .selectFrom('cards')
        .select('serial')
        .where('serial', 'like', like)
        .orderBy('id')
        .execute()
      return rows.map(({ serial }) => serial)
    }

    test('says where it is', () => {
      expect(store.where).not.toBe('')
    })

    test('keeps what was written, for whoever opens it next', async () => {
      await insert([card('keep-1', { expires_at: 4_102_444_799_000, field_values: '{"name":"Мария 😀"}' })])
      const other = await open.again()
      const row = await other.db
        .selectFrom('cards')
        .selectAll()
        .where('serial', '=', 'keep-1')
        .executeTakeFirstOrThrow()
      expect(row).toMatchObject({ expires_at: 4_102_444_799_000, field_values: '{"name":"Мария 😀"}', voided_at: null })
      await other.close()
    })

    test('writes all of a transaction or nothing', async () => {
      const failed = store.write(async (trx) => {
        await store.insertMany(trx, 'cards', [card('all-1')])
        await trx.updateTable('cards').set({ barcode: 'changed' }).where('serial', '=', 'all-1').execute()
        throw new RangeError('no more')
      })
      await expect(failed).rejects.toThrow(new RangeError('no more'))
      expect(await serials('all-%')).toEqual([])
      expect(await store.write(async () => 'an answer')).toBe('an answer')
    })

    test('writers wait for each other and lose nothing', async () => {
      const key = 'count'
      await store.db.insertInto('meta').values({ key, value: '0' }).execute()
      const other = await open.again()
      const add = (to: Store): Promise<void> =>
        to.write(async (trx) => {
          const { value } = await trx
            .selectFrom('meta')
            .select('value')
            .where('key', '=', key)
            .executeTakeFirstOrThrow()
          await trx
            .updateTable('meta')
            .set({ value: String(Number(value) + 1) })
            .where('key', '=', key)
            .execute()
        })
      await Promise.all(Array.from({ length: 20 }, () => add(store)))
      for (let round = 0; round < 20; round++) await add(round % 2 ? store : other)
      const { value } = await other.db
        .selectFrom('meta')
        .select('value')
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      expect(value).toBe('40')
      await other.close()
    })

    test('inserts many rows in their order', async () => {
      const rows = Array.from({ length: 2000 }, (_, index) => card(`many-${index}`, { job_row: index }))
      await insert(rows)
      expect(await serials('many-%')).toEqual(rows.map(({ serial }) => serial))
      await insert([])
    })

    test('a serial is there once: the second insert fails, with all that came with it', async () => {
      await insert([card('once')])
      await expect(insert([card('once-other'), card('once')])).rejects.toThrow()
      expect(await serials('once%')).toEqual(['once'])
    })

    test('updates many rows by id, and only what is named', async () => {
      await insert([card('change-1'), card('change-2'), card('change-3')])
      const rows = await store.db
        .selectFrom('cards')
        .selectAll()
        .where('serial', 'like', 'change-%')
        .orderBy('id')
        .execute()
      const changes = rows
        .slice(0, 2)
        .map(({ id }, index) => ({ id, barcode: `new-${index}`, expires_at: index ? null : 5 }))
      await store.write((trx) => store.updateMany(trx, 'cards', changes))
      const after = await store.db
        .selectFrom('cards')
        .selectAll()
        .where('serial', 'like', 'change-%')
        .orderBy('id')
        .execute()
      expect(after).toEqual([
        { ...rows[0], barcode: 'new-0', expires_at: 5 },
        { ...rows[1], barcode: 'new-1', expires_at: null },
        rows[2],
      ])
      await store.write((trx) => store.updateMany(trx, 'cards', []))
    })

    test('a card needs a design that is there', async () => {
      await expect(insert([card('orphan', { design_id: 99 })])).rejects.toThrow()
      expect(await serials('orphan')).toEqual([])
    })

    test('its secret is made once, also by two who ask at the same time', async () => {
      const other = await open.again()
      const secrets = await Promise.all([store.secret(), other.secret(), store.secret()])
      expect(secrets[0]).toHaveLength(32)
      for (const secret of secrets) expect(secret).toEqual(secrets[0])
      expect(secrets[0]?.equals(Buffer.alloc(32))).toBe(false)
      await other.close()
    })

    test('a lock has one holder, who is named to the others', async () => {
      const other = await open.again()
      const held = await store.lock('cards', 'process 1, tessera issue a.csv')
      expect(held.held).toBe(true)
      expect(await other.lock('cards', 'process 2')).toEqual({ held: false, holder: 'process 1, tessera issue a.csv' })
      expect(await store.lock('cards', 'process 1 again')).toMatchObject({ held: false })
      // Other names are other locks.
      const second = await other.lock('export', 'process 2')
      expect(second.held).toBe(true)
      if (held.held) held.release()
      if (held.held) held.release()
      const now = await other.lock('cards', 'process 2')
      expect(now.held).toBe(true)
      if (now.held) now.release()
      if (second.held) second.release()
      await other.close()
    })

    test('finds nothing wrong with itself', async () => {
      expect(await store.integrityProblems()).toEqual([])
    })
  })
}
