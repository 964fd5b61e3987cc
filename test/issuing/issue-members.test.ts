import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { createLinkCodes } from '../../src/cards/links/link-code.js'
import { cardPath } from '../../src/issuing/serials.js'
import { unzip } from '../support/open-pass.js'
import { BONUS, SERVICE, workbench } from './workbench.js'

const bench = await workbench('issue')
const KEYED = BONUS.replace('fields:', 'serial: {column: card}\nfields:')
await bench.design('bonus', KEYED)
await bench.design('other', KEYED)
await bench.design('derived', BONUS)
const HEADER = ['card', 'name', 'balance', 'level']

let number = 0
/** A file of its own for each test. */
async function members(rows: readonly (readonly unknown[])[], header: readonly string[] = HEADER): Promise<string> {
  const name = `members-${++number}.csv`
  await bench.table(name, [header, ...rows])
  return name
}

const card = async (serial: string) => (await bench.cards()).get(serial)

async function passJson(
  dir: string,
  serial: string,
): Promise<Record<string, never> & { storeCard: { primaryFields: { value: unknown }[] } }> {
  const files = await unzip(join(bench.path(dir), cardPath(serial)))
  return JSON.parse(String(files.get('pass.json')))
}

async function leftovers(): Promise<string[]> {
  const all = await readdir(bench.dir, { recursive: true })
  return all.filter((name) => /\.(?:tmp|partial)$/.test(name))
}

describe('what a run tells', () => {
  test('starts with its job, ends with its summary, and only moves forward', async () => {
    const csv = await members(Array.from({ length: 1000 }, (_, index) => [`E${index}`, 'Ann', index, 'Gold']))
    const { events, summary, items } = await bench.issue(csv, { out: bench.path('events') })
    expect(events[0]).toEqual({ type: 'start', job: String(summary.job), kind: 'issue', unit: 'rows' })
    expect(events.at(-1)).toMatchObject({ type: 'summary', state: 'done' })
    expect(events.filter(({ type }) => type === 'summary')).toHaveLength(1)
    const progress = events.filter((event) => event.type === 'progress')
    expect(progress.length).toBeGreaterThan(3)
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).sort((a, b) => a - b))
    for (const { share = 0 } of progress) expect(share).toBeLessThanOrEqual(1)
    expect(items).toEqual([])
    expect(summary).toEqual({
      job: expect.any(Number),
      design: 'bonus',
      designVersion: 1,
      rows: 1000,
      issued: 1000,
      updated: 0,
      skipped: 0,
      rejected: 0,
      out: bench.path('events'),
      zip: null,
      links: null,
      rejectedFile: null,
      seconds: expect.any(Number),
      resumed: false,
    })
    expect(await leftovers()).toEqual([])
  })

  test('tells of each card when asked to', async () => {
    const csv = await members(
      [
        ['I1', 'Ann'],
        ['I2', ''],
        ['I3', 'Bob'],
        ['I1', 'Ann'],
      ],
      ['card', 'name'],
    )
    const { items } = await bench.issue(csv, { items: true })
    expect(items).toEqual([
      { serial: 'I1', line: 2, outcome: 'issued' },
      { serial: 'I3', line: 4, outcome: 'issued' },
    ])
    const again = await bench.issue(csv, { items: true, ifExists: 'update' })
    expect(again.items.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped'])
  })

  test('a header alone is no error', async () => {
    const { summary } = await bench.issue(await members([]), { zip: bench.path('none.zip') })
    expect(summary).toMatchObject({ rows: 0, issued: 0, rejectedFile: null })
    expect(await unzip(bench.path('none.zip'))).toEqual(new Map())
  })

  test('columns that do not fit end it before anything is written', async () => {
    const csv = await members([['a']], ['nmae'])
    await expect(bench.issue(csv, { out: bench.path('never') })).rejects.toMatchObject({ code: 'CSV_HEADER' })
    expect(existsSync(bench.path('never'))).toBe(false)
    expect(await leftovers()).toEqual([])
  })
})

