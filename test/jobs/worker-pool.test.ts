import { afterEach, describe, expect, test } from 'vitest'
import { WorkerPool } from '../../src/jobs/worker-pool.js'
import type { Task } from './workers/worker.js'

const MODULE = new URL('./workers/worker.ts', import.meta.url)
const pools: WorkerPool<Task, unknown>[] = []

function poolOf(
  options: { size?: number; data?: unknown; module?: URL; taskLimit?: number; each?: number } = {},
): WorkerPool<Task, unknown> {
  const { size = 2, data = {}, module = MODULE, ...limit } = options
  const pool = new WorkerPool<Task, unknown>({ module, data, size, ...limit })
  pools.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

describe('a worker pool', () => {
  test('answers each task with its own result, over all workers', async () => {
    const pool = poolOf()
    const values = Array.from({ length: 200 }, (_, index) => index)
    const answers = await Promise.all(values.map((value) => pool.run({ do: 'double', value })))
    expect(answers).toEqual(values.map((value) => value * 2))
    const threads = await Promise.all(values.map(() => pool.run({ do: 'thread' })))
    expect(new Set(threads).size).toBe(2)
  })

  test('hands buffers over', async () => {
    expect(await poolOf().run({ do: 'buffer', size: 1000 })).toEqual(new Uint8Array(1000).fill(7))
  })

  test('gives up a task that takes too long, once, and goes on with a new worker', async () => {
    const pool = poolOf({ size: 1, taskLimit: 1500 })
    const first = await pool.run({ do: 'thread' })
    const flag = new SharedArrayBuffer(4)
    const tasks = [pool.run({ do: 'count-and-spin', flag }), pool.run({ do: 'thread' })]
    const [spun, next] = await Promise.allSettled(tasks)
    expect(spun).toMatchObject({
      status: 'rejected',
      reason: { code: 'WORKER_FAILED', message: expect.stringContaining('longer than 1.5 s') },
    })
    expect(next).toMatchObject({ status: 'fulfilled' })
    expect(next).not.toMatchObject({ value: first })
    expect(new Int32Array(flag)[0]).toBe(1)
  })

  test('passes on what a task throws, and does not try that again', async () => {
    const pool = poolOf({ size: 1 })
    await expect(pool.run({ do: 'throw' })).rejects.toThrow('a fault')
    await expect(pool.run({ do: 'throw-text' })).rejects.toThrow('a text')
    await expect(pool.run({ do: 'throw-app' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'DISK_FULL',
      exitCode: 7,
      message: 'no space',
      hints: ['Make some.'],
    })
    await expect(pool.run({ do: 'bad-reply' })).rejects.toThrow('could not be cloned')
    expect(await pool.run({ do: 'double', value: 2 })).toBe(4)
  })

  test('says why the tools of its workers cannot be built, to every task', async () => {
    const pool = poolOf({ data: { fail: true } })
    for (let round = 0; round < 3; round++) {
      await expect(pool.run({ do: 'double', value: 1 })).rejects.toMatchObject({ code: 'DESIGN_INVALID' })
    }
  })

  test('tries a task once more on a fresh worker when its worker ended', async () => {
    const pool = poolOf()
    const flag = new SharedArrayBuffer(4)
    expect(await pool.run({ do: 'exit-once', flag })).toBe('alive')
    expect(new Int32Array(flag)[0]).toBe(2)
  })

  test('gives a task up whose worker ends twice, and goes on with the others', async () => {
    const pool = poolOf()
    const others = Array.from({ length: 20 }, (_, value) => pool.run({ do: 'double', value }))
    await expect(pool.run({ do: 'exit' })).rejects.toMatchObject({
      code: 'WORKER_FAILED',
      message: expect.stringContaining('code 3'),
    })
    expect(await Promise.all(others)).toEqual(Array.from({ length: 20 }, (_, value) => value * 2))
    expect(await pool.run({ do: 'double', value: 4 })).toBe(8)
  })

  test('survives a worker that dies between tasks', async () => {
    const pool = poolOf({ size: 1 })
    expect(await pool.run({ do: 'die-later' })).toBe('done')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await pool.run({ do: 'double', value: 3 })).toBe(6)
  })

  test('ends with WORKER_FAILED when its module cannot be loaded, also for what is asked later', async () => {
    const pool = poolOf({ module: new URL('./workers/none.ts', import.meta.url) })
    const first = [1, 2, 3].map((value) => pool.run({ do: 'double', value }))
    for (const { status, ...rest } of await Promise.allSettled(first)) {
      expect(status).toBe('rejected')
      expect(rest).toMatchObject({ reason: { code: 'WORKER_FAILED' } })
    }
    await expect(pool.run({ do: 'double', value: 1 })).rejects.toMatchObject({ code: 'WORKER_FAILED' })
  })

  test('a task that cannot be sent fails alone', async () => {
    const pool = poolOf({ size: 1 })
    const unsendable = { do: 'double', value: () => 1 } as unknown as Task
    const [bad, good] = [pool.run(unsendable), pool.run({ do: 'double', value: 1 })]
    await expect(bad).rejects.toThrow('could not be cloned')
    expect(await good).toBe(2)
    // Also when it was waiting behind another one.
    const [before, stuck, after] = [
      pool.run({ do: 'thread' }),
      pool.run(unsendable),
      pool.run({ do: 'double', value: 5 }),
    ]
    await expect(stuck).rejects.toThrow('could not be cloned')
    expect(await before).toBeGreaterThan(0)
    expect(await after).toBe(10)
  })

  test('closes while busy, and what was under way or waiting is told so', async () => {
    const pool = poolOf({ size: 1 })
    const tasks = [pool.run({ do: 'hang' }), pool.run({ do: 'double', value: 1 })]
    const settled = Promise.allSettled(tasks)
    await pool.close()
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(pool.run({ do: 'double', value: 1 })).rejects.toThrow('closed')
    await pool.close()
  })

  test('lets its workers end by themselves', async () => {
    const pool = poolOf({ size: 1 })
    const flag = new SharedArrayBuffer(4)
    await pool.run({ do: 'tell-end', flag })
    await pool.close()
    expect(Atomics.load(new Int32Array(flag), 0)).toBe(1)
  })

  test('says what killed a worker, and goes on', async () => {
    const pool = poolOf({ size: 1 })
    await expect(pool.run({ do: 'die' })).rejects.toMatchObject({
      code: 'WORKER_FAILED',
      message: 'a worker thread failed: the thread is lost',
    })
    expect(await pool.run({ do: 'double', value: 1 })).toBe(2)
  })

  test('gives each worker several tasks at a time when told so', async () => {
    const pool = poolOf({ size: 1, each: 2 })
    const flag = new SharedArrayBuffer(4)
    // The first ends only once the second has begun.
    const both = [pool.run({ do: 'wait-for', flag }), pool.run({ do: 'wake', flag })]
    expect(await Promise.all(both)).toEqual(['woken', 'done'])
  })

  test('a task that kills its worker takes none of the tasks beside it along', async () => {
    const pool = poolOf({ size: 2, each: 3 })
    const tasks = Array.from({ length: 30 }, (_, value) =>
      value % 7 === 3 ? pool.run({ do: 'exit' }) : pool.run({ do: 'double', value }),
    )
    const settled = await Promise.allSettled(tasks)
    for (const [value, outcome] of settled.entries())
      expect(outcome).toMatchObject(
        value % 7 === 3
          ? { status: 'rejected', reason: { code: 'WORKER_FAILED' } }
          : { status: 'fulfilled', value: value * 2 },
      )
  })
})
