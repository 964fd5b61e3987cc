import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectDelimiter } from '../../../src/issuing/csv/delimiter.js'
import { ByteTally, byteOrderMark, createEncoder } from '../../../src/issuing/csv/encoding.js'
import { inspectCsv } from '../../../src/issuing/csv/inspect.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('inspect')
const path = join(dir, 'members.csv')
const RUSSIAN = 'имя;баланс\nМария Соколова;5\nИлья Морозов;7\n'
const GERMAN = 'name;balance\nJürgen Groß;5\nRené;7\nFrau Müller;8\n'

async function inspect(content: string | Buffer, given: { encoding?: string; delimiter?: string } = {}) {
  await writeFile(path, content)
  return inspectCsv(path, given)
}

describe('encoding', () => {
  const encode = (encoding: string, text: string) => createEncoder(encoding)(text)
  test.each([
    ['ASCII', Buffer.from('name,balance\nAnn,5\n'), 'utf-8'],
    ['UTF-8', Buffer.from(RUSSIAN), 'utf-8'],
    ['UTF-8 with a mark', Buffer.concat([byteOrderMark('utf-8'), Buffer.from(RUSSIAN)]), 'utf-8'],
    ['UTF-8 with emoji', Buffer.from('name\nAnn 😀\n'), 'utf-8'],
    ['UTF-8 with one broken byte', Buffer.concat([Buffer.from(RUSSIAN), Buffer.from([0xff, 0x0a])]), 'utf-8'],
    ['UTF-8 cut inside a letter', Buffer.from(RUSSIAN).subarray(0, 28), 'utf-8'],
    ['Windows-1251', encode('windows-1251', RUSSIAN), 'windows-1251'],
    ['Windows-1251, one short name', encode('windows-1251', 'name\nЯн'), 'windows-1251'],
    [
      'Windows-1251, one name among many in ASCII',
      encode('windows-1251', `${'Ann,5\n'.repeat(9999)}Илья,6\n`),
      'windows-1251',
    ],
    ['Windows-1252', encode('windows-1252', GERMAN), 'windows-1252'],
    ['Windows-1252, last byte', encode('windows-1252', 'name\nRené'), 'windows-1252'],
    ['UTF-16 LE with a mark', Buffer.concat([byteOrderMark('utf-16le'), encode('utf-16le', RUSSIAN)]), 'utf-16le'],
    ['UTF-16 BE with a mark', Buffer.concat([byteOrderMark('utf-16be'), encode('utf-16be', RUSSIAN)]), 'utf-16be'],
    ['UTF-16 LE without one', encode('utf-16le', 'name;balance\nAnn;5\n'), 'utf-16le'],
    ['UTF-16 BE without one', encode('utf-16be', 'name;balance\nAnn;5\n'), 'utf-16be'],
    ['zero bytes', Buffer.from('name\nAnn\0\nBob and others\n'), undefined],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452ffee00d8c3', 'hex'), undefined],
  ])('%s', (_title, bytes, expected) => {
    // However the file is cut up in reading, the verdict is the same.
    for (const size of [1, 2, 3, 7, 64, bytes.length]) {
      const tally = new ByteTally()
      for (let at = 0; at < bytes.length; at += size) tally.add(bytes.subarray(at, at + size))
      expect(tally.encoding()).toBe(expected)
    }
  })

  test('a broken byte at the end of a long file does not make it another encoding', () => {
    const tally = new ByteTally()
    for (let chunk = 0; chunk < 20; chunk++) tally.add(Buffer.from(RUSSIAN.repeat(50)))
    tally.add(Buffer.from('Ann;5\nJos\xe9;6\n', 'latin1'))
    expect(tally.encoding()).toBe('utf-8')
    expect(tally.validUtf8).toBe(false)
  })

  test('says that a UTF-8 file is damaged, and whether it has a mark', async () => {
    expect(await inspect(Buffer.concat([Buffer.from(RUSSIAN), Buffer.from([0xff])]))).toMatchObject({
      encoding: 'utf-8',
      damaged: true,
      marked: false,
    })
    const marked = await inspect(Buffer.concat([byteOrderMark('utf-8'), Buffer.from(RUSSIAN)]))
    expect(marked).toMatchObject({ encoding: 'utf-8', damaged: false, marked: true, delimiter: ';' })
  })

  test.each([
    'cp1251',
    'CP1251',
    'ANSI',
    'utf8',
    'utf16',
    'koi8-r',
    'windows-1251',
    'latin1',
    'ibm866',
  ])('--encoding %s is understood', async (label) => {
    expect((await inspect('a,b\n', { encoding: label })).encoding).toMatch(
      /^(windows-125\d|utf-(8|16le)|koi8-r|ibm866)$/,
    )
  })

  test.each([
    'klingon',
    '',
    'gbk',
    'shift_jis',
    'big5',
    'euc-kr',
    'iso-2022-jp',
    'gb18030',
  ])('--encoding %s is refused, since the rejected rows could not be written in it', async (label) => {
    await expect(inspect('a,b\n', { encoding: label })).rejects.toMatchObject({ code: 'CSV_UNREADABLE' })
  })
})

