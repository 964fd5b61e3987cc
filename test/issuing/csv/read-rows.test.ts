import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteOrderMark, createEncoder } from '../../../src/issuing/csv/encoding.js'
import { inspectCsv } from '../../../src/issuing/csv/inspect.js'
import { type CsvRow, readRows } from '../../../src/issuing/csv/read-rows.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('csv')
const path = join(dir, 'members.csv')
/** One entry per open file, where the system shows them. */
const DESCRIPTORS = '/proc/self/fd'
const BROKEN = 'has a quote that is not closed or not doubled'

async function read(
  content: string | Buffer,
  given: { encoding?: string; delimiter?: string; batch?: number } = {},
): Promise<CsvRow[]> {
  await writeFile(path, content)
  const rows: CsvRow[] = []
  for await (const batch of readRows(await inspectCsv(path, given), given.batch ?? 256)) rows.push(...batch.rows)
  return rows
}

const lineBreaks = (text: string): number => text.split(/\r\n|\n|\r/).length - 1

/** What a cell may hold of everything that makes reading hard, in the repertoire of an encoding. */
function cellOf(encoding: string): fc.Arbitrary<string> {
  const letters =
    encoding === 'windows-1251'
      ? fc.integer({ min: 1, max: 255 }).map((code) => new TextDecoder(encoding).decode(Uint8Array.of(code)))
      : fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
  const hard = fc.constantFrom('"', '""', '\n', '\r\n', '\r', ',', ';', '\t', '|', ' ', '  ', "'", 'ж', 'ё', 'x', '5')
  const parts =
    encoding === 'windows-1251' ? hard : fc.oneof(hard, fc.constantFrom('😀', 'é', '漢', '\u2028', '👩‍👩‍👧'))
  return fc.array(fc.oneof(parts, letters), { maxLength: 6 }).map((all) => all.join('').replaceAll(/[\0\ufeff]/g, 'x'))
}

const table = fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1251').chain((kind) =>
  fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      kind: fc.constant(kind),
      rows: fc.array(fc.array(cellOf(kind === 'utf-8-bom' ? 'utf-8' : kind), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 30,
      }),
      delimiter: fc.constantFrom(',', ';', '\t', '|', '^', '¦'),
      ending: fc.constantFrom('\n', '\r\n', '\r'),
      quoted: fc.boolean(),
      final: fc.boolean(),
      batch: fc.integer({ min: 1, max: 7 }),
    }),
  ),
)

