import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/index.js'
import { unzip } from '../support/open-pass.js'
import { smallDisk } from '../support/small-disk.js'
import { BONUS, workbench } from './workbench.js'

const bench = await workbench('disk')
await bench.design('bonus', BONUS.replace('fields:', 'serial: {column: card}\nfields:'))
const disk = (await smallDisk(bench.path('small'), '16m')) ?? ''
const ROWS = 600

async function members(mark: string): Promise<string> {
  const rows = Array.from({ length: ROWS }, (_, index) => [`${mark}${index}`, 'Ann', index])
  await bench.table(`${mark}.csv`, [['card', 'name', 'balance'], ...rows])
  return `${mark}.csv`
}

const passesIn = async (dir: string) => (await readdir(dir, { recursive: true })).filter((name) => name.includes('.'))

describe.runIf(disk !== '')('a disk that is full', () => {
  test.each([
    'out',
    'zip',
  ] as const)('ends a run with --%s, and the same run goes on when there is space', async (kind) => {
    const ballast = join(disk, 'ballast')
    await writeFile(ballast, Buffer.alloc(14 * 1024 * 1024))
    const csv = await members(kind)
    const target = join(disk, kind === 'out' ? 'cards' : 'cards.zip')
    await expect(bench.issue(csv, { [kind]: target })).rejects.toMatchObject({
      code: 'DISK_FULL',
      exitCode: 7,
      message: expect.stringContaining(target),
    })
    if (kind === 'out') expect((await passesIn(target)).filter((name) => !name.endsWith('.pkpass'))).toEqual([])
    // Space for all of it: files of the folder take a page each at least.
    await rm(ballast)
    const { summary } = await bench.issue(csv, { [kind]: target })
    expect(summary).toMatchObject({ issued: ROWS, rows: ROWS, rejected: 0, skipped: 0 })
    const found = kind === 'out' ? (await passesIn(target)).length : (await unzip(target)).size
    expect(found).toBe(ROWS)
    expect(
      (await bench.store.db.selectFrom('cards').select('id').where('serial', 'like', `${kind}%`).execute()).length,
    ).toBe(ROWS)
    await rm(target, { recursive: true })
  })

  test('under the store is told as such', async () => {
    const file = join(disk, 'store', 'store.db')
    const store = await openStore({ dialect: 'sqlite', file })
    await store.secret()
    await writeFile(join(disk, 'ballast'), Buffer.alloc(16 * 1024 * 1024)).catch(() => {})
    const fill = store.write(async (trx) => {
      const value = 'x'.repeat(100_000)
      for (let index = 0; index < 60; index++)
        await trx
          .insertInto('meta')
          .values({ key: `k${index}`, value })
          .execute()
    })
    await expect(fill).rejects.toMatchObject({ code: 'DISK_FULL' })
    await rm(join(disk, 'ballast'))
    expect(await store.integrityProblems()).toEqual([])
    expect(await store.db.selectFrom('meta').select('key').where('key', 'like', 'k%').execute()).toEqual([])
    expect(await store.secret()).toHaveLength(32)
    await store.close()
  })
})
