import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { createEncoder } from '../../src/issuing/csv/encoding.js'
import { PASS, PIXEL } from '../cards/design-folder.js'
import { EVERY_TYPE, workbench } from './workbench.js'

const bench = await workbench('bad-rows')
await bench.design('every', `${EVERY_TYPE}pictures: {thumbnail: {column: photo}}\n`, {
  ...PASS,
  storeCard: undefined,
  generic: PASS.storeCard,
})
await bench.write('photo.png', PIXEL)
await bench.write('broken.png', 'no picture at all')

const HEADER = 'card;lang;until;name;points;spent;born;phone;mail;site;level;photo'
const COLUMNS = HEADER.split(';')

/** The cells of a good row, some of them replaced. */
function row(card: string, cells: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = { card, name: 'Ann', points: '5', level: 'Silver', ...cells }
  return COLUMNS.map((name) => cell(all[name] ?? '')).join(';')
}

const cell = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

interface Bad {
  readonly line: string
  readonly column?: string
  readonly value?: string
  readonly reason: string
  /** The line put right. */
  readonly fixed: string
}

const bad = (card: string, column: string, value: string, reason: string, good = ''): Bad => ({
  line: row(card, { [column]: value }),
  column,
  value: value.slice(0, 80),
  reason,
  fixed: row(card, { [column]: good }),
})

/** Every way in which a row can be wrong, in the letters that both encodings have. */
const BAD: readonly Bad[] = [
  bad('B1', 'name', '', 'is empty, but every card needs it', 'Ben'),
  bad('B2', 'name', '   ', 'is empty, but every card needs it', 'Ben'),
  bad('B3', 'name', 'Ж'.repeat(21), 'is longer than 20 characters', 'Ben'),
  bad('B4', 'name', 'Ben\u0007', 'has the control character U+0007', 'Ben'),
  bad('B5', 'points', 'many', 'is not a number'),
  bad('B6', 'points', '1.5', 'is not a whole number'),
  bad('B7', 'points', '-1', 'is less than 0'),
  bad('B8', 'points', '1000001', 'is more than 1000000'),
  bad('B9', 'points', '1E+05', 'was shortened by a spreadsheet; format the column as text'),
  bad('B10', 'points', '1234567890123456', 'has more than 15 digits'),
  bad('B11', 'spent', '5 USD', 'is in USD, but the card counts in EUR'),
  bad('B12', 'spent', '1.234', 'is ambiguous: 1234 or 1.234? Write it without a separator of thousands'),
  bad('B13', 'spent', '5,9999', 'has more than 2 decimals'),
  bad('B14', 'spent', 'дорого', 'is not an amount of money'),
  bad('B15', 'born', '31/02/1990', 'is not a date: February 1990 has 28 days'),
  bad('B16', 'born', '1.2.90', 'has a year of two digits; write all four'),
  bad('B17', 'born', 'вчера', 'is not a date'),
  bad('B18', 'phone', '12', 'is not a phone number: it has fewer than 5 digits'),
  bad('B19', 'mail', 'ann at example', 'is not an e-mail address'),
  bad('B20', 'site', 'javascript:alert(1)', 'is not a web address; it must begin with https:// or http://'),
  bad('B21', 'level', 'Bronze', 'is not one of Silver, Gold, Золото'),
  bad('B22', 'lang', 'по-русски', 'is not a language tag such as en or ru'),
  bad('B23', 'until', '2027-13-01', 'is not a date: there is no month 13'),
  bad('B24', 'photo', 'none.png', 'is not there', 'photo.png'),
  bad('B25', 'photo', 'broken.png', 'is not a picture that can be read', 'photo.png'),
  bad('B26', 'photo', '../../../etc/passwd', 'is not inside the folder of the CSV', 'photo.png'),
  { line: row(''), column: 'card', reason: 'is empty', fixed: row('B27') },
  {
    line: row('B\u000528'),
    column: 'card',
    value: 'B\u000528',
    reason: 'has control characters in it',
    fixed: row('B28'),
  },
  {
    line: row('Ж'.repeat(90)),
    column: 'card',
    value: 'Ж'.repeat(80),
    reason: 'is too long',
    fixed: row('B29'),
  },
  { line: 'B30;;;Ann', reason: 'has 4 columns, the header has 12', fixed: row('B30') },
  { line: 'B31', reason: 'has 1 column, the header has 12', fixed: row('B31') },
  { line: `${row('B32')};;x`, reason: 'has 14 columns, the header has 12', fixed: row('B32') },
  {
    line: row('B33').replace('Ann', '"Cafe "Ann"'),
    reason: 'has a quote that is not closed or not doubled',
    fixed: row('B33'),
  },
  {
    line: row('B34').replace('Ann', '"Ann'),
    reason: 'has a quote that is not closed or not doubled',
    fixed: row('B34'),
  },
  {
    line: row('B35', { name: '', points: 'x', level: 'Tin' }),
    column: 'name',
    reason: 'is empty, but every card needs it',
    fixed: row('B35'),
  },
]

