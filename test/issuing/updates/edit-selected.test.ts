import { beforeAll, expect, test } from 'vitest'
import { editSelected, previewSelected, type SelectedEdit } from '../../../src/issuing/updates/edit-selected.js'
import { openStore } from '../../../src/store/index.js'
import { BONUS, workbench } from '../workbench.js'
import { depsOf } from './run-update.js'

const bench = await workbench('edit-selected')
const CARDS = 1100

beforeAll(async () => {
  await bench.design('bonus', BONUS)
  await bench.table('members.csv', [
    ['serial', 'name', 'balance', 'locale'],
    ...Array.from({ length: CARDS }, (_, index) => [`S-${index}`, 'Ann', index, index === 1000 ? 'de' : 'en']),
  ])
  await bench.issue('members.csv')
})

const all = (values: Record<string, string>): SelectedEdit => ({
  selection: { design: 'bonus' },
  values: new Map(Object.entries(values)),
  edit: {},
})
const author = { actor: 'tester', source: 'update' }

test('what one card of many cannot take is found before any of them is changed', async () => {
  const before = await bench.cards()
  await expect(previewSelected(all({ balance: '12,34,5' }), depsOf(bench))).rejects.toMatchObject({
    code: 'VALUE_INVALID',
  })
  await expect(previewSelected(all({ points: '1' }), depsOf(bench))).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
  expect(await bench.cards()).toEqual(before)
})

test('each card takes the value as its language has it; page by page each page has a tag', async () => {
  const result = await editSelected(all({ balance: '1.250' }), { ...depsOf(bench), author })
  expect(result).toMatchObject({ changed: CARDS, unchanged: 0 })
  const cards = [...(await bench.cards()).values()]
  const values = new Map(cards.map(({ serial, field_values: text }) => [serial, JSON.parse(text).balance]))
  expect(values.get('S-1000')).toBe(1250)
  expect(values.get('S-1')).toBe(1.25)
  expect(new Set(cards.map(({ tag }) => tag)).size).toBe(Math.ceil(CARDS / 500))
  const again = await editSelected(all({ balance: '1.250' }), { ...depsOf(bench), author })
  expect(again).toMatchObject({ changed: 0, unchanged: CARDS })
  expect([...(await bench.cards()).values()]).toEqual(cards)
})

test('changes of one card from several processes meet, and none is lost', async () => {
  const one = (values: Record<string, string>): SelectedEdit => ({ ...all(values), selection: { serials: ['S-7'] } })
  const second = await openStore({ dialect: 'sqlite', file: bench.store.where })
  try {
    const [here, there] = [depsOf(bench), { ...depsOf(bench), store: second }]
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        editSelected(one({ balance: String(round + 10) }), { ...here, author }),
        editSelected(one({ level: round % 2 === 0 ? 'Gold' : 'Platinum' }), { ...there, author }),
      ])
    }
  } finally {
    await second.close()
  }
  const card = (await bench.cards()).get('S-7')
  expect(JSON.parse(card?.field_values ?? '')).toMatchObject({ balance: 19, level: 'Platinum' })
  const changes = await bench.store.db
    .selectFrom('changes')
    .select(['tag', 'at'])
    .where('card_id', '=', card?.id ?? 0)
    .orderBy('tag')
    .execute()
  expect(changes).toHaveLength(21)
  expect(new Set(changes.map(({ tag }) => tag)).size).toBe(21)
  const seconds = changes.map(({ at }) => Math.floor(at / 1000))
  expect(seconds).toEqual([...new Set(seconds)].sort((a, b) => a - b))
})
