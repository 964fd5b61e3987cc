import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import type { IssueSummary } from '../../src/issuing/issue-types.js'
import { fileNameOf } from '../../src/issuing/serials.js'
import { openStore } from '../../src/store/index.js'
import { manifestProblems, opensslAccepts, unzip } from '../support/open-pass.js'
import { tempDir } from '../support/temp-dir.js'

// The compiled program, as people run it: `npm test` builds it first.
const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const dir = await tempDir('kill')
const prepared = join(dir, 'prepared')
const ROWS = 1500

const serialOf = (index: number): string => (index % 400 === 399 ? 'K-again' : `K-${index}`)
const isBad = (index: number): boolean => index % 100 === 50

beforeAll(async () => {
  await mkdir(prepared)
  const tessera = (...args: string[]) => execa(process.execPath, [bin, ...args], { cwd: prepared, env: { CI: '1' } })
  await tessera('init', '.', '--no-input', '--service-url', 'https://cards.example.com')
  await tessera('certs', 'dev')
  const rows = Array.from({ length: ROWS }, (_, index) => `${serialOf(index)},${isBad(index) ? '' : 'Ann'},${index}`)
  await writeFile(join(prepared, 'many.csv'), `serial,name,balance\n${rows.join('\n')}\n`)
}, 60_000)

type Event = {
  type: string
  done?: number
  state?: string
  summary?: IssueSummary
  error?: { code: string; message: string }
}

interface Outcome {
  readonly events: readonly Event[]
  readonly exitCode: number | undefined
  readonly signal: string | undefined
}

