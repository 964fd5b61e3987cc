import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { followLogs } from '../../src/app/device-logs.js'
import type { Launch } from '../../src/app/launch.js'
import { createDeviceLogs } from '../../src/delivery/device-logs.js'
import { openStore } from '../../src/store/index.js'
import { tempDir } from '../support/temp-dir.js'

const dir = await tempDir('device-logs')
let number = 0

async function opened() {
  const store = await openStore({ dialect: 'sqlite', file: join(dir, `${++number}.db`) })
  onTestFinished(() => store.close())
  const launch = { store: async () => store, now: () => new Date() } as unknown as Launch
  const logs = createDeviceLogs(store)
  const add = (from: number, count: number): Promise<void> => {
    const messages = Array.from({ length: count }, (_, index) => `message ${from + index}`)
    return logs.add(messages, { platform: 'apple', now: Date.now() })
  }
  return { launch, store, logs, add }
}

test.each([
  0, 3,
])('following shows all that comes, also more at once than are shown at first (%i before)', async (before) => {
  const { launch, add } = await opened()
  await add(0, before)
  const ending = new AbortController()
  const shown: string[] = []
  const following = (async () => {
    for await (const { message } of followLogs(launch, { limit: 5, signal: ending.signal })) {
      shown.push(message)
      if (shown.length === before + 90) ending.abort()
    }
  })()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await add(before, 90)
  await Promise.race([following, new Promise((resolve) => setTimeout(resolve, 3000))])
  ending.abort()
  await following
  expect(shown).toEqual(Array.from({ length: before + 90 }, (_, index) => `message ${index}`))
})

test('without following there are the newest', async () => {
  const { launch, add } = await opened()
  await add(0, 20)
  const shown: string[] = []
  for await (const { message } of followLogs(launch, { limit: 3 })) shown.push(message)
  expect(shown).toEqual(['message 17', 'message 18', 'message 19'])
})

test('messages that are made to be slow to read are not', async () => {
  const { store, logs } = await opened()
  const hostile = `${'serial number '.repeat(10)}${' '.repeat(3800)}x`
  const begun = performance.now()
  await logs.add(Array<string>(100).fill(hostile), { platform: undefined, now: 0 })
  expect(performance.now() - begun).toBeLessThan(250)
  await logs.add(['(pass type x, serial number  A 1 ; y)', 'serial number ;', 'serial number 7'], {
    platform: undefined,
    now: 1,
  })
  const rows = await store.db.selectFrom('device_logs').select('serial').where('at', '=', 1).orderBy('id').execute()
  expect(rows.map(({ serial }) => serial)).toEqual(['A 1', null, null])
})
