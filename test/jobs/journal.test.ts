import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { beginJob, finishJob, listJobs, saveCheckpoint } from '../../src/jobs/journal.js'
import { openStore } from '../../src/store/index.js'
import { tempDir } from '../support/temp-dir.js'

const dir = await tempDir('journal')
const store = await openStore({ dialect: 'sqlite', file: join(dir, 'store.db') })
afterAll(() => store.close())

const begin = (key: string, now: number) =>
  beginJob<{ row: number }>(store, { kind: 'issue', key, command: `tessera issue ${key}`, now })

describe('the journal', () => {
  test('takes a job up where its last checkpoint was, until it is finished', async () => {
    const first = await begin('a', 100)
    expect(first).toEqual({ id: expect.any(Number), startedAt: 100, resumeFrom: undefined })
    // Ended before its first checkpoint: the same job, from the start.
    expect(await begin('a', 200)).toEqual({ ...first, resumeFrom: undefined })
    await store.write((trx) => saveCheckpoint(trx, { id: first.id, checkpoint: { row: 7 }, now: 300 }))
    expect(await begin('a', 400)).toEqual({ ...first, resumeFrom: { row: 7 } })
    await store.write((trx) => finishJob(trx, { id: first.id, now: 500 }))
    const next = await begin('a', 600)
    expect(next.id).not.toBe(first.id)
    expect(next).toMatchObject({ startedAt: 600, resumeFrom: undefined })
  })

  test('keeps jobs with other keys apart', async () => {
    const [b, c] = [await begin('b', 1), await begin('c', 2)]
    await store.write((trx) => saveCheckpoint(trx, { id: b.id, checkpoint: { row: 1 }, now: 3 }))
    expect((await begin('c', 4)).resumeFrom).toBeUndefined()
    expect(c.id).not.toBe(b.id)
  })

  test('a checkpoint goes with the work it is written with, or not at all', async () => {
    const { id } = await begin('d', 1)
    const failed = store.write(async (trx) => {
      await saveCheckpoint(trx, { id, checkpoint: { row: 9 }, now: 2 })
      throw new Error('the work failed')
    })
    await expect(failed).rejects.toThrow('the work failed')
    expect((await begin('d', 3)).resumeFrom).toBeUndefined()
  })

  test('lists the newest first', async () => {
    const jobs = await listJobs(store, 3)
    expect(jobs.map(({ command }) => command)).toEqual(['tessera issue d', 'tessera issue c', 'tessera issue b'])
    expect(jobs[2]).toMatchObject({
      kind: 'issue',
      state: 'running',
      checkpoint: { row: 1 },
      startedAt: 1,
      updatedAt: 3,
      finishedAt: undefined,
    })
    const all = await listJobs(store, 100)
    expect(all.at(-1)).toMatchObject({ state: 'done', finishedAt: 500 })
  })

  test('an interrupted job starts over when another one has begun to write its files', async () => {
    const start = (key: string, files: string[]) =>
      beginJob<{ files: string[] }>(store, { kind: 'issue', key, command: key, files, now: 1 })
    const files = ['/cards.zip', '/links.csv']
    const first = await start('files-1', files)
    await store.write((trx) => saveCheckpoint(trx, { id: first.id, checkpoint: { files }, now: 2 }))
    await start('files-2', ['/other.zip'])
    expect((await start('files-1', files)).resumeFrom).toEqual({ files })
    await start('files-3', ['/links.csv'])
    expect(await start('files-1', files)).toEqual({ id: first.id, startedAt: 1, resumeFrom: undefined })
  })
})
