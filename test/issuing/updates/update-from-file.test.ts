import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { BONUS, EVERY_TYPE, NOW, workbench } from '../workbench.js'
import { runPreview, runUpdate } from './run-update.js'

const bench = await workbench('update-file')

beforeAll(async () => {
  await bench.design('bonus', `${BONUS}  mail: {type: text, column: E-Mail}\n`)
  await bench.design('every', EVERY_TYPE)
})

/** Issues cards of their own for one test. */
async function cardsOf(prefix: string, count: number): Promise<string[]> {
  const serials = Array.from({ length: count }, (_, index) => `${prefix}-${index}`)
  await bench.table(`${prefix}.members.csv`, [
    ['serial', 'name', 'balance'],
    ...serials.map((serial) => [serial, 'Ann', 0]),
  ])
  await bench.issue(`${prefix}.members.csv`)
  return serials
}

async function card(serial: string) {
  const found = (await bench.cards()).get(serial)
  if (found === undefined) throw new Error(`no card ${serial}`)
  return { ...found, values: JSON.parse(found.field_values), extras: JSON.parse(found.extras ?? '{}') }
}

const changesOf = (id: number) =>
  bench.store.db.selectFrom('changes').selectAll().where('card_id', '=', id).orderBy('id').execute()

test('every kind of column changes the card, is recorded, and done again changes nothing', async () => {
  await cardsOf('all', 2)
  const before = await card('all-0')
  await bench.table('all.csv', [
    [
      'Serial',
      'BALANCE',
      'e-mail',
      'expires',
      'voided',
      'locale',
      'barcode',
      'sharing',
      'location_text',
      'beacon_text',
    ],
    ['all-0', 7, 'a@b.example', '2099-01-31', 'yes', 'ru', 'B-1', 'off', 'Near', 'Here'],
    ['all-1', '', '', '', '', '', '', '', '', ''],
  ])
  const { summary, items } = await runUpdate(bench, 'all.csv', { items: true })
  expect(summary).toMatchObject({ rows: 2, changed: 1, unchanged: 1, rejected: 0, rejectedFile: null, resumed: false })
  expect(items).toEqual([
    { serial: 'all-0', line: 2, outcome: 'changed' },
    { serial: 'all-1', line: 3, outcome: 'unchanged' },
  ])
  const after = await card('all-0')
  expect(after).toMatchObject({
    values: { name: 'Ann', balance: 7, mail: 'a@b.example' },
    expires_at: Date.parse('2099-01-31T23:59:59Z'),
    voided_at: NOW,
    locale: 'ru',
    barcode: 'B-1',
    extras: { sharing: false, locationText: 'Near', beaconText: 'Here' },
    revision: 2,
    token: before.token,
  })
  expect(after.tag).toBeGreaterThan(before.tag)
  const [change, ...more] = await changesOf(after.id)
  expect(more).toEqual([])
  expect(change).toMatchObject({ actor: 'tester', source: 'update', tag: after.tag, at: after.updated_at })
  expect(JSON.parse(change?.details ?? '').map(({ what }: { what: string }) => what)).toEqual([
    'balance',
    'mail',
    'barcode',
    'locale',
    'expires',
    'voided',
    'sharing',
    'locationText',
    'beaconText',
  ])

  const again = await runUpdate(bench, 'all.csv')
  expect(again.summary).toMatchObject({ changed: 0, unchanged: 2 })
  expect(await card('all-0')).toEqual(after)
  expect(await changesOf(after.id)).toHaveLength(1)
})

test('empty cells take away where that is asked for', async () => {
  await cardsOf('empty', 1)
  await bench.table('set.csv', [
    ['serial', 'E-Mail', 'expires', 'voided', 'sharing', 'barcode'],
    ['empty-0', 'a@b.example', '2099-01-31', 'yes', 'on', 'B-9'],
  ])
  await runUpdate(bench, 'set.csv')
  await bench.table('unset.csv', [
    ['serial', 'mail', 'expires', 'voided', 'sharing', 'barcode'],
    ['empty-0', '', '', '', '', ''],
  ])
  expect((await runUpdate(bench, 'unset.csv')).summary).toMatchObject({ unchanged: 1 })
  expect((await runUpdate(bench, 'unset.csv', { empty: 'clear' })).summary).toMatchObject({ changed: 1 })
  expect(await card('empty-0')).toMatchObject({
    values: { name: 'Ann', balance: 0, level: 'Silver' },
    expires_at: null,
    voided_at: null,
    extras: {},
    barcode: 'empty-0',
    revision: 3,
  })
  await bench.table('required.csv', [
    ['serial', 'name'],
    ['empty-0', ''],
  ])
  const { warnings } = await runUpdate(bench, 'required.csv', { empty: 'clear' })
  expect(warnings.map(({ message }) => message)).toEqual(['line 2: name is empty, but every card needs it'])
})

