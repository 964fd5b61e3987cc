import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/store/index.js'
import { unzip } from '../../support/open-pass.js'
import { bin, inParallel, type ServeProcess, startServe } from '../../support/serve-process.js'
import { tempDir } from '../../support/temp-dir.js'
import { makeShell, prepareLaunch } from '../../support/tessera.js'

const CARDS = 2000
const PASS_TYPE = 'pass.com.example.loyalty'
const dir = await tempDir('serve-kill')
let prepared: string

const serialOf = (index: number): string => `S-${index}`
const rows = (value: (index: number) => number): string =>
  Array.from({ length: CARDS }, (_, index) => `${serialOf(index)},${value(index)}`).join('\n')

beforeAll(async () => {
  prepared = await prepareLaunch(dir)
  await writeFile(
    join(prepared, 'many.csv'),
    `serial,name,balance\n${Array.from({ length: CARDS }, (_, index) => `${serialOf(index)},Ann,${index}`).join('\n')}\n`,
  )
  const shell = await makeShell(dir)
  const { exitCode, stderr } = await shell('tessera issue many.csv --design bonus', prepared)
  expect(stderr + exitCode).toMatch(/0$/)
}, 120_000)

async function copy(name: string): Promise<string> {
  await cp(prepared, join(dir, name), { recursive: true })
  return join(dir, name)
}

async function openCards(launch: string) {
  const store = await openStore({ dialect: 'sqlite', file: join(launch, '.tessera', 'store.db') })
  onTestFinished(() => store.close())
  return store
}

/** Runs `card update --from`; `onDone` is told how many rows are acknowledged. */
function update(launch: string, file: string, onDone: (done: number) => void = () => {}) {
  const child = spawn(process.execPath, [bin, 'card', 'update', '--from', file, '--output', 'ndjson'], {
    cwd: launch,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    text += data
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      const event = JSON.parse(line) as { type: string; done?: number }
      if (event.type === 'progress') onDone(event.done ?? 0)
    }
  })
  return { child, ended: once(child, 'exit') as Promise<[number | null]> }
}

const listOf = async (url: string, device: string, tag?: string) => {
  const query = tag === undefined ? '' : `?passesUpdatedSince=${tag}`
  const response = await fetch(`${url}/v1/devices/${device}/registrations/${PASS_TYPE}${query}`)
  if (response.status !== 200) return undefined
  return (await response.json()) as { serialNumbers: string[]; lastUpdated: string }
}