describe('any table is read back as it was written', () => {
  test('whatever is in its cells, in every encoding, with the line on which each row starts', async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ kind, rows, delimiter, ending, quoted, final, batch }) => {
        const [encoding, mark] = kind === 'utf-8-bom' ? ['utf-8', true] : [kind, kind.startsWith('utf-16')]
        if (encoding === 'windows-1251' && delimiter === '¦') return
        const text = stringify(rows, {
          delimiter,
          quoted,
          quoted_empty: true,
          quoted_match: /[\r\n]/,
          record_delimiter: ending,
          eof: final,
        })
        const bytes = createEncoder(encoding)(text)
        const found = await read(Buffer.concat([mark ? byteOrderMark(encoding) : Buffer.alloc(0), bytes]), {
          encoding,
          delimiter,
          batch,
        })
        let line = 1
        const expected = rows.map((cells) => {
          const row = { line, cells }
          line += 1 + cells.reduce((sum, cell) => sum + lineBreaks(cell), 0)
          return row
        })
        expect(found).toEqual(expected)
      }),
      { numRuns: 250 },
    )
  })

  test('a stray quote at any place damages only its own line', async () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'я', '5', ' '), minLength: 1, maxLength: 6 })
    const cell = fc.oneof(
      word,
      // Needs quotes, and begins and ends with a letter: what begins with the delimiter could close a stray quote.
      fc.tuple(word, fc.constantFrom(',', '"', '\n', ',,', '"x"')).map(([text, mark]) => `x${text}${mark}${text}y`),
    )
    const flat = cell.map((text) => text.replaceAll('\n', ','))
    const ending = fc.constantFrom('\n', '\r\n')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }),
        fc.tuple(flat, flat, flat),
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }),
        fc.nat(),
        ending,
        async (before, damaged, after, at, record_delimiter) => {
          const write = (rows: string[][]): string => stringify(rows, { record_delimiter, quoted_match: /[\r\n]/ })
          const line = write([damaged]).slice(0, -record_delimiter.length)
          const place = at % (line.length + 1)
          const hurt = `${line.slice(0, place)}"${line.slice(place)}`
          const head = write([['a', 'b', 'c'], ...before])
          const rows = await read(`${head}${hurt}${record_delimiter}${write(after)}`, { delimiter: ',' })
          const all = await read(`${head}${line}${record_delimiter}${write(after)}`, { delimiter: ',' })
          const own = before.length + 1
          expect(rows.toSpliced(own, 1)).toEqual(all.toSpliced(own, 1))
          expect(rows[own]?.line).toBe(all[own]?.line)
          if (rows[own]?.broken !== undefined) expect(rows[own]?.cells).toEqual([hurt])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('broken lines', () => {
  test('an unclosed quote with a thousand rows after it costs one row', async () => {
    const rest = Array.from({ length: 1000 }, (_, index) => `Member ${index},"Street ${index}, 5"`)
    const rows = await read(`name,address\n"Ann,here\n${rest.join('\n')}\n`)
    expect(rows).toHaveLength(1002)
    expect(rows[1]).toEqual({ line: 2, cells: ['"Ann,here'], broken: BROKEN })
    expect(rows.slice(2).every(({ broken }) => broken === undefined)).toBe(true)
    expect(rows.at(-1)).toEqual({ line: 1002, cells: ['Member 999', 'Street 999, 5'] })
  })

  test('a quote that no other quote ever closes is given up after 100,000 characters, and again at the end', async () => {
    const rest = Array.from({ length: 20_000 }, (_, index) => `Member ${index},${index}`)
    const rows = await read(`name,balance\n"Ann,5\n${rest.join('\n')}\nBob,"`)
    expect(rows).toHaveLength(20_003)
    expect(rows.filter(({ broken }) => broken !== undefined)).toEqual([
      { line: 2, cells: ['"Ann,5'], broken: BROKEN },
      { line: 20_003, cells: ['Bob,"'], broken: BROKEN },
    ])
  })

  test('thousands of them do not stop the reading, nor make it slow', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `"Cafe "Nr ${index}"",${index}\nBob,${index}`)
    const rows = await read(`name,balance\n${lines.join('\n')}\n`)
    expect(rows).toHaveLength(6001)
    expect(rows.filter(({ broken }) => broken !== undefined)).toHaveLength(3000)
    expect(rows.map(({ line }) => line)).toEqual(rows.map((_, index) => index + 1))
  })

  test('rows keep their lines after cells with line breaks of either kind', async () => {
    const rows = await read('a,b\r\n"x\r\ny\nz",1\r\n"Cafe "M"",2\r\nc,3\r\n')
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'x\r\ny\nz', '1'],
      [5, '"Cafe "M"",2'],
      [6, 'c', '3'],
    ])
  })

  test('an unclosed quote that finds a partner lines later does not make one card of all of them', async () => {
    const rows = await read('name,note\n"Ann,5\nBob,6\nCarl,",7"\nDora,8\n')
    expect(rows.map(({ line, cells, broken }) => [line, cells, broken !== undefined])).toEqual([
      [1, ['name', 'note'], false],
      [2, ['"Ann,5'], true],
      [3, ['Bob', '6'], false],
      [4, ['Carl', ',7'], false],
      [5, ['Dora', '8'], false],
    ])
  })

  test('quotes inside a cell that is not quoted stay as they are', async () => {
    const rows = await read('name,size\npipe,5" wide\n"say ""hi""",6"\n')
    expect(rows.slice(1).map(({ cells }) => cells)).toEqual([
      ['pipe', '5" wide'],
      ['say "hi"', '6"'],
    ])
  })

  test('a line longer than a record may be says so', async () => {
    const rows = await read(`name,note\nAnn,${'x'.repeat(150_000)}\nBob,5\n`)
    expect(rows.map(({ line, broken }) => [line, broken])).toEqual([
      [1, undefined],
      [2, 'is longer than 100000 characters'],
      [3, undefined],
    ])
  })
})