test('bad rows are told by line and reason, kept in a file, and the others are done', async () => {
  await cardsOf('bad', 3)
  await bench.write(
    'bad.csv',
    'serial;balance;points\nbad-0;1;\nbad-1;x;\nnobody;1;\n;1;\nbad-2;1;5\nbad-0;1\n"bad-0;1;\nbad-2;2;\n',
  )
  await bench.table('every.csv', [
    ['card', 'lang', 'name', 'points'],
    ['e-1', 'de', 'Eva', '1.000'],
  ])
  await bench.issue('every.csv', { design: 'every' })
  const { state, summary, warnings } = await runUpdate(bench, 'bad.csv')
  expect(state).toBe('done')
  expect(warnings.map(({ message }) => message)).toEqual([
    'line 3: balance "x" is not a number',
    'line 4: serial "nobody" is no card',
    'line 5: serial is empty',
    'line 6: points "5" has no place: the design "bonus" of the card has no such field',
    'line 7: the row has 2 columns, the header has 3',
    'line 8: the row has a quote that is not closed or not doubled',
  ])
  expect(summary).toMatchObject({ rows: 8, changed: 2, rejected: 6, rejectedFile: bench.path('bad.rejected.csv') })
  expect((await card('bad-2')).values.balance).toBe(2)
  const rejected = await bench.read('bad.rejected.csv')
  expect(rejected.split('\n')[0]).toBe('serial;balance;points;tessera_error')
  expect(rejected.split('\n')).toHaveLength(8)
  // The file is itself input: mended, it goes through.
  await bench.write('mended.csv', rejected.replace('bad-1;x', 'bad-1;9'))
  expect((await runUpdate(bench, 'mended.csv')).summary).toMatchObject({ changed: 1, rejected: 5 })
  expect((await card('bad-1')).values.balance).toBe(9)
  // Values are read in the language of the card.
  await bench.table('german.csv', [
    ['card', 'points'],
    ['e-1', '2.500'],
  ])
  await runUpdate(bench, 'german.csv')
  expect((await card('e-1')).values.points).toBe(2500)
})

describe('a header that fits no design', () => {
  test.each([
    ['balance\n1\n', 'there is no column "serial"'],
    ['serail,balance\n1,1\n', 'there is no column "serial" (is it "serail"?)'],
    ['serial,balanse\n1,1\n', 'no design has a field for the column "balanse" (did you mean "balance"?)'],
    ['serial,balance,Balance\n1,1,1\n', 'the column "Balance" is there more than once'],
    ['serial,mail,e-mail\n1,1,1\n', 'the columns "mail" and "e-mail" both feed the field "mail" of the design "bonus"'],
  ])('%j', async (text, problem) => {
    await bench.write('header.csv', text)
    await expect(runUpdate(bench, 'header.csv')).rejects.toMatchObject({
      code: 'CSV_HEADER',
      message: expect.stringContaining(problem),
    })
  })

  test('columns without a name and the reasons of before are passed over', async () => {
    await cardsOf('idle', 1)
    await bench.write('idle.csv', 'serial,balance,,tessera_error\nidle-0,4,,was wrong\n')
    expect((await runUpdate(bench, 'idle.csv')).summary).toMatchObject({ changed: 1, rejected: 0 })
  })
})

test('rows of one card follow one another; it changes once, or not at all', async () => {
  await cardsOf('chain', 2)
  await bench.table('chain.csv', [
    ['serial', 'balance', 'level'],
    ['chain-0', 5, ''],
    ['chain-1', 5, ''],
    ['chain-0', '', 'Gold'],
    ['chain-1', 0, ''],
  ])
  const { summary } = await runUpdate(bench, 'chain.csv')
  expect(summary).toMatchObject({ rows: 4, changed: 4, unchanged: 0 })
  expect(await card('chain-0')).toMatchObject({ revision: 2, values: { balance: 5, level: 'Gold' } })
  expect(await card('chain-1')).toMatchObject({ revision: 1, values: { balance: 0 } })
})

