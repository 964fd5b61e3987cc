import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginChange, changeAll, openStore } from '../../src/store/index.js'
import { tempDir } from '../support/temp-dir.js'

const dir = await tempDir('clock')
let files = 0
const open = async () => openStore({ dialect: 'sqlite', file: join(dir, `${files++}.db`) })

/** What happens to a card, and what the clock of the machine says then, in ms after a moment. */
const step = fc.record({
  what: fc.constantFrom('card-0', 'card-1', 'all'),
  // Clocks stand still, are set back, and jump.
  clock: fc.integer({ min: -5000, max: 5000 }),
})

describe('whatever the clock says', () => {
  test('tags strictly increase, and the second of a card differs from all that it had before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const store = await open()
        const base = 1_800_000_000_000
        // As cards are issued.
        await store.write(async (trx) => void (await beginChange(trx, base)))
        const cards = new Map([
          ['card-0', { tag: 0, at: base }],
          ['card-1', { tag: 0, at: base }],
        ])
        const all = { tag: 0, at: 0 }
        const seen = new Map([...cards.keys()].map((name) => [name, [Math.floor(base / 1000)]]))
        let last = 1
        for (const { what, clock } of steps) {
          const now = base + clock
          await store.write(async (trx) => {
            const card = cards.get(what)
            if (card === undefined) {
              Object.assign(all, await changeAll(trx, now))
              expect(all.tag).toBeGreaterThan(last)
              last = all.tag
            } else {
              const change = await beginChange(trx, now)
              expect(change.tag).toBeGreaterThan(last)
              last = change.tag
              Object.assign(card, { tag: change.tag, at: change.stamp(card.at) })
              await change.done()
            }
          })
          for (const [name, card] of cards) {
            if (what !== 'all' && what !== name) continue
            const second = Math.floor(Math.max(card.at, all.at) / 1000)
            const before = seen.get(name) ?? []
            expect(second).toBeGreaterThan(before.at(-1) ?? 0)
            before.push(second)
          }
        }
        await store.close()
      }),
      { numRuns: 40 },
    )
  })
})

test('a change that fails takes its tag back with it', async () => {
  const store = await open()
  const failed = store.write(async (trx) => {
    await beginChange(trx, 1000)
    throw new RangeError('no')
  })
  await expect(failed).rejects.toThrow('no')
  const { tag } = await store.write((trx) => beginChange(trx, 2000))
  expect(tag).toBe(1)
  await store.close()
})

test('a transaction of another connection is waited for without standing still', async () => {
  const file = join(dir, 'shared.db')
  const [one, two] = [await openStore({ dialect: 'sqlite', file }), await openStore({ dialect: 'sqlite', file })]
  let turns = 0
  const turning = setInterval(() => turns++, 5)
  const { promise, resolve: release } = Promise.withResolvers<void>()
  const held = one.write(() => promise)
  const waiting = two.write((trx) => beginChange(trx, 1))
  await new Promise((resolve) => setTimeout(resolve, 300))
  // Reading does not wait.
  expect(await two.db.selectFrom('clock').select('tag').executeTakeFirst()).toEqual({ tag: 0 })
  release()
  await held
  expect((await waiting).tag).toBe(1)
  clearInterval(turning)
  expect(turns).toBeGreaterThan(15)
  await Promise.all([one.close(), two.close()])
})
