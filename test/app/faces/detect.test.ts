import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DetectRequest, detectFaces } from '../../../src/app/faces/detect.js'
import type { DetectItem, DetectSummary } from '../../../src/app/faces/detected.js'
import { drawnPlaces } from '../../../src/app/faces/drawn-places.js'
import { AppError } from '../../../src/kit/errors/index.js'
import type { JobEvent } from '../../../src/kit/events.js'
import { tempDir } from '../../support/temp-dir.js'

const cwd = await tempDir('detect-app')
const engineModule = new URL('../../faces/pool/engines/fake.ts', import.meta.url).href

beforeAll(async () => {
  await mkdir(join(cwd, 'photos', 'inner'), { recursive: true })
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#102030' } })
    .jpeg()
    .toBuffer()
  for (const name of ['a.jpg', 'inner/b.jpg', 'z.jpg']) await writeFile(join(cwd, 'photos', name), photo)
  await writeFile(join(cwd, 'photos', 'm.jpg'), 'no photo')
})

interface Run {
  readonly events: readonly JobEvent<DetectSummary, DetectItem>[]
  readonly items: readonly DetectItem[]
  readonly summary: DetectSummary
  readonly state: string
}

async function run(names: readonly string[], options: Partial<DetectRequest> = {}): Promise<Run> {
  const events: JobEvent<DetectSummary, DetectItem>[] = []
  const request: DetectRequest = {
    names,
    environment: { cwd, env: {}, now: () => new Date() },
    engine: { cacheDir: cwd },
    vectors: false,
    workers: 2,
    openLaunch: async () => {
      throw new AppError('LAUNCH_NOT_FOUND', 'no launch here')
    },
    dataDir: cwd,
    launchNamed: false,
    engineModule,
    ...options,
  }
  for await (const event of detectFaces(request)) events.push(event)
  const last = events.at(-1)
  if (last?.type !== 'summary') throw new Error('no summary')
  return { events, items: events.flatMap((event) => (event.type === 'item' ? [event.item] : [])), ...last }
}

describe('face detect', () => {
  test('tells of every photo in order, and of those that are none', async () => {
    const { events, items, summary, state } = await run(['photos'])
    expect(items.map(({ file }) => file)).toEqual([
      'photos/a.jpg',
      'photos/inner/b.jpg',
      'photos/m.jpg',
      'photos/z.jpg',
    ])
    expect(items[2]).toEqual({ file: 'photos/m.jpg', reason: 'not-a-picture', message: 'It is not a picture.' })
    expect(items[0]).toMatchObject({ width: 60, height: 40, turned: 0, found: 2, faces: [{ score: 1 }, {}] })
    expect(items[0]).not.toHaveProperty('faces.0.vector')
    expect(summary).toMatchObject({ photos: 4, faces: 6, problems: 1, withoutFaces: 0, model: 'fake', backend: 'onnx' })
    expect(state).toBe('done')
    expect(events[0]).toMatchObject({ type: 'start', total: 4, unit: 'photos' })
    expect(events.at(-2)).toMatchObject({ type: 'progress', done: 4, failed: 1, total: 4 })
  })

  test('hands out vectors when asked', async () => {
    const { items } = await run(['photos/a.jpg'], { vectors: true })
    expect(items).toMatchObject([{ faces: [{ vector: [1, 0, 0, 0] }, {}] }])
  })

  test('draws one photo into a file, several into a folder', async () => {
    await run(['photos/a.jpg'], { draw: 'out.png' })
    expect(await sharp(join(cwd, 'out.png')).metadata()).toMatchObject({ format: 'png', width: 60 })
    const { items } = await run(['photos'], { draw: 'drawn' })
    expect(items).toHaveLength(4)
    for (const name of ['a.jpg', 'inner/b.jpg', 'z.jpg'])
      expect(await sharp(join(cwd, 'drawn', name)).metadata()).toMatchObject({ format: 'jpeg', width: 60 })
    await expect(readFile(join(cwd, 'drawn', 'm.jpg'))).rejects.toThrow('ENOENT')
  })

  test('never draws over a photo', async () => {
    await cp(join(cwd, 'photos'), join(cwd, 'copy'), { recursive: true })
    const before = await readFile(join(cwd, 'copy', 'a.jpg'))
    await expect(run(['copy'], { draw: 'copy' })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' })
    await expect(run(['copy/a.jpg'], { draw: './copy/a.jpg' })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' })
    expect(await readFile(join(cwd, 'copy', 'a.jpg'))).toEqual(before)
  })

  test('says how --draw is meant', async () => {
    await expect(run(['photos/a.jpg'], { draw: 'out' })).rejects.toMatchObject({ code: 'USAGE' })
    await expect(run(['photos'], { draw: 'out.png' })).rejects.toMatchObject({ code: 'USAGE' })
  })

  test('stops when asked to', async () => {
    const stop = new AbortController()
    stop.abort()
    const { items, state, summary } = await run(['photos'], { signal: stop.signal })
    expect(items).toEqual([])
    expect({ state, model: summary.model }).toEqual({ state: 'stopped', model: null })
  })

  test('names the model also when no photo could be read', async () => {
    expect((await run(['photos/m.jpg'])).summary).toMatchObject({ photos: 1, problems: 1, model: 'fake' })
  })
})

test('drawn photos of the same name do not replace one another', () => {
  const photos = ['/x/a.jpg', '/y/A.jpeg', '/z/a.tiff', '/z/a.png'].map((path) => ({ path, file: path }))
  const names = drawnPlaces(photos, '/out', '/').map(({ path }) => path)
  expect(names).toEqual(['/out/a.jpg', '/out/A-2.jpg', '/out/a.png', '/out/a-2.png'])
})