test('a preview says what a run then does, and writes nothing', async () => {
  await cardsOf('look', 130)
  await bench.table('look.csv', [
    ['serial', 'name', 'balance'],
    ...Array.from({ length: 130 }, (_, index) => [`look-${index}`, index < 20 ? 'Ann' : 'Eve', index < 10 ? 0 : '']),
    ['nobody', 'Eve', 1],
  ])
  const before = await bench.cards()
  const preview = await runPreview(bench, 'look.csv')
  expect(await bench.cards()).toEqual(before)
  expect(existsSync(bench.path('look.rejected.csv'))).toBe(false)
  expect(preview).toMatchObject({ dryRun: true, rows: 131, rejected: 1, changed: 110, unchanged: 20 })
  expect(preview.cards).toHaveLength(100)
  expect(preview.cards[0]).toMatchObject({
    serial: 'look-20',
    holder: [{ kind: 'front', field: 'name', before: 'Name: Ann', after: 'Name: Eve' }],
    silent: [{ field: 'name', reason: 'no-change-message' }],
  })
  expect(preview.problems).toMatchObject([{ line: 132, text: 'serial "nobody" is no card' }])
  const { summary } = await runUpdate(bench, 'look.csv')
  expect(summary).toMatchObject({ changed: 110, unchanged: 20, rejected: 1 })
  expect(summary.silent).toEqual(preview.silent)
  expect(summary.silent).toEqual({
    cards: 110,
    withoutValues: 0,
    fields: [{ design: 'bonus', field: 'name', cards: 110 }],
  })
})

test('stopped on request, the same command continues where it was', async () => {
  await cardsOf('stop', 1200)
  await bench.table('stop.csv', [
    ['serial', 'balance'],
    ...Array.from({ length: 1200 }, (_, index) => [`stop-${index}`, index === 10 ? 'x' : 3]),
  ])
  const stop = new AbortController()
  const onEvent = ({ type }: { type: string }): void => {
    if (type === 'progress') stop.abort()
  }
  const first = await runUpdate(bench, 'stop.csv', { signal: stop.signal, onEvent })
  expect(first).toMatchObject({ state: 'stopped', summary: { rejectedFile: null } })
  expect(first.summary.rows).toBeGreaterThan(0)
  expect(first.summary.rows).toBeLessThan(1200)
  const second = await runUpdate(bench, 'stop.csv')
  expect(second).toMatchObject({
    state: 'done',
    summary: { rows: 1200, changed: 1199, unchanged: 0, rejected: 1, resumed: true, job: first.summary.job },
  })
  expect(await bench.read('stop.rejected.csv')).toMatch(/^serial,balance,tessera_error\nstop-10,x,[^\n]+\n$/)
  const cards = [...(await bench.cards()).values()].filter(({ serial }) => serial.startsWith('stop-'))
  expect(cards.filter(({ revision }) => revision !== 2).map(({ serial }) => serial)).toEqual(['stop-10'])
})

test('two runs on one launch do not meet', async () => {
  const lock = await bench.store.lock('cards', 'somebody else')
  expect(lock.held).toBe(true)
  await expect(runUpdate(bench, 'stop.csv')).rejects.toMatchObject({ code: 'JOB_RUNNING' })
  if (lock.held) lock.release()
})

test('any changes, split into files in any way, lead to the same cards, and their tags and times only move on', async () => {
  const serials = await cardsOf('any', 3)
  const cell = fc.constantFrom('', '1', '2', '3')
  const row = fc.record({
    serial: fc.constantFrom(...serials),
    balance: cell,
    level: fc.constantFrom('', 'Silver', 'Gold'),
    voided: fc.constantFrom('', 'yes', 'no'),
  })
  const files = fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 })
  let number = 0
  await fc.assert(
    fc.asyncProperty(files, async (split) => {
      const model = new Map<string, Record<string, unknown>>()
      for (const serial of serials) {
        const { values, voided_at: voided } = await card(serial)
        model.set(serial, { balance: values.balance, level: values.level, voided: voided !== null })
      }
      for (const rows of split) {
        const before = await bench.cards()
        const wanted = new Map(model)
        for (const { serial, balance, level, voided } of rows) {
          const next = { ...wanted.get(serial) }
          if (balance !== '') next.balance = Number(balance)
          if (level !== '') next.level = level
          if (voided !== '') next.voided = voided === 'yes'
          wanted.set(serial, next)
        }
        const name = `any-${number++}.csv`
        const cells = rows.map(({ serial, balance, level, voided }) => [serial, balance, level, voided])
        await bench.table(name, [['serial', 'balance', 'level', 'voided'], ...cells])
        await runUpdate(bench, name)
        const after = await bench.cards()
        for (const serial of serials) {
          const [was, is] = [before.get(serial), after.get(serial)]
          if (was === undefined || is === undefined) throw new Error('cards do not go')
          const { balance, level } = JSON.parse(is.field_values)
          expect({ balance, level, voided: is.voided_at !== null }).toEqual(wanted.get(serial))
          const changed = JSON.stringify(wanted.get(serial)) !== JSON.stringify(model.get(serial))
          if (changed) {
            expect(is.tag).toBeGreaterThan(was.tag)
            expect(Math.floor(is.updated_at / 1000)).toBeGreaterThan(Math.floor(was.updated_at / 1000))
            expect(is.revision).toBe(was.revision + 1)
          } else expect(is).toEqual(was)
        }
        for (const [serial, state] of wanted) model.set(serial, state)
      }
    }),
    { numRuns: 20 },
  )
})