describe('serials that have a card already', () => {
  test('skip leaves the card as it is', async () => {
    await bench.issue(await members([['K1', 'Ann', 5, 'Gold']]))
    const before = await card('K1')
    const { summary, warnings } = await bench.issue(
      await members([
        ['K1', 'Bea', 9, 'Silver'],
        ['K2', 'Cid', 1, ''],
      ]),
    )
    expect(summary).toMatchObject({ issued: 1, skipped: 1, updated: 0, rejected: 0 })
    expect(warnings).toEqual([])
    expect(await card('K1')).toEqual(before)
  })

  test('update changes what differs; the token never, the revision only when the holder sees it', async () => {
    await bench.issue(
      await members([
        ['U1', 'Ann', 5, 'Gold'],
        ['U2', 'Bob', 5, 'Gold'],
      ]),
    )
    const before = await bench.cards()
    const csv = await members([
      ['U1', 'Ann', 6, 'Gold'],
      ['U2', ' Bob ', '5.0', 'gold'],
      ['U3', 'Cid', 7, 'Gold'],
    ])
    const { summary } = await bench.issue(csv, { ifExists: 'update' })
    expect(summary).toMatchObject({ issued: 1, updated: 1, skipped: 1, rejected: 0 })
    const [old, now] = [before.get('U1'), await card('U1')]
    expect(now).toMatchObject({ token: old?.token, id: old?.id, revision: 2, created_at: old?.created_at })
    expect(JSON.parse(now?.field_values ?? '')).toEqual({ name: 'Ann', balance: 6, level: 'Gold' })
    expect(await card('U2')).toEqual(before.get('U2'))
    expect(await card('U3')).toMatchObject({ revision: 1 })
  })

  test('fail refuses the row, which goes to the rejected ones', async () => {
    await bench.issue(await members([['F1', 'Ann', 5, 'Gold']]))
    const csv = await members([
      ['F1', 'Bea', 9, 'Silver'],
      ['F2', 'Cid', 1, ''],
      ['F2', 'Dan', 1, ''],
    ])
    const { summary, warnings } = await bench.issue(csv, { ifExists: 'fail' })
    expect(summary).toMatchObject({ issued: 1, rejected: 2 })
    expect(warnings.map(({ message }) => message).sort()).toEqual([
      'line 2: serial "F1" was already issued',
      'line 4: serial "F2" is already on line 3',
    ])
    const rejected = parse(await readFile(summary.rejectedFile ?? ''), { columns: true }) as Record<string, string>[]
    expect(rejected.map(({ card: serial, tessera_error }) => `${serial} ${tessera_error}`).sort()).toEqual([
      'F1 serial "F1" was already issued',
      'F2 serial "F2" is already on line 3',
    ])
    expect(JSON.parse((await card('F1'))?.field_values ?? '')).toMatchObject({ name: 'Ann' })
  })

  test('a card of another design is never changed', async () => {
    await bench.issue(await members([['D1', 'Ann', 5, 'Gold']]), { design: 'other' })
    const before = await card('D1')
    const csv = await members([['D1', 'Bea', 9, 'Silver']])
    const { warnings, summary } = await bench.issue(csv, { ifExists: 'update' })
    expect(summary).toMatchObject({ updated: 0, rejected: 1 })
    expect(warnings[0]?.message).toBe('line 2: serial "D1" belongs to a card of another design')
    expect((await bench.preview(csv, { ifExists: 'update' })).problems[0]?.text).toBe(
      'serial "D1" belongs to a card of another design',
    )
    expect(await card('D1')).toEqual(before)
  })

  test('what --dry-run foresees happens', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => [`P${index % 250}`, index === 7 ? '' : 'Ann', index, 'Gold'])
    const half = await members(rows.slice(0, 100))
    const csv = await members(rows)
    for (const ifExists of ['skip', 'update', 'fail'] as const) {
      await bench.store.db.deleteFrom('cards').where('serial', 'like', 'P%').execute()
      await bench.issue(half)
      const preview = await bench.preview(csv, { ifExists })
      const { summary } = await bench.issue(csv, { ifExists })
      const { issued, updated, skipped, rejected } = preview
      expect({ issued, updated, skipped, rejected }).toEqual({
        issued: summary.issued,
        updated: summary.updated,
        skipped: summary.skipped,
        rejected: summary.rejected,
      })
    }
  })
})

