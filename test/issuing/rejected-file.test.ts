import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteOrderMark, createEncoder } from '../../src/issuing/csv/encoding.js'
import { inspectCsv } from '../../src/issuing/csv/inspect.js'
import { type CsvRow, readRows } from '../../src/issuing/csv/read-rows.js'
import { RejectedFile, rejectedPath } from '../../src/issuing/rejected-file.js'
import { tempDir } from '../support/temp-dir.js'

const dir = await tempDir('rejected')
const csv = join(dir, 'members.csv')

async function read(path: string, given: { encoding?: string; delimiter?: string } = {}): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  for await (const batch of readRows(await inspectCsv(path, given), 100)) rows.push(...batch.rows)
  return rows
}

/** Rejects all rows of the file but its header. @returns the path of the rejected ones. */
async function rejectAll(path: string, given: { encoding?: string; delimiter?: string } = {}): Promise<string> {
  const [header, ...rows] = await read(path, given)
  const file = new RejectedFile(await inspectCsv(path, given), {
    header: header?.cells ?? [],
    path: rejectedPath(path),
    length: 0,
  })
  for (const row of rows) file.add(row, ['is wrong', 'and "odd"'])
  return file.finish() ?? ''
}

describe('rejected rows', () => {
  test('lie beside their file, under its name', () => {
    expect(rejectedPath('/a/members.csv')).toBe('/a/members.rejected.csv')
    expect(rejectedPath('/a/members.TXT')).toBe('/a/members.rejected.TXT')
    expect(rejectedPath('/a/members')).toBe('/a/members.rejected.csv')
    expect(rejectedPath('/a/.b/my.members.csv')).toBe('/a/.b/my.members.rejected.csv')
  })

  test.each([
    'utf-8',
    'utf-8 marked',
    'utf-16le',
    'windows-1251',
  ])('keep cells, encoding and delimiter: %s', async (kind) => {
    const encoding = kind.replace(' marked', '')
    const mark = kind === 'utf-8 marked' || kind === 'utf-16le' ? byteOrderMark(encoding) : Buffer.alloc(0)
    const text = 'имя;заметка\r\n"Ж; ""ж""";"две\r\nстроки"\r\nМария; пробел \r\n'
    await writeFile(csv, Buffer.concat([mark, createEncoder(encoding)(text)]))
    const rejected = await rejectAll(csv)
    expect((await readFile(rejected)).subarray(0, mark.length)).toEqual(mark)
    expect(await inspectCsv(rejected)).toMatchObject({ encoding, delimiter: ';', marked: mark.length > 0 })
    expect((await read(rejected)).map(({ cells }) => cells)).toEqual([
      ['имя', 'заметка', 'tessera_error'],
      ['Ж; "ж"', 'две\r\nстроки', 'is wrong; and "odd"'],
      ['Мария', ' пробел ', 'is wrong; and "odd"'],
    ])
  })

  test('are read back the same whatever is in them, and rejected again they do not grow', async () => {
    const cell = fc
      .array(fc.constantFrom('a', 'я', '"', ',', ';', '\n', '\r', '\r\n', ' ', '😀'), { maxLength: 5 })
      .map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
        const quoted = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
        await writeFile(csv, `"a","b"\n${quoted.join('\n')}\n`)
        const once = await rejectAll(csv, { delimiter: ',' })
        const found = await read(once, { delimiter: ',' })
        expect(found.map(({ cells }) => cells.slice(0, 2))).toEqual([['a', 'b'], ...rows])
        const twice = await rejectAll(once, { delimiter: ',' })
        expect(await readFile(twice, 'utf8')).toBe(await readFile(once, 'utf8'))
      }),
      { numRuns: 30 },
    )
  })

  test('of broken lines stay as they stand, and have all columns once their quote is put right', async () => {
    await writeFile(csv, 'name,note\n"Cafe "Anna"",x\nBob,"open\n')
    const rejected = await rejectAll(csv)
    const text = await readFile(rejected, 'utf8')
    expect(text).toBe(
      'name,note,tessera_error\n"Cafe "Anna"",x,"is wrong; and ""odd"""\nBob,"open,"is wrong; and ""odd"""\n',
    )
    await writeFile(rejected, text.replace('"Cafe "Anna""', 'Cafe Anna').replace('"open', 'closed'))
    expect((await read(rejected)).map(({ cells }) => cells)).toEqual([
      ['name', 'note', 'tessera_error'],
      ['Cafe Anna', 'x', 'is wrong; and "odd"'],
      ['Bob', 'closed', 'is wrong; and "odd"'],
    ])
  })

  test('that are none leave no file', async () => {
    await writeFile(csv, 'name\n')
    const path = join(dir, 'none.csv')
    const file = new RejectedFile(await inspectCsv(csv), { header: ['name'], path, length: 0 })
    expect(file.finish()).toBeUndefined()
  })
})