describe('odd files', () => {
  test.each([
    ['mixed line endings', 'a,b\r\nc,d\ne,f\rg,h\n', [1, 2, 3, 4]],
    ['empty lines', '\n\na,b\n\n\r\nc,d\n\n\n', [3, 6]],
    ['no line break at the end', 'a,b\nc,d', [1, 2]],
    ['a header alone', 'a,b', [1]],
    ['nothing but empty lines', '\n\r\n\n', []],
    ['lines of spaces', 'a,b\n  \nc,d\n', [1, 2, 3]],
    ['one quote alone', 'a\n"', [1, 2]],
  ])('%s', async (_title, text, lines) => {
    expect((await read(text)).map(({ line }) => line)).toEqual(lines)
  })

  test('a column alone, with empty cells written as quotes', async () => {
    const rows = await read('name\nAnn\n""\nBob\n')
    expect(rows.map(({ cells }) => cells)).toEqual([['name'], ['Ann'], [''], ['Bob']])
  })

  test.each(['я', '😀', '漢', 'é'])('%s across the chunks in which a file is read', async (letter) => {
    for (const shift of [0, 1, 2, 3]) {
      // Cells of up to 80,000 bytes, so that boundaries of 16 and 256 KB fall at every place inside a character.
      const cells = Array.from({ length: 10 }, (_, index) => letter.repeat(20_000 + index))
      const text = `${'x'.repeat(shift)}\n${cells.join('\n')}\n`
      const rows = await read(text, { encoding: 'utf-8' })
      expect(rows.slice(-10).map((row) => row.cells[0] === cells.shift())).toEqual(Array(10).fill(true))
    }
  })

  test('line breaks of two characters across those chunks', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `m${index}`)
    const found = await read(`name\r\n${rows.join('\r\n')}\r\n`)
    expect(found).toHaveLength(40_001)
    expect(found.every(({ line }, index) => line === index + 1)).toBe(true)
  })

  test.runIf(existsSync(DESCRIPTORS))('reading can be left at any time without leaving the file open', async () => {
    await writeFile(path, `name\n${'Ann\n'.repeat(100_000)}`)
    const file = await inspectCsv(path)
    const before = openFiles()
    for (let round = 0; round < 50; round++) {
      for await (const { rows } of readRows(file, 1)) {
        expect(rows[0]?.cells).toEqual(['name'])
        break
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(openFiles()).toBeLessThan(before + 10)
  })

  test('a file that fails while it is read fails the reading', async () => {
    await writeFile(path, 'name\nAnn\n')
    const file = { ...(await inspectCsv(path)), path: join(dir, 'gone.csv') }
    await expect(readRows(file, 10).next()).rejects.toThrow('ENOENT')
  })
})

function openFiles(): number {
  return readdirSync(DESCRIPTORS).length
}

test.each([
  'utf-8',
  'utf-16le',
  'windows-1251',
])('tells how far it is in a file in %s, however small', async (encoding) => {
  const rows = Array.from({ length: 1000 }, (_, index) => `${String(index).padStart(4, '0')},Анна\n`)
  const content = Buffer.concat([byteOrderMark(encoding), createEncoder(encoding)(`id,name\n${rows.join('')}`)])
  await writeFile(path, content)
  let seen = 0
  for await (const batch of readRows(await inspectCsv(path, { encoding }), 100)) {
    seen += batch.rows.length
    expect(batch.bytesRead / content.length).toBeCloseTo(seen / 1001, 2)
  }
  expect(seen).toBe(1001)
})