test('rows of nothing but delimiters, as spreadsheets leave them below a table, are no rows', async () => {
  const csv = await members([
    ['BL1', 'Ann', 5, 'Gold'],
    ['', '', '', ''],
    ['', ' ', '', ''],
  ])
  expect((await bench.issue(csv, {})).summary).toMatchObject({ issued: 1, rejected: 0, rejectedFile: null })
})

describe('a serial on several lines of one file', () => {
  // Far apart and close together, so that the same card is in one batch, in neighbouring ones and in distant ones.
  const rows = Array.from({ length: 1500 }, (_, index) => {
    const again = [3, 257, 258, 300, 700, 1499].includes(index)
    return [again ? 'R-again' : `R${index}`, 'Ann', index, 'Gold']
  })

  test('with update the last one stands, in the store, in the folder, and once in the archive', async () => {
    const csv = await members(rows)
    const folder = await bench.issue(csv, { ifExists: 'update', out: bench.path('repeats') })
    expect(folder.summary).toMatchObject({ issued: 1495, updated: 0, skipped: 5 })
    expect(folder.warnings[0]?.message).toBe('line 5: serial "R-again" comes again on line 1501, which counts')
    const again = await bench.issue(csv, { ifExists: 'update', out: bench.path('repeats') })
    expect(again.summary).toMatchObject({ issued: 0, updated: 0, skipped: 1500 })
    expect((await card('R-again'))?.revision).toBe(1)
    expect(JSON.parse((await card('R-again'))?.field_values ?? '')).toMatchObject({ balance: 1499 })
    expect((await passJson('repeats', 'R-again')).storeCard.primaryFields[0]?.value).toBe(1499)

    const links = bench.path('repeats.csv')
    await bench.issue(csv, { ifExists: 'update', zip: bench.path('repeats.zip'), links })
    const passes = await unzip(bench.path('repeats.zip'))
    expect(passes.size).toBe(1495)
    const pass = await unzip(passes.get('R-again.pkpass') ?? Buffer.alloc(0))
    expect(JSON.parse(String(pass.get('pass.json'))).storeCard.primaryFields[0].value).toBe(1499)
    const lines = parse(await readFile(links), { columns: true }) as { serial: string }[]
    expect(new Set(lines.map(({ serial }) => serial)).size).toBe(lines.length)
    expect(lines).toHaveLength(1495)
  })

  test('with skip the first one stands', async () => {
    const csv = await members(rows.map(([serial, ...rest]) => [`S${serial}`, ...rest]))
    const { summary, warnings } = await bench.issue(csv, { zip: bench.path('first.zip') })
    expect(summary).toMatchObject({ issued: 1495, skipped: 5 })
    expect(warnings.map(({ code }) => code)).toEqual(Array(5).fill('ROW_REPEATED'))
    expect(JSON.parse((await card('SR-again'))?.field_values ?? '')).toMatchObject({ balance: 3 })
    expect((await unzip(bench.path('first.zip'))).size).toBe(1495)
  })
})