test('killed in the middle of 10,000 registrations and 2,000 updates: nothing acknowledged is lost, tags still increase', async () => {
  const launch = await copy('killed')
  const store = await openCards(launch)
  const tokens = new Map(
    (await store.db.selectFrom('cards').select(['serial', 'token']).execute()).map(({ serial, token }) => [
      serial,
      token,
    ]),
  )
  await writeFile(join(launch, 'changes.csv'), `serial,balance\n${rows((index) => 10_000 + index)}\n`)

  let server = await startServe(launch)
  onTestFinished(() => void server.child.kill('SIGKILL'))
  const acknowledged = new Set<string>()
  const all = Array.from({ length: 10_000 }, (_, index) => ({
    device: `device-${Math.floor(index / 10)}`,
    serial: serialOf((index * 7) % CARDS),
  }))
  const nameOf = ({ device, serial }: (typeof all)[number]): string => `${device} ${serial}`
  const register = async (wanted: (typeof all)[number], of: ServeProcess): Promise<void> => {
    const response = await fetch(`${of.url}/v1/devices/${wanted.device}/registrations/${PASS_TYPE}/${wanted.serial}`, {
      method: 'POST',
      headers: { Authorization: `ApplePass ${tokens.get(wanted.serial)}` },
      body: JSON.stringify({ pushToken: `token-of-${wanted.device}` }),
    }).catch(() => undefined)
    if (response === undefined) return
    expect([200, 201]).toContain(response.status)
    acknowledged.add(nameOf(wanted))
  }

  let updated = 0
  let tag = '0'
  const seen: number[] = []
  for (let kills = 0; ; kills++) {
    const left = all.filter((wanted) => !acknowledged.has(nameOf(wanted)))
    if (left.length === 0) break
    const last = kills >= 2
    const present = server
    const updating = update(launch, 'changes.csv', (done) => {
      updated = Math.max(updated, done)
    })
    const goal = acknowledged.size + Math.ceil(left.length / 3)
    const killing = last
      ? Promise.resolve()
      : (async () => {
          while (acknowledged.size < goal) await sleep(2)
          updating.child.kill('SIGKILL')
          await present.kill('SIGKILL')
        })()
    await inParallel(left, 16, (wanted) => register(wanted, present))
    await Promise.all([killing, updating.ended])

    // What was acknowledged is there, by whoever looks next.
    const registered = await store.db
      .selectFrom('registrations')
      .innerJoin('cards', 'cards.id', 'registrations.card_id')
      .select(['device', 'serial'])
      .execute()
    const there = new Set(registered.map(({ device, serial }) => `${device} ${serial}`))
    expect(there.size).toBe(registered.length)
    expect([...acknowledged].filter((name) => !there.has(name))).toEqual([])
    const changed = await store.db.selectFrom('changes').select('id').where('source', '=', 'update').execute()
    expect(changed.length).toBeGreaterThanOrEqual(updated)
    expect(await store.integrityProblems()).toEqual([])
    if (!last) server = await startServe(launch)
    const list = await listOf(server.url, 'device-0', tag)
    if (list !== undefined) {
      seen.push(Number(list.lastUpdated))
      tag = list.lastUpdated
    }
  }
  expect(await update(launch, 'changes.csv').ended).toEqual([0, null])

  const cards = await store.db.selectFrom('cards').selectAll().where('serial', 'like', 'S-%').execute()
  expect(cards.map(({ serial, field_values }) => `${serial} ${JSON.parse(field_values).balance}`)).toEqual(
    cards.map(({ serial }) => `${serial} ${10_000 + Number(serial.slice(2))}`),
  )
  // Once each, in spite of the repetitions.
  expect(cards.every(({ revision }) => revision === 2)).toBe(true)
  const clock = await store.db.selectFrom('clock').selectAll().executeTakeFirstOrThrow()
  expect(Math.max(...cards.map((card) => card.tag))).toBeLessThanOrEqual(clock.tag)
  const order = await store.db.selectFrom('changes').select(['id', 'tag']).orderBy('id').execute()
  for (const [index, { tag: own }] of order.entries()) expect(own).toBeGreaterThanOrEqual(order[index - 1]?.tag ?? 0)
  const list = await listOf(server.url, 'device-0', tag)
  if (list !== undefined) seen.push(Number(list.lastUpdated))
  expect(seen.length).toBeGreaterThan(0)
  expect(seen.every((value, index) => value > (seen[index - 1] ?? 0))).toBe(true)
  expect(await server.kill('SIGTERM')).toBe(0)
}, 180_000)

