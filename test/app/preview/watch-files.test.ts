import { cp, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { markFiles } from '../../../src/app/preview/file-marks.js'
import { watchFiles } from '../../../src/app/preview/watch-files.js'
import { tempDir } from '../../support/temp-dir.js'

const temp = await tempDir('watch')
let count = 0
let dir = ''

beforeEach(async () => {
  dir = join(temp, `${count++}`, 'bonus.pkpasstemplate')
  await mkdir(join(dir, 'en.lproj'), { recursive: true })
  await writeFile(join(dir, 'pass.json'), '{}')
  await writeFile(join(dir, 'en.lproj', 'pass.strings'), '')
})

/** Counts what is told; `next` waits for one more, at most that many milliseconds. */
function follow(options: { files?: string[]; rescan?: number } = {}) {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const { files = [], rescan = 60_000 } = options
  const events = watchFiles({ folders: [dir], files }, { signal: stop.signal, rescan })
  let pending: Promise<IteratorResult<void>> | undefined
  const next = async (milliseconds = 3000): Promise<'told' | 'ended' | 'nothing'> => {
    pending ??= events.next()
    const result = await Promise.race([pending, sleep(milliseconds)])
    if (result === undefined) return 'nothing'
    pending = undefined
    return result.done === true ? 'ended' : 'told'
  }
  return { next, stop }
}

test('the state at the beginning is told at once, a change soon after it', async () => {
  const { next } = follow()
  expect(await next()).toBe('told')
  expect(await next(150)).toBe('nothing')
  const begun = performance.now()
  await writeFile(join(dir, 'pass.json'), '{"a":1}')
  expect(await next()).toBe('told')
  expect(performance.now() - begun).toBeLessThan(5000)
})

test('two changes while the last one is being dealt with are told as one', async () => {
  const { next } = follow()
  await next()
  await writeFile(join(dir, 'pass.json'), '{"a":1}')
  await sleep(20)
  await writeFile(join(dir, 'icon.png'), 'x')
  expect(await next()).toBe('told')
  expect(await next(400)).toBe('nothing')
})

test('a file that is put in place of another by an editor is a change, in folders of languages too', async () => {
  const { next } = follow()
  await next()
  const path = join(dir, 'en.lproj', 'pass.strings')
  await writeFile(`${path}.tmp`, '"a" = "b";')
  await rename(`${path}.tmp`, path)
  expect(await next()).toBe('told')
})

test('a new language is watched from then on', async () => {
  const { next } = follow()
  await next()
  await mkdir(join(dir, 'ru.lproj'))
  expect(await next()).toBe('told')
  await writeFile(join(dir, 'ru.lproj', 'pass.strings'), '"a" = "b";')
  expect(await next()).toBe('told')
  await writeFile(join(dir, 'ru.lproj', 'pass.strings'), '"a" = "c";')
  expect(await next()).toBe('told')
})

test('a folder that is renamed and comes back is followed', async () => {
  const { next } = follow()
  await next()
  await rename(dir, `${dir}.away`)
  expect(await next()).toBe('told')
  await cp(`${dir}.away`, dir, { recursive: true })
  expect(await next()).toBe('told')
  await writeFile(join(dir, 'pass.json'), '{"back":1}')
  expect(await next()).toBe('told')
})

test('a single file outside of the folder counts, also while it is not there', async () => {
  const file = join(dir, '..', 'tessera.yaml')
  const { next } = follow({ files: [file] })
  await next()
  await writeFile(file, 'version: 1')
  expect(await next()).toBe('told')
  await rm(file)
  expect(await next()).toBe('told')
})

test('dot files, back-up files and files beside the design count for nothing', async () => {
  const { next } = follow()
  await next()
  await writeFile(join(dir, '.pass.json.swp'), 'x')
  await writeFile(join(dir, 'pass.json~'), 'x')
  await writeFile(join(dir, '..', 'bonus.png'), 'x')
  expect(await next(400)).toBe('nothing')
})

test('what the operating system does not tell is found by looking', async () => {
  // The folder that would have to be watched is made only later, two levels deep.
  await rm(join(dir, '..'), { recursive: true })
  const { next } = follow({ rescan: 100 })
  await next()
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'pass.json'), '{"late":1}')
  expect(await next()).toBe('told')
})

test('an abort ends the watching, also in the middle of waiting', async () => {
  const { next, stop } = follow()
  await next()
  setTimeout(() => stop.abort(), 50)
  expect(await next()).toBe('ended')
})

test('marks differ for a file of the same name, size and age', async () => {
  const watched = { folders: [dir], files: [] }
  const path = join(dir, 'pass.json')
  const time = new Date('2027-01-01')
  await utimes(path, time, time)
  const before = await markFiles(watched)
  await writeFile(`${path}.new`, '[]')
  await utimes(`${path}.new`, time, time)
  await rename(`${path}.new`, path)
  expect((await markFiles(watched)).text).not.toBe(before.text)
})