describe('serials of rows that bring none', () => {
  const people = [
    ['Ann', 5, 'Gold'],
    ['Bob', 5, 'Gold'],
    ['Ann', 5, 'Gold'],
    ['Ann', 5, 'Gold'],
    ['Cid', 0, ''],
  ]

  test('are different for equal rows, and the same when the file is issued again, in any order of its columns', async () => {
    const header = ['name', 'balance', 'level']
    const first = await bench.issue(await members(people, header), { design: 'derived', items: true })
    expect(first.summary).toMatchObject({ issued: 5, skipped: 0 })
    const serials = first.items.map(({ serial }) => serial)
    expect(new Set(serials).size).toBe(5)
    const turned = people.map(([name, balance, level]) => [level, ` ${name}`, balance])
    const again = await bench.issue(await members(turned, ['level', 'name', 'balance']), {
      design: 'derived',
      items: true,
    })
    expect(again.summary).toMatchObject({ issued: 0, skipped: 5 })
    expect(again.items.map(({ serial }) => serial)).toEqual(serials)
    const more = await members([['Zoe', 1, ''], ...people], header)
    expect((await bench.issue(more, { design: 'derived' })).summary).toMatchObject({ issued: 1, skipped: 5 })
  })

  test('derived from key columns mean the same member', async () => {
    await bench.design('phone', BONUS.replace('fields:', 'serial: {key: [phone]}\nfields:'))
    const header = ['name', 'phone']
    const rows = [
      ['Ann', '+49 1'],
      ['Anna', '+49 1'],
      ['Bob', ''],
      ['Cid', '+49 2'],
    ]
    const { summary, warnings } = await bench.issue(await members(rows, header), { design: 'phone' })
    expect(summary).toMatchObject({ issued: 2, skipped: 1, rejected: 1 })
    expect(warnings.map(({ message }) => message.replace(/"[0-9A-Z]{16}"/, '"…"'))).toEqual(
      ['line 4: serial is empty', 'line 3: serial "…" is already on line 2'].toSorted((a, b) => a.localeCompare(b)),
    )
  })
})