/** Rows of a file with every bad row among good ones; some are hard to read, some take several lines. */
function members(
  hard: readonly string[],
  count: number,
): { lines: string[]; good: number; problems: Map<number, Bad> } {
  const lines: string[] = []
  const problems = new Map<number, Bad>()
  let line = 2
  let good = 0
  for (let index = 0; index < count; index++) {
    const wrong = index % 7 === 3 ? BAD[(index - 3) / 7] : undefined
    if (wrong) problems.set(line, wrong)
    else good++
    const text =
      wrong?.line ?? row(`A${index}`, { name: hard[index % hard.length] ?? '', spent: '12,50', born: '28.02.1990' })
    lines.push(text)
    line += text.split('\n').length
  }
  return { lines, good, problems }
}

const REPEATED = [row('A0', { name: 'Again' }), row('A1'), row('A0')]

describe.each([
  ['windows-1251', ['Мария', 'О"Нил', 'Иван\nИванов', '"; «Ёж»', "Пётр 'Лев'"]],
  ['utf-8', ['Ada 😀', 'O"Neill', 'Ivan\nIvanov', '"; «Ёж»', '👩‍👩‍👧 漢字']],
])('5,000 members in %s', (encoding, names) => {
  const encode = createEncoder(encoding)
  const { lines, good, problems } = members(names, 5000 - REPEATED.length)
  const name = `${encoding}.csv`

  test('each bad row is named with its line, column, value and reason', async () => {
    await bench.write(name, encode(`${HEADER}\n${[...lines, ...REPEATED].join('\n')}\n`))
    const run = await bench.issue(name, { design: 'every' })
    expect(run.summary).toMatchObject({
      rows: 5000,
      issued: encoding === 'utf-8' ? 0 : good,
      skipped: REPEATED.length + (encoding === 'utf-8' ? good : 0),
      rejected: BAD.length,
      rejectedFile: bench.path(`${encoding}.rejected.csv`),
      resumed: false,
    })
    const rejected = run.warnings.filter(({ code }) => code === 'ROW_REJECTED')
    const byLine = Map.groupBy(rejected, ({ where }) => where?.line ?? 0)
    expect([...byLine.keys()]).toEqual([...problems.keys()])
    for (const [line, { column, value, reason }] of problems) {
      const [first] = byLine.get(line) ?? []
      expect(first?.where).toEqual({
        file: bench.path(name),
        line,
        ...(column === undefined ? {} : { column, value: value ?? '' }),
      })
      const shown = value === undefined || value === '' ? `${column}` : `${column} ${JSON.stringify(value)}`
      const start = `line ${line}: ${column === undefined ? 'the row' : shown} `
      expect(first?.message.slice(0, start.length)).toBe(start)
      expect(first?.message.slice(start.length)).toEqual(reason)
    }
    // The last of them is wrong in three ways, and all three are named.
    const [all = []] = [...byLine.values()].filter((found) => found.length > 1)
    expect(all.map(({ where }) => where?.column)).toEqual(['name', 'points', 'level'])
  })

  test('repeated serials are skipped, with the line on which they were first', async () => {
    const { warnings } = await bench.issue(name, { design: 'every' })
    const last = lines.join('\n').split('\n').length + 1
    expect(warnings.filter(({ code }) => code === 'ROW_REPEATED').map(({ message }) => message)).toEqual([
      `line ${last + 1}: serial "A0" is already on line 2`,
      `line ${last + 2}: serial "A1" is already on line 3`,
      `line ${last + 3}: serial "A0" is already on line 2`,
    ])
  })

  test('--dry-run says the same and writes nothing', async () => {
    const before = await readdir(bench.dir)
    const cards = (await bench.cards()).size
    const preview = await bench.preview(name, { design: 'every' })
    expect(preview).toMatchObject({ dryRun: true, rows: 5000, rejected: BAD.length, encoding, delimiter: ';' })
    expect(preview.issued + preview.skipped).toBe(5000 - BAD.length)
    const { warnings } = await bench.issue(name, { design: 'every' })
    expect(preview.problems.map(({ line, text }) => `line ${line}: ${text}`)).toEqual(
      warnings.map(({ message }) => message),
    )
    expect(preview.cards).toHaveLength(3)
    expect(await readdir(bench.dir)).toEqual(before)
    expect((await bench.cards()).size).toBe(cards)
  })

  test('the rejected rows, once put right, are all issued', async () => {
    const rejected = `${encoding}.rejected.csv`
    const text = new TextDecoder(encoding).decode(await readFile(bench.path(rejected)))
    const found = text.trimEnd().split('\n')
    expect(found[0]).toBe(`${HEADER};tessera_error`)
    expect(found).toHaveLength(1 + BAD.length)
    // Put right as a person would: the cells change, the reason stays where it is or goes.
    const fixed = BAD.map(({ fixed: line, column, reason }, index) => {
      const was = found[index + 1] ?? ''
      if (column === undefined && !reason.includes('quote')) return `${line};`
      if (reason === 'has a quote that is not closed or not doubled') {
        expect(was.endsWith(`;the row ${reason}`)).toBe(true)
        return was.replace('"Cafe "Ann"', 'Ann').replace('"Ann', 'Ann')
      }
      const cells = parse(was, { delimiter: ';' })[0] as string[]
      return `${line};${cell(cells.at(-1) ?? '')}`
    })
    await bench.write(rejected, createEncoder(encoding)([found[0], ...fixed, ''].join('\n')))
    const run = await bench.issue(rejected, { design: 'every', ifExists: encoding === 'utf-8' ? 'update' : 'fail' })
    expect(run.warnings).toEqual([])
    expect(run.summary).toMatchObject({ rows: BAD.length, rejected: 0, rejectedFile: null })
    expect(run.summary.issued + run.summary.skipped).toBe(BAD.length)
  })

  test('rejected rows that were not put right are rejected again for the same reasons', async () => {
    await bench.issue(name, { design: 'every' })
    const rejected = `${encoding}.rejected.csv`
    const run = await bench.issue(rejected, { design: 'every' })
    expect(run.summary).toMatchObject({ rows: BAD.length, rejected: BAD.length, issued: 0, skipped: 0 })
    const [once, twice] = [
      await readFile(bench.path(rejected)),
      await readFile(bench.path(`${encoding}.rejected.rejected.csv`)),
    ]
    const decode = (bytes: Buffer) =>
      new TextDecoder(encoding).decode(bytes).replaceAll(/has \d+ columns?, the header has \d+/g, '')
    expect(decode(twice)).toBe(decode(once))
  })
})

test('bytes that are not UTF-8 reject their row', async () => {
  const text = Buffer.from(`${HEADER}\n${row('U1')}\n${row('U2', { name: 'Jos~' })}\n${row('U3', { name: 'Мария' })}\n`)
  text[text.indexOf('~')] = 0xe9
  await bench.write('bytes.csv', text)
  const { summary, warnings } = await bench.issue('bytes.csv', { design: 'every' })
  expect(summary).toMatchObject({ issued: 2, rejected: 1 })
  expect(warnings.map(({ message }) => message)).toEqual([
    'line 3: name "Jos\ufffd" has bytes that are not valid text in the encoding of the file',
  ])
})