test('two servers and an update from a third process: no phone misses an update', async () => {
  const launch = await copy('two')
  const store = await openCards(launch)
  const servers = [await startServe(launch), await startServe(launch)]
  onTestFinished(() => servers.forEach(({ child }) => void child.kill('SIGKILL')))
  const tokens = new Map(
    (await store.db.selectFrom('cards').select(['serial', 'token']).execute()).map(({ serial, token }) => [
      serial,
      token,
    ]),
  )
  const serverOf = (turn: number): string => (servers[turn % 2] as ServeProcess).url
  const authorization = (serial: string) => ({ Authorization: `ApplePass ${tokens.get(serial)}` })

  /** As a phone: keeps the tag it was given, the passes it fetched and when they were modified. */
  const phones = Array.from({ length: 60 }, (_, index) => ({
    device: `phone-${index}`,
    serials: Array.from({ length: 5 }, (_unused, card) => serialOf((index * 5 + card) % 200)),
    tag: undefined as string | undefined,
    passes: new Map<string, { modified: string; balance: number }>(),
    turn: index,
  }))
  type Phone = (typeof phones)[number]
  const fetchPass = async (phone: Phone, serial: string): Promise<void> => {
    const known = phone.passes.get(serial)
    const response = await fetch(`${serverOf(phone.turn++)}/v1/passes/${PASS_TYPE}/${serial}`, {
      headers: { ...authorization(serial), ...(known ? { 'If-Modified-Since': known.modified } : {}) },
    })
    if (response.status === 304) return
    expect(response.status).toBe(200)
    const files = await unzip(Buffer.from(await response.arrayBuffer()))
    const fields = JSON.parse(String(files.get('pass.json'))).storeCard
    const balance = Object.values(fields as Record<string, { key: string; value: number }[]>)
      .flat()
      .find(({ key }) => key === 'balance')?.value
    phone.passes.set(serial, { modified: response.headers.get('last-modified') ?? '', balance: balance ?? Number.NaN })
  }
  const poll = async (phone: Phone): Promise<void> => {
    const list = await listOf(serverOf(phone.turn++), phone.device, phone.tag)
    if (list === undefined) return
    if (phone.tag !== undefined) expect(Number(list.lastUpdated)).toBeGreaterThan(Number(phone.tag))
    for (const serial of list.serialNumbers) await fetchPass(phone, serial)
    phone.tag = list.lastUpdated
  }
  await inParallel(phones, 8, async (phone) => {
    for (const serial of phone.serials) {
      await fetchPass(phone, serial)
      const response = await fetch(
        `${serverOf(phone.turn++)}/v1/devices/${phone.device}/registrations/${PASS_TYPE}/${serial}`,
        {
          method: 'POST',
          headers: authorization(serial),
          body: JSON.stringify({ pushToken: phone.device }),
        },
      )
      expect(response.status).toBe(201)
    }
  })

  let going = true
  const updates = (async () => {
    for (let round = 1; round <= 5; round++) {
      await writeFile(
        join(launch, `round-${round}.csv`),
        `serial,balance\n${rows((index) => round * 100_000 + index)}\n`,
      )
      expect(await update(launch, `round-${round}.csv`).ended).toEqual([0, null])
    }
    going = false
  })()
  let polls = 0
  const polling = Promise.all(
    phones.map(async (phone) => {
      while (going) {
        await poll(phone)
        polls++
        await sleep(Math.random() * 20)
      }
    }),
  )
  await Promise.all([updates, polling])
  await inParallel(phones, 8, poll)

  const missed = phones.flatMap(({ device, passes, serials }) =>
    serials.flatMap((serial) => {
      const wanted = 500_000 + Number(serial.slice(2))
      return passes.get(serial)?.balance === wanted ? [] : [`${device} ${serial} ${passes.get(serial)?.balance}`]
    }),
  )
  expect(missed).toEqual([])
  expect(polls).toBeGreaterThan(phones.length * 2)
  for (const server of servers) expect(await server.kill('SIGTERM')).toBe(0)
}, 180_000)

test('a request under way is answered before the server ends, and a new connection is not taken', async () => {
  const launch = await copy('graceful')
  const server = await startServe(launch)
  onTestFinished(() => void server.child.kill('SIGKILL'))
  const { token } = await (await openCards(launch)).db
    .selectFrom('cards')
    .select('token')
    .where('serial', '=', 'S-1')
    .executeTakeFirstOrThrow()
  // The first pass takes a while: the design is read and compiled.
  const underway = fetch(`${server.url}/v1/passes/${PASS_TYPE}/S-1`, {
    headers: { Authorization: `ApplePass ${token}` },
  })
  await sleep(5)
  const ended = server.kill('SIGTERM')
  expect((await underway).status).toBe(200)
  expect(await ended).toBe(0)
  await expect(fetch(`${server.url}/health`)).rejects.toThrow()
})