describe('a folder of cards', () => {
  test('is not signed again when nothing changed, and is where something did', async () => {
    const csv = await members([
      ['O1', 'Ann', 1, ''],
      ['O2', 'Bob', 2, ''],
      ['O3', 'Cid', 3, ''],
    ])
    await bench.issue(csv, { out: bench.path('folder') })
    const file = (serial: string): string => join(bench.path('folder'), cardPath(serial))
    const later = new Date(Date.now() + 1000)
    for (const serial of ['O1', 'O2', 'O3']) await utimes(file(serial), later, later)
    const before = await stat(file('O1'))
    await rm(file('O3'))
    // Changed by a run that signs nothing: its file is out of date from then on.
    await new Promise((resolve) => setTimeout(resolve, 10))
    await bench.store.db
      .updateTable('cards')
      .set({ updated_at: Date.now() + 2000 })
      .where('serial', '=', 'O2')
      .execute()
    const { summary } = await bench.issue(csv, { out: bench.path('folder') })
    expect(summary).toMatchObject({ issued: 0, skipped: 3 })
    expect((await stat(file('O1'))).mtimeMs).toBe(before.mtimeMs)
    expect((await stat(file('O2'))).mtimeMs).not.toBe(before.mtimeMs)
    expect(existsSync(file('O3'))).toBe(true)
  })

  test('is signed again when the design has changed, with a word about it', async () => {
    await bench.design('changing', KEYED)
    const csv = await members([['C1', 'Ann', 1, '']])
    await bench.issue(csv, { design: 'changing', out: bench.path('changing') })
    const pass = JSON.parse(await bench.read('changing.pkpasstemplate/pass.json'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await bench.design('changing', KEYED, { ...pass, description: 'A better card' })
    const { warnings, summary } = await bench.issue(csv, { design: 'changing', out: bench.path('changing') })
    expect(summary).toMatchObject({ issued: 0, skipped: 1, designVersion: 2 })
    expect(warnings[0]).toMatchObject({ code: 'DESIGN_CHANGED' })
    expect(await passJson('changing', 'C1')).toMatchObject({ description: 'A better card' })
    expect((await bench.issue(csv, { design: 'changing' })).warnings).toEqual([])
  })
})

describe('links', () => {
  test('lead back to the card, one line each, also for cards that exist', async () => {
    const csv = await members([
      ['L1', 'Ann', 1, ''],
      ['L2', 'Bob, "B"', 2, ''],
      ['L3', '', 2, ''],
      ['L1', 'Ann', 1, ''],
    ])
    const links = bench.path('links.csv')
    const { summary } = await bench.issue(csv, { links })
    expect(summary).toMatchObject({ issued: 2, skipped: 1, rejected: 1, links })
    const text = await readFile(links, 'utf8')
    const lines = parse(text, { columns: true }) as { serial: string; link: string; qr: string; barcode: string }[]
    const codes = createLinkCodes(await bench.store.secret())
    const cards = await bench.cards()
    expect(lines.map(({ serial }) => serial)).toEqual(['L1', 'L2'])
    for (const { serial, link, qr, barcode } of lines) {
      expect(link.startsWith(`${SERVICE}/c/`)).toBe(true)
      expect(codes.decode(link.slice(SERVICE.length + 3))).toEqual({
        cardId: cards.get(serial)?.id,
        expiresAt: undefined,
      })
      expect(qr).toBe(`${link}?via=qr`)
      expect(barcode).toBe(serial)
    }
    await bench.issue(csv, { links })
    expect(await readFile(links, 'utf8')).toBe(text)
  })
})

describe('outputs', () => {
  test.each([
    ['--links onto the file of members', (csv: string) => ({ links: bench.path(csv) })],
    ['--zip onto the file of members', (csv: string) => ({ zip: bench.path(csv) })],
    ['--links and --zip onto one file', () => ({ links: bench.path('x'), zip: bench.path('x') })],
    ['--links onto the rejected rows', (csv: string) => ({ links: bench.path(csv.replace('.csv', '.rejected.csv')) })],
  ])('%s is refused', async (_title, outputs) => {
    const csv = await members([['X1', 'Ann', 1, '']])
    const before = await bench.read(csv)
    await expect(bench.issue(csv, outputs(csv))).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' })
    expect(await bench.read(csv)).toBe(before)
  })

  test('a folder where a file should go, and a file where a folder should, are found', async () => {
    const csv = await members([['X2', 'Ann', 1, '']])
    await mkdir(bench.path('is-a-folder'), { recursive: true })
    await writeFile(bench.path('is-a-file'), '')
    for (const outputs of [
      { zip: bench.path('is-a-folder') },
      { links: bench.path('is-a-folder') },
      { out: bench.path('is-a-file') },
      { zip: bench.path('is-a-file', 'x.zip') },
    ]) {
      await expect(bench.issue(csv, outputs)).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', exitCode: 7 })
    }
    // And nothing is lost by it.
    const { summary } = await bench.issue(csv, { zip: bench.path('fine.zip') })
    expect(summary.issued + summary.skipped).toBe(1)
  })

  test('an older file of rejected rows is kept, since somebody may be putting it right', async () => {
    const csv = await members([['X3', '', 1, '']])
    const { summary } = await bench.issue(csv)
    const path = summary.rejectedFile ?? ''
    await writeFile(path, 'my corrections')
    await bench.issue(csv)
    expect(await readFile(`${path}.old`, 'utf8')).toBe('my corrections')
    expect(await readFile(path, 'utf8')).toContain('is empty')
  })
})

describe('a run that is stopped', () => {
  const rows = Array.from({ length: 1500 }, (_, index) => [
    `${index % 97 === 5 ? 'T-twice' : `T${index}`}`,
    index % 50 === 9 ? '' : 'Ann',
    index,
    'Gold',
  ])

  test.each([
    ['out', ['update']],
    ['zip', ['update']],
    ['links', ['skip', 'update', 'fail']],
  ] as const)('continues to exactly the same, with --%s', async (kind, modes) => {
    for (const ifExists of modes) {
      const mark = `${kind}-${ifExists}`
      const csv = await members(rows.map(([serial, ...rest]) => [`${mark}-${serial}`, ...rest]))
      const whole = await members(rows.map(([serial, ...rest]) => [`${mark}-w-${serial}`, ...rest]))
      const target = (name: string) => ({ ifExists, [kind]: bench.path(name) })
      const once = await bench.issue(whole, target(`${mark}-whole`))

      let runs = 0
      let last = await stopped(csv, target(mark), 300)
      while (last.state === 'stopped') {
        expect(++runs).toBeLessThan(20)
        expect(last.summary.rejectedFile).toBeNull()
        last = await stopped(csv, target(mark), 500)
      }
      expect(runs).toBeGreaterThan(0)
      expect(last.summary.resumed).toBe(true)
      const { issued, updated, skipped, rejected, rows: read } = last.summary
      expect({ issued, updated, skipped, rejected, rows: read }).toEqual({
        issued: once.summary.issued,
        updated: once.summary.updated,
        skipped: once.summary.skipped,
        rejected: once.summary.rejected,
        rows: 1500,
      })
      const own = (
        await bench.store.db.selectFrom('cards').select('serial').where('serial', 'like', `${mark}-T%`).execute()
      ).length
      expect(own).toBe(issued)
      const plain = (text: string): string => text.replaceAll(`${mark}-w-`, `${mark}-`)
      const rejectedOf = (run: typeof once): Promise<string> => readFile(run.summary.rejectedFile ?? '', 'utf8')
      expect(await rejectedOf(last)).toBe(plain(await rejectedOf(once)))
      if (kind === 'out') {
        const list = async (name: string) =>
          (await readdir(bench.path(name), { recursive: true }))
            .filter((file) => file.includes('.'))
            .map((file) => plain(file.slice(3)))
            .sort()
        expect(await list(mark)).toEqual(await list(`${mark}-whole`))
      } else if (kind === 'zip') {
        const names = async (name: string) => [...(await unzip(bench.path(name))).keys()].map(plain)
        expect((await names(mark)).sort()).toEqual((await names(`${mark}-whole`)).sort())
      } else {
        const serials = async (name: string) => plain(await bench.read(name)).replaceAll(/,https.*?,(?=[^,]*$)/gm, ',')
        expect(await serials(mark)).toBe(await serials(`${mark}-whole`))
      }
    }
    expect(await leftovers()).toEqual([])
  })

  test('starts its files over when somebody moved one away or the design changed', async () => {
    await bench.design('between', KEYED)
    const csv = await members(rows.map(([serial, ...rest]) => [`B-${serial}`, ...rest]))
    const zip = bench.path('between.zip')
    const options = { design: 'between', zip }
    await stopped(csv, options, 500)
    await rm(`${zip}.partial`)
    await stopped(csv, options, 500)
    await bench.design('between', KEYED, {
      ...JSON.parse(await bench.read('between.pkpasstemplate/pass.json')),
      description: 'New',
    })
    const { summary, state } = await bench.issue(csv, options)
    expect(state).toBe('done')
    const passes = await unzip(zip)
    expect(passes.size).toBe(summary.issued)
    for (const bytes of [...passes.values()].slice(0, 3)) {
      expect(JSON.parse(String((await unzip(bytes)).get('pass.json')))).toMatchObject({ description: 'New' })
    }
  })
})

/** A run that is asked to stop when it has done so many rows more. */
async function stopped(csv: string, options: Parameters<typeof bench.issue>[1], rows: number) {
  const controller = new AbortController()
  let begun: number | undefined
  return bench.issue(csv, {
    ...options,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type !== 'progress') return
      begun ??= event.done
      if (event.done >= begun + rows) controller.abort()
    },
  })
}

test('two runs at once on one launch: the second is refused, and told of the first', async () => {
  const csv = await members(Array.from({ length: 600 }, (_, index) => [`Y${index}`, 'Ann', index, '']))
  let refused: unknown
  let second: Promise<unknown> | undefined
  const { summary } = await bench.issue(csv, {
    onEvent: (event) => {
      if (event.type !== 'progress' || second) return
      second = bench.issue(csv).catch((error: unknown) => {
        refused = error
      })
    },
  })
  await second
  expect(summary.issued).toBe(600)
  if (refused !== undefined)
    expect(refused).toMatchObject({
      code: 'JOB_RUNNING',
      exitCode: 5,
      message: expect.stringContaining(`process ${process.pid}, tessera issue`),
    })
  expect((await bench.issue(csv)).summary).toMatchObject({ skipped: 600 })
})