/** Runs `tessera issue`; `watch` sees each event and may kill it. */
async function issue(
  launch: string,
  flags: readonly string[],
  watch: (event: Event, kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Outcome> {
  const args = [bin, 'issue', 'many.csv', '--design', 'bonus', '--output', 'ndjson', ...flags]
  const child = execa(process.execPath, args, { cwd: launch, reject: false, buffer: false, env: { CI: '1' } })
  const events: Event[] = []
  for await (const line of child.iterable({ from: 'stdout' })) {
    if (!line.startsWith('{')) continue
    let event: Event
    try {
      event = JSON.parse(line)
    } catch {
      // The last line of a killed process may be cut.
      continue
    }
    events.push(event)
    watch(event, (signal) => child.kill(signal))
  }
  const { exitCode, signal } = await child
  return { events, exitCode, signal }
}

/** Has it killed four times at random moments, some of them before it has begun in earnest, and then lets it be. */
async function killAndContinue(
  launch: string,
  flags: readonly string[],
): Promise<{ kills: number; last: IssueSummary }> {
  let kills = 0
  for (let attempt = 0; ; attempt++) {
    let begun: number | undefined
    // The first at once, the others when there is something to lose.
    const wait = attempt === 0 ? 0 : Math.random() * (flags.includes('--links') ? 40 : 200)
    const rows = Math.random() * 500
    const { events, exitCode } = await issue(launch, flags, ({ type, done = 0 }, kill) => {
      if (attempt >= 4) return
      if (type === 'progress') begun ??= done
      const due = attempt % 2 ? begun !== undefined && done >= begun + rows : type === 'start'
      if (due) setTimeout(() => kill('SIGKILL'), wait)
    })
    const last = events.at(-1)
    if (last?.type === 'summary' && last.summary) return { kills, last: last.summary }
    expect(exitCode, JSON.stringify(last)).toBeUndefined()
    kills++
  }
}

async function copy(name: string): Promise<string> {
  const launch = join(dir, name)
  await cp(prepared, launch, { recursive: true })
  return launch
}

async function leftovers(launch: string): Promise<string[]> {
  const all = await readdir(launch, { recursive: true })
  return all.filter((name) => /\.(?:tmp|partial)$/.test(name))
}

/** What a run that nobody disturbs makes of the file. */
const GOOD = Array.from({ length: ROWS }, (_, index) => index).filter((index) => !isBad(index))
const SERIALS = [...new Set(GOOD.map(serialOf))]

describe('killed at random moments and continued', () => {
  test.each([
    ['--out', 'cards'],
    ['--zip', 'cards.zip'],
    ['--links', 'links.csv'],
  ])('a run with %s ends with exactly the same set', async (flag, target) => {
    const launch = await copy(`killed${flag}`)
    const { kills, last } = await killAndContinue(launch, [flag, target])
    expect(kills).toBeGreaterThan(0)
    // Killed between its end and its last word, it is found done by the next run.
    const issued = last.issued === 0 ? 0 : SERIALS.length
    expect(last).toMatchObject({
      rows: ROWS,
      issued,
      updated: 0,
      skipped: GOOD.length - issued,
      rejected: ROWS - GOOD.length,
    })
    expect(await leftovers(launch)).toEqual([])

    const store = await openStore({ dialect: 'sqlite', file: join(launch, '.tessera', 'store.db') })
    const cards = await store.db
      .selectFrom('cards')
      .select(['serial', 'token', 'field_values', 'revision'])
      .orderBy('id')
      .execute()
    expect(cards.map(({ serial }) => serial)).toEqual(SERIALS)
    expect(new Set(cards.map(({ token }) => token)).size).toBe(SERIALS.length)
    expect(cards.filter(({ revision }) => revision !== 1)).toEqual([])
    const jobs = await store.db.selectFrom('jobs').select('state').execute()
    expect(new Set(jobs.map(({ state }) => state))).toEqual(new Set(['done']))
    expect(await store.integrityProblems()).toEqual([])
    await store.close()

    const rejected = parse(await readFile(join(launch, 'many.rejected.csv')), { columns: true }) as {
      serial: string
      tessera_error: string
    }[]
    expect(rejected.map(({ serial }) => serial)).toEqual(
      Array.from({ length: ROWS }, (_, index) => index)
        .filter(isBad)
        .map(serialOf),
    )
    expect(new Set(rejected.map(({ tessera_error }) => tessera_error))).toEqual(
      new Set(['name is empty, but every card needs it']),
    )

    if (flag === '--links') {
      const lines = parse(await readFile(join(launch, target)), { columns: true }) as { serial: string; link: string }[]
      expect(lines.map(({ serial }) => serial)).toEqual(SERIALS)
      expect(new Set(lines.map(({ link }) => link)).size).toBe(SERIALS.length)
      return
    }
    const passes = await passesOf(join(launch, target))
    expect([...passes.keys()].sort()).toEqual(SERIALS.map((serial) => `${fileNameOf(serial)}.pkpass`).sort())
    const tokens = new Map(cards.map(({ serial, token }) => [serial, token]))
    const sample: Map<string, Buffer>[] = []
    const wrong: string[] = []
    for (const [name, bytes] of passes) {
      const files = await unzip(bytes)
      const { serialNumber, authenticationToken } = JSON.parse(String(files.get('pass.json')))
      wrong.push(...manifestProblems(files).map((problem) => `${name}: ${problem}`))
      if (`${fileNameOf(serialNumber)}.pkpass` !== name) wrong.push(`${name} is the card ${serialNumber}`)
      if (tokens.get(serialNumber) !== authenticationToken) wrong.push(`${name} has another token`)
      if (sample.length < 15 && Math.random() < 0.05) sample.push(files)
    }
    expect(wrong).toEqual([])
    expect(await opensslAccepts(sample, { dir: launch, root: join(launch, 'certs', 'dev-root.pem') })).toBe(
      sample.length,
    )
  })
})

async function passesOf(target: string): Promise<Map<string, Buffer>> {
  if (target.endsWith('.zip')) return unzip(target)
  const passes = new Map<string, Buffer>()
  for (const name of await readdir(target, { recursive: true })) {
    if (!name.includes('.')) continue
    const own = name.split('/').at(-1) ?? ''
    if (passes.has(own)) throw new Error(`${own} is there twice`)
    passes.set(own, await readFile(join(target, name)))
  }
  return passes
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('stops a run cleanly with exit code 3, and the same command continues it', async () => {
    const launch = await copy(signal)
    let asked = false
    const stopped = await issue(launch, ['--zip', 'cards.zip', '--jobs', '1'], ({ type }, kill) => {
      if (type !== 'progress' || asked) return
      asked = true
      kill(signal)
    })
    expect(stopped).toMatchObject({ exitCode: 3, signal: undefined })
    expect(stopped.events.at(-1)).toMatchObject({ type: 'summary', state: 'stopped', summary: { rejectedFile: null } })
    expect(existsSync(join(launch, 'cards.zip'))).toBe(false)
    const done = await issue(launch, ['--zip', 'cards.zip'])
    const start = done.events.find(({ type }) => type === 'start')
    expect(start).toMatchObject({ resumedAt: expect.any(Number) })
    expect(done.events.at(-1)).toMatchObject({
      type: 'summary',
      state: 'done',
      summary: { issued: SERIALS.length, resumed: true },
    })
    expect((await unzip(join(launch, 'cards.zip'))).size).toBe(SERIALS.length)
    expect(await leftovers(launch)).toEqual([])
  })
})

test('while a run goes on, a second one is refused and the store can be written', async () => {
  const launch = await copy('at-once')
  // So many that the first is still at work when the second has had its answer, on any machine.
  const rows = Array.from({ length: 40_000 }, (_, index) => `L-${index},Ann,${index}`)
  await writeFile(join(launch, 'many.csv'), `serial,name,balance\n${rows.join('\n')}\n`)
  const store = await openStore({ dialect: 'sqlite', file: join(launch, '.tessera', 'store.db') })
  let second: Promise<Outcome> | undefined
  let running = true
  const first = issue(launch, ['--out', 'cards', '--jobs', '1'], ({ type }, kill) => {
    if (type !== 'start') return
    second = issue(launch, ['--zip', 'cards.zip']).finally(() => kill('SIGINT'))
  }).finally(() => {
    running = false
  })
  let written = 0
  while (running) {
    await store.write((trx) =>
      trx
        .insertInto('meta')
        .values({ key: `other-${written}`, value: 'x' })
        .execute(),
    )
    written++
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  // It was not disturbed, and only stops now that it is told to.
  expect((await first).events.at(-1)).toMatchObject({ type: 'summary', state: 'stopped' })
  const refused = await second
  expect(refused?.exitCode).toBe(5)
  expect(refused?.events.at(-1)).toMatchObject({
    type: 'error',
    error: { code: 'JOB_RUNNING', message: expect.stringContaining('tessera issue many.csv') },
  })
  const meta = await store.db.selectFrom('meta').select('key').where('key', 'like', 'other-%').execute()
  expect(meta).toHaveLength(written)
  expect(await store.integrityProblems()).toEqual([])
  await store.close()
})

test.each([
  ['damaged', 'STORE_DAMAGED', (file: string) => writeFile(file, 'no database\n'.repeat(1000))],
  ['of a newer Tessera', 'STORE_NEWER', makeNewer],
])('a store that is %s ends a run with exit code 7', async (name, code, spoil) => {
  const launch = await copy(name)
  await mkdir(join(launch, '.tessera'), { recursive: true })
  await spoil(join(launch, '.tessera', 'store.db'))
  const { events, exitCode } = await issue(launch, ['--out', 'cards'])
  expect(exitCode).toBe(7)
  expect(events).toEqual([{ type: 'error', error: expect.objectContaining({ code }) }])
  expect(existsSync(join(launch, 'cards'))).toBe(false)
})

async function makeNewer(file: string): Promise<void> {
  const store = await openStore({ dialect: 'sqlite', file })
  await store.db.updateTable('meta').set({ value: '99' }).where('key', '=', 'schema.version').execute()
  await store.close()
}
