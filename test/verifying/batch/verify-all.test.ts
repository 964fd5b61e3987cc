import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { listSources } from '../../../src/verifying/batch/list-sources.js'
import type { PassSource } from '../../../src/verifying/batch/pass-source.js'
import { verifyAll } from '../../../src/verifying/batch/verify-all.js'
import { verifySource } from '../../../src/verifying/batch/verify-source.js'
import type { PassReport } from '../../../src/verifying/types.js'
import { temporaryFolder, writeSet } from '../../signing/certs/material.js'
import { tempDir } from '../../support/temp-dir.js'
import { makePass } from '../make-pass.js'

const odd = new URL('./workers/odd-worker.ts', import.meta.url)
const noStdin = (async function* () {})()
const dir = await tempDir('verify-all')
let trust: Uint8Array[]

beforeAll(async () => {
  const folder = await temporaryFolder()
  const { made } = await writeSet(folder)
  trust = [made.intermediate]
  await writeFile(join(dir, 'good.pkpass'), await makePass(folder))
  await writeFile(join(dir, 'bad.pkpass'), await makePass(folder, { tamper: { 'icon.png': 'another' } }))
  await writeFile(join(dir, 'draft.pkpass'), await makePass(folder, { sign: false }))
  await folder.remove()
})

const options = () => ({ trust, now: Date.now(), content: false })
const sourcesOf = (...names: string[]) => listSources(names, { cwd: dir, fetch, stdin: noStdin })
const flat = async (batches: AsyncIterable<readonly PassReport[]>): Promise<PassReport[]> => {
  const all: PassReport[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}

async function* named(names: readonly string[]): AsyncGenerator<PassSource> {
  for (const file of names) yield { kind: 'file', file, path: join(dir, 'good.pkpass') }
}
const many = (count: number, other: Readonly<Record<number, string>> = {}): string[] =>
  Array.from({ length: count }, (_, index) => other[index] ?? `${index}.pkpass`)

describe('many passes', () => {
  test('300 in a folder get what each gets alone, in the order of their names', async () => {
    await mkdir(join(dir, 'many'))
    const kinds = ['good', 'good', 'bad', 'good', 'draft']
    const names = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(3, '0')}.pkpass`)
    for (const [index, name] of names.entries()) {
      await copyFile(join(dir, `${kinds[index % kinds.length]}.pkpass`), join(dir, 'many', name))
    }
    await writeFile(join(dir, 'many', '150.pkpass'), 'no archive')
    const together = await flat(verifyAll(sourcesOf('many'), { ...options(), workers: 3 }))
    expect(together.map(({ file }) => file)).toEqual(names.map((name) => `many/${name}`))
    const { now, ...same } = options()
    const alone: PassReport[] = []
    for (const name of names) {
      const path = join(dir, 'many', name)
      alone.push(...(await verifySource({ kind: 'file', file: `many/${name}`, path }, { ...same, now })))
    }
    expect(together).toEqual(alone)
    expect(together[150]?.verdict).toBe('broken')
    expect(new Set(together.map(({ verdict }) => verdict))).toEqual(new Set(['valid', 'invalid', 'unsigned', 'broken']))
  })

  test('one thread is enough, and none is needed for a few', async () => {
    const names = many(40)
    for (const workers of [1, 2]) {
      const reports = await flat(verifyAll(named(names), { ...options(), workers }))
      expect(reports.map(({ file }) => file)).toEqual(names)
    }
    const nowhere = new URL('./workers/there-is-none.ts', import.meta.url)
    const few = await flat(verifyAll(named(many(3)), { ...options(), workers: 2, module: nowhere }))
    expect(few.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid'])
  })
})

describe('hostile passes', () => {
  test('one that kills the thread is reported, and the others are verified', async () => {
    const names = many(60, { 20: 'dies.pkpass' })
    const reports = await flat(verifyAll(named(names), { ...options(), workers: 2, module: odd }))
    expect(reports.map(({ file }) => file)).toEqual(names)
    expect(reports.filter(({ verdict }) => verdict !== 'valid')).toEqual([
      expect.objectContaining({
        file: 'dies.pkpass',
        verdict: 'broken',
        sentence: expect.stringContaining('it could not be verified, since a worker thread failed'),
      }),
    ])
  })

  test('one that never ends is given up after a while', async () => {
    const names = many(40, { 5: 'hangs.pkpass' })
    const reports = await flat(verifyAll(named(names), { ...options(), workers: 2, module: odd, limit: 4000 }))
    expect(reports.map(({ file }) => file)).toEqual(names)
    expect(reports.filter(({ verdict }) => verdict !== 'valid')).toEqual([
      expect.objectContaining({ file: 'hangs.pkpass', sentence: expect.stringContaining('longer than 4 s') }),
    ])
  })
})

describe('being interrupted', () => {
  test('ends with what was verified until then', async () => {
    const stop = new AbortController()
    const names = many(2000)
    const seen: string[] = []
    for await (const batch of verifyAll(named(names), { ...options(), workers: 2, signal: stop.signal })) {
      seen.push(...batch.map(({ file }) => file))
      if (seen.length >= 50) stop.abort()
    }
    expect(seen.length).toBeGreaterThanOrEqual(50)
    expect(seen.length).toBeLessThan(2000)
    expect(seen).toEqual(names.slice(0, seen.length))
  })

  test('does not wait for a pass that never ends, or for a pipe that never says anything', async () => {
    const stop = new AbortController()
    const begun = performance.now()
    setTimeout(() => stop.abort(), 1000)
    const hanging = many(40, { 0: 'hangs.pkpass' })
    await flat(verifyAll(named(hanging), { ...options(), workers: 2, module: odd, signal: stop.signal }))
    async function* silent(): AsyncGenerator<PassSource> {
      await new Promise(() => {})
    }
    expect(await flat(verifyAll(silent(), { ...options(), workers: 2, signal: stop.signal }))).toEqual([])
    expect(performance.now() - begun).toBeLessThan(10_000)
  })
})

test('a file that cannot be read is reported', async () => {
  const path = join(dir, 'gone.pkpass')
  expect(await verifySource({ kind: 'file', file: 'gone.pkpass', path }, options())).toEqual([
    expect.objectContaining({ verdict: 'broken', sentence: expect.stringContaining('ENOENT') }),
  ])
  const source: PassSource = { kind: 'unreadable', file: 'cards', reason: 'EACCES: permission denied' }
  expect(await verifySource(source, options())).toEqual([
    expect.objectContaining({ verdict: 'broken', sentence: expect.stringContaining('EACCES: permission denied') }),
  ])
})
