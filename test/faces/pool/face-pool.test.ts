import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EngineSetup } from '../../../src/faces/engine/types.js'
import { isProblem, type PhotoOutcome } from '../../../src/faces/pool/describe-source.js'
import { detectAll } from '../../../src/faces/pool/detect-all.js'
import { type FacePool, openFacePool } from '../../../src/faces/pool/face-pool.js'
import type { PhotoFaces } from '../../../src/faces/types.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('face-pool')
const FAKE = new URL('./engines/fake.ts', import.meta.url).href
const pools: FacePool[] = []

function fakePool(setup: Partial<EngineSetup> = {}, workers = 2): FacePool {
  const engine: EngineSetup = { backend: 'onnx', modelsDir: 'none', cacheDir: dir, ...setup }
  const pool = openFacePool({ engine, workers, engineModule: FAKE })
  pools.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

async function photo(red: number, name = `red-${red}.png`, size = 20): Promise<string> {
  const path = join(dir, name)
  await writeFile(
    path,
    await sharp({ create: { width: size, height: size, channels: 3, background: { r: red, g: 0, b: 0 } } })
      .png()
      .toBuffer(),
  )
  return path
}

function faces(outcome: PhotoOutcome): PhotoFaces {
  if (isProblem(outcome)) throw new Error(`${outcome.reason}: ${outcome.message}`)
  return outcome
}

describe('a face pool', () => {
  let good = ''
  let poison = ''
  beforeAll(async () => {
    good = await photo(100)
    poison = await photo(250)
  })

  test('describes photos of files and of bytes, one at a time in each of its threads', async () => {
    const pool = fakePool()
    const bytes = await sharp({ create: { width: 8, height: 4, channels: 3, background: '#102030' } })
      .png()
      .toBuffer()
    const found = (await Promise.all([bytes, ...Array<string>(30).fill(good)].map((each) => pool.detect(each)))).map(
      faces,
    )
    expect(found[0]).toMatchObject({ width: 8, height: 4, found: 2, model: 'fake' })
    expect(found.slice(1).every(({ width }) => width === 20)).toBe(true)
    expect(found[0]?.faces[1]?.vector).toEqual(new Float32Array([1, 0, 0, 0]))
    expect(new Set(found.map(({ faces: [face] }) => face?.score))).toEqual(new Set([1]))
    expect(new Set(found.map(({ faces: [face] }) => face?.age.years)).size).toBe(2)
    expect(await pool.model()).toEqual({ id: 'fake', length: 4 })
  })

  test('tells places in pixels of a photo that was shrunk', async () => {
    const pool = fakePool({ limits: { longerSide: 50 } })
    const large = await photo(10, 'large.png', 400)
    expect(faces(await pool.detect(large))).toMatchObject({
      width: 400,
      height: 400,
      faces: [{ box: { x: 0, y: 0, width: 400, height: 400 }, points: [{ x: 200, y: 100 }, {}, {}, {}, {}] }, {}],
    })
  })

  test('hands back why a photo cannot be looked at', async () => {
    const pool = fakePool()
    expect(await pool.detect(join(dir, 'gone.jpg'))).toEqual({ reason: 'not-found', message: 'There is no such file.' })
    expect(await pool.detect(new Uint8Array(0))).toMatchObject({ reason: 'empty' })
    expect(await pool.detect(good)).toMatchObject({ found: 2 })
  })

  test('tries a photo again whose worker died', async () => {
    const pool = fakePool()
    expect(await pool.detect(await photo(240))).toMatchObject({ found: 2 })
  })

  test('reports a photo on which two workers died, and none of the photos beside it', async () => {
    const pool = fakePool()
    const sources = [good, poison, good, good, poison, good, good, good, poison, good]
    const outcomes = await Promise.all(sources.map((source) => pool.detect(source)))
    expect(outcomes.map((outcome) => (isProblem(outcome) ? outcome.reason : 'faces'))).toEqual(
      sources.map((source) => (source === poison ? 'engine-died' : 'faces')),
    )
    expect(outcomes[1]).toEqual({
      reason: 'engine-died',
      message: 'The face engine failed on it twice: a worker thread failed: the worker ended with code 3.',
    })
  })

  test('reports a photo on which the engine throws', async () => {
    const pool = fakePool()
    expect(await pool.detect(await photo(230))).toEqual({
      reason: 'engine-failed',
      message: 'The face engine failed on it: a fault of the engine.',
    })
    expect(await pool.detect(good)).toMatchObject({ found: 2 })
  })

  test('an engine that cannot be opened is no fault of the photos', async () => {
    const pool = fakePool({ modelsDir: 'missing' })
    await expect(pool.detect(good)).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: 'no models' })
    await expect(pool.model()).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    const deadly = fakePool({ modelsDir: 'deadly' })
    await expect(deadly.detect(good)).rejects.toMatchObject({ code: 'WORKER_FAILED' })
  })

  test('stops waiting when asked to', async () => {
    const pool = fakePool()
    const stop = new AbortController()
    const waiting = pool.detect(good, stop.signal)
    stop.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(pool.detect(good, stop.signal)).rejects.toThrow('enough')
    expect(await pool.detect(good)).toMatchObject({ found: 2 })
  })
})

describe('all photos of a list', () => {
  test('come in their order, with a bounded number under way', async () => {
    const pool = fakePool()
    const large = await photo(50, 'wide.png', 900)
    let taken = 0
    let told = 0
    let most = 0
    function* list(): Generator<number> {
      for (; taken < 120; taken++) {
        most = Math.max(most, taken - told)
        yield taken
      }
    }
    const good = await photo(100)
    const order: number[] = []
    for await (const { item, outcome } of detectAll(list(), {
      pool,
      sourceOf: (item) => (item % 10 === 0 ? large : good),
    })) {
      told++
      order.push(item)
      expect(faces(outcome).width).toBe(item % 10 === 0 ? 900 : 20)
    }
    expect(order).toEqual(Array.from({ length: 120 }, (_, index) => index))
    expect(most).toBeLessThanOrEqual(pool.width * 4)
  })

  test('end early when asked to', async () => {
    const pool = fakePool()
    const good = await photo(100)
    const stop = new AbortController()
    let told = 0
    for await (const _ of detectAll(Array<string>(500).fill(good), {
      pool,
      sourceOf: (path) => path,
      signal: stop.signal,
    })) {
      if (++told === 3) stop.abort()
    }
    expect(told).toBeLessThan(10)
  })
})
