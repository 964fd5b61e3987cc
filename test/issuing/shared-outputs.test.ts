import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { lockArchive } from '../../src/issuing/archive-lock.js'
import { cardPath } from '../../src/issuing/serials.js'
import { unzip } from '../support/open-pass.js'
import { BONUS, type RunOptions, workbench } from './workbench.js'

const bench = await workbench('shared-outputs')
await bench.design('bonus', BONUS.replace('fields:', 'serial: {column: card}\nfields:'))

/** A file of members whose every tenth row is bad. */
async function members(name: string, prefix: string, count: number): Promise<string> {
  const rows = Array.from({ length: count }, (_, index) => [`${prefix}${index}`, index % 10 === 3 ? '' : 'Ann'])
  await bench.table(name, [['card', 'name'], ...rows])
  return name
}

/** Stops once that many rows are written. */
async function stopAfter(rows: number, csv: string, options: RunOptions): Promise<void> {
  const stop = new AbortController()
  const onEvent: RunOptions['onEvent'] = (event) => {
    if (event.type === 'progress' && event.done >= rows) stop.abort()
  }
  const { state } = await bench.issue(csv, { ...options, workers: 1, signal: stop.signal, onEvent })
  expect(state).toBe('stopped')
}

describe('two interrupted runs with the same files', () => {
  test('the one continued starts over, instead of going on with what the other wrote', async () => {
    const [first, second] = [await members('first.csv', 'A', 3000), await members('second.csv', 'B', 3000)]
    const outputs = { zip: bench.path('shared.zip'), links: bench.path('shared-links.csv') }
    await stopAfter(256, first, outputs)
    await stopAfter(1024, second, outputs)
    const { summary } = await bench.issue(first, outputs)
    expect(summary).toMatchObject({ issued: 2700, rejected: 300 })
    const names = [...(await unzip(outputs.zip)).keys()]
    expect(names).toHaveLength(2700)
    expect(names.filter((name) => !name.startsWith('A'))).toEqual([])
    const links = parse(await readFile(outputs.links), { columns: true }) as { serial: string }[]
    expect(links).toHaveLength(2700)
    expect(links.filter(({ serial }) => !serial.startsWith('A'))).toEqual([])
    // The second one is not lost either.
    expect((await bench.issue(second, outputs)).summary).toMatchObject({ issued: 2700, rejected: 300 })
    expect((await unzip(outputs.zip)).size).toBe(2700)
  })

  test('runs with files of their own go on where they stopped', async () => {
    const [first, second] = [await members('third.csv', 'C', 3000), await members('fourth.csv', 'D', 3000)]
    await stopAfter(256, first, { zip: bench.path('third.zip') })
    await stopAfter(256, second, { zip: bench.path('fourth.zip') })
    const { events } = await bench.issue(first, { zip: bench.path('third.zip') })
    expect(events[0]).toMatchObject({ type: 'start', resumedAt: expect.any(Number) })
    expect(events[0]).not.toMatchObject({ resumedAt: 0 })
  })
})

test('two runs at once never grow one archive', async () => {
  const csv = await members('busy.csv', 'G', 20)
  const zip = bench.path('busy.zip')
  const lock = await lockArchive(bench.store, zip, 'tessera card export --zip busy.zip')
  await expect(bench.issue(csv, { zip })).rejects.toThrow(
    /another run is writing .* tessera card export --zip busy.zip/,
  )
  expect((await bench.issue(csv, { zip: bench.path('idle.zip') })).summary).toMatchObject({ issued: 18 })
  lock?.release()
  expect((await bench.issue(csv, { zip })).summary).toMatchObject({ skipped: 18 })
})

describe('what a card is signed with changes between runs', () => {
  const organizationOf = async (pass: string | Buffer): Promise<string> =>
    JSON.parse(String((await unzip(pass)).get('pass.json'))).organizationName

  test('cards in the folder are signed again, once', async () => {
    const csv = await members('renamed.csv', 'E', 3)
    const out = bench.path('renamed')
    const file = join(out, cardPath('E1'))
    await bench.issue(csv, { out })
    await bench.issue(csv, { out, organization: 'Renamed' })
    expect(await organizationOf(file)).toBe('Renamed')
    const { mtimeMs } = await stat(file)
    await bench.issue(csv, { out, organization: 'Renamed' })
    expect((await stat(file)).mtimeMs).toBe(mtimeMs)
    await bench.issue(csv, { out })
    expect(await organizationOf(file)).toBe('Nordlicht Coffee')
  })

  test('an archive that was begun is begun again', async () => {
    const csv = await members('halfway.csv', 'F', 2000)
    const zip = bench.path('halfway.zip')
    await stopAfter(256, csv, { zip })
    await bench.issue(csv, { zip, organization: 'Renamed' })
    const passes = await unzip(zip)
    expect(passes.size).toBe(1800)
    expect(await organizationOf(passes.get('F0.pkpass') ?? '')).toBe('Renamed')
  })
})