describe('what was read can be written back', () => {
  test.each([
    'windows-1251',
    'windows-1252',
    'koi8-r',
    'iso-8859-2',
    'ibm866',
    'windows-874',
    'macintosh',
  ])('every byte of %s', (encoding) => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, code) => code))
    const text = new TextDecoder(encoding).decode(all)
    const back = createEncoder(encoding)(text)
    all.forEach((byte, index) => {
      if (text[index] !== '\ufffd') expect(back[index]).toBe(byte)
    })
  })

  test('any text in the encodings that have all characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.startsWith('\ufeff')),
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
        (text, encoding) => {
          expect(new TextDecoder(encoding).decode(createEncoder(encoding)(text))).toBe(text)
        },
      ),
    )
  })

  test('a character that the encoding lacks becomes a question mark, an emoji one', () => {
    expect(createEncoder('windows-1251')('Анна 😀 漢').toString('latin1')).toBe('\xc0\xed\xed\xe0 ? ?')
  })
})

describe('delimiter', () => {
  test.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a;b;c\n1;2,5;3\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['"a,x";"b,y"\n"1,2";"3,4"\n', ';'],
    ['"a\nb,c";d\n"x,""y,z";e\n', ';'],
    ['name;address\nAnn;Main St, 5, Berlin\nBob;Side St, 7, Bonn\n', ';'],
    ['name\nAnn\n', ','],
    ['name\nBergstrom, Ada\nHolm, Frederik\n', ','],
    ['', ','],
    ['a;b\r\n1;2\r\n', ';'],
    ['a;b\r1;2\r', ';'],
    ['a;"b\n', ';'],
  ])('%j', (text, expected) => {
    expect(detectDelimiter(text)).toBe(expected)
  })

  test.each([
    ['tab', '\t'],
    ['\\t', '\t'],
    ['semicolon', ';'],
    ['^', '^'],
  ])('--delimiter %s', async (given, expected) => {
    expect((await inspect('a,b\n', { delimiter: given })).delimiter).toBe(expected)
  })

  test.each(['', '"', '\n', '\r', ';;', 'tabs'])('--delimiter %j is refused', async (delimiter) => {
    await expect(inspect('a,b\n', { delimiter })).rejects.toMatchObject({ code: 'CSV_UNREADABLE' })
  })
})

describe('files that cannot be read', () => {
  test.each([
    ['an empty one', Buffer.alloc(0), 'is empty'],
    ['a binary one', Buffer.from('504b0304140000000800ff00ee0000dd', 'hex'), 'zero bytes'],
    ['one with a zero byte in a cell', Buffer.from('name\nAnn\0\nBob, a longer name\n'), 'zero bytes'],
  ])('%s', async (_title, bytes, message) => {
    const failed = inspect(bytes)
    await expect(failed).rejects.toMatchObject({ code: 'CSV_UNREADABLE', exitCode: 6 })
    await expect(failed).rejects.toThrow(message)
  })

  test('a missing one, a folder, a path through a file, a pipe', async () => {
    await mkdir(join(dir, 'folder'), { recursive: true })
    await writeFile(path, 'a\n')
    await expect(inspectCsv(join(dir, 'none.csv'))).rejects.toThrow(/none\.csv: there is no such file/)
    await expect(inspectCsv(join(dir, 'folder'))).rejects.toThrow(/folder: it is a folder/)
    await expect(inspectCsv(join(path, 'x.csv'))).rejects.toMatchObject({ code: 'CSV_UNREADABLE' })
    if (process.platform === 'win32') return
    await execa('mkfifo', [join(dir, 'pipe')])
    await expect(inspectCsv(join(dir, 'pipe'))).rejects.toThrow(/it is a pipe or a device/)
  })
})
