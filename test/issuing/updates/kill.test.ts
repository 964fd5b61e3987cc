import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import type { UpdateSummary } from '../../../src/issuing/updates/update-types.js'
import { openStore } from '../../../src/store/index.js'
import { tempDir } from '../../support/temp-dir.js'

// The compiled program, as people run it: `npm test` builds it first.
const bin = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))
const launch = join(await tempDir('update-kill'), 'launch')
const CARDS = 4000
const KILLS = 3

const isBad = (index: number): boolean => index % 100 === 50

interface Event {
  readonly type: string
  readonly done?: number
  readonly summary?: UpdateSummary
}

beforeAll(async () => {
  await mkdir(launch)
  const tessera = (...args: string[]) => execa(process.execPath, [bin, ...args], { cwd: launch, env: { CI: '1' } })
  const table = (name: string, header: string, row: (index: number) => string) =>
    writeFile(join(launch, name), `${header}\n${Array.from({ length: CARDS }, (_, index) => row(index)).join('\n')}\n`)
  await tessera('init', '.', '--no-input', '--service-url', 'https://cards.example.com')
  await table('members.csv', 'serial,name,balance', (index) => `K-${index},Ann,0`)
  await table('changes.csv', 'serial,balance', (index) => `K-${index},${isBad(index) ? 'x' : index + 1}`)
  await tessera('issue', 'members.csv', '--design', 'bonus')
}, 60_000)

/** Runs the update; `watch` sees each event and may kill it. */
async function update(watch: (event: Event, kill: () => void) => void): Promise<readonly Event[]> {
  const args = [bin, 'card', 'update', '--from', 'changes.csv', '--output', 'ndjson']
  const child = execa(process.execPath, args, { cwd: launch, reject: false, buffer: false, env: { CI: '1' } })
  const events: Event[] = []
  for await (const line of child.iterable({ from: 'stdout' })) {
    let event: Event
    try {
      event = JSON.parse(line)
    } catch {
      // The last line of a killed process may be cut.
      continue
    }
    if (event.type === 'start' || event.type === 'progress' || event.type === 'summary') events.push(event)
    watch(event, () => child.kill('SIGKILL'))
  }
  await child
  return events
}

test('killed at random moments and continued, every card is changed exactly once and nothing is lost', async () => {
  let killed = 0
  let acknowledged = 0
  let summary: UpdateSummary | undefined
  const file = join(launch, '.tessera', 'store.db')
  for (let attempt = 0; summary === undefined; attempt++) {
    const at = (Math.random() * CARDS) / KILLS
    const begun = acknowledged
    const events = await update(({ type, done = 0 }, kill) => {
      if (type === 'progress') acknowledged = Math.max(acknowledged, done)
      if (attempt < KILLS && type === 'progress' && done >= begun + at) setTimeout(kill, Math.random() * 20)
    })
    summary = events.findLast(({ type }) => type === 'summary')?.summary
    if (summary === undefined) killed++
    const store = await openStore({ dialect: 'sqlite', file })
    const { count } = await store.db
      .selectFrom('cards')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('revision', '>', 1)
      .executeTakeFirstOrThrow()
    const told = Array.from({ length: acknowledged }, (_, index) => index).filter((index) => !isBad(index)).length
    expect(count).toBeGreaterThanOrEqual(told)
    await store.close()
  }
  expect(killed).toBeGreaterThan(0)

  const bad = Array.from({ length: CARDS }, (_, index) => index).filter(isBad)
  expect(summary).toMatchObject({ rows: CARDS, rejected: bad.length })
  expect(summary.changed + summary.unchanged).toBe(CARDS - bad.length)
  const store = await openStore({ dialect: 'sqlite', file })
  const cards = await store.db.selectFrom('cards').selectAll().orderBy('id').execute()
  expect(cards).toHaveLength(CARDS)
  for (const [index, { field_values: values, revision }] of cards.entries()) {
    const wanted = isBad(index) ? { balance: 0, revision: 1 } : { balance: index + 1, revision: 2 }
    expect({ balance: JSON.parse(values).balance, revision }).toEqual(wanted)
  }
  const changes = await store.db.selectFrom('changes').selectAll().where('card_id', 'is not', null).execute()
  expect(changes).toHaveLength(CARDS - bad.length)
  const recorded = new Map(changes.map(({ card_id: id, tag, at }) => [id, { tag, at }]))
  for (const { id, tag, updated_at: at, revision } of cards)
    if (revision > 1) expect(recorded.get(id)).toEqual({ tag, at })
  expect(await store.integrityProblems()).toEqual([])
  await store.close()

  const rejected = parse(await readFile(join(launch, 'changes.rejected.csv')), { columns: true }) as {
    serial: string
  }[]
  expect(rejected.map(({ serial }) => serial)).toEqual(bad.map((index) => `K-${index}`))
  expect((await readdir(launch)).filter((name) => name.endsWith('.partial'))).toEqual([])
}, 60_000)
