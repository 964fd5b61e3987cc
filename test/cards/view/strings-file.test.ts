import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseStrings, readStringsFile, STRINGS_LIMITS } from '../../../src/cards/view/strings-file.js'

const utf8 = (text: string): Uint8Array => Buffer.from(text)
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

describe('pass.strings', () => {
  test('is read with comments, escapes, bare words and any spacing', () => {
    const text = `/* Labels; "not" = "this"; */
"Points" = "Баллы"; // one line; "nor" = "this";
"a \\"quoted\\" key"="line\\none\\U00e9\\u00e9\\101";
bare.key = "value"
;
"alone";
"Points" = "Бонусы";`
    expect([...parseStrings(utf8(text))]).toEqual([
      ['Points', 'Бонусы'],
      ['a "quoted" key', 'line\noneééA'],
      ['bare.key', 'value'],
      ['alone', 'alone'],
    ])
  })

  test('is read in UTF-8 and both kinds of UTF-16, with a mark or without', () => {
    const text = '"Points" = "Баллы";\n'
    const little = utf16(text)
    const files: readonly (readonly [Uint8Array, string])[] = [
      [utf8(text), 'utf-8'],
      [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8(text)]), 'utf-8'],
      [little, 'utf-16le'],
      [Buffer.concat([Buffer.from([0xff, 0xfe]), little]), 'utf-16le'],
      [Buffer.from(little).swap16(), 'utf-16be'],
      [Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()]), 'utf-16be'],
    ]
    for (const [bytes, encoding] of files) {
      expect(readStringsFile(bytes)).toMatchObject({ encoding, mistakes: [] })
      expect(parseStrings(bytes).get('Points')).toBe('Баллы')
    }
  })

  test('a mistake costs one entry and is reported by its place', () => {
    const text = '"a" = "1";\n"b" "2";\n"c" = "3"\n"d" = "4";\n"e" = "5";'
    const { entries, mistakes } = readStringsFile(utf8(text))
    expect(entries.map(({ key }) => key)).toEqual(['a', 'e'])
    expect(mistakes.map((offset) => text.slice(offset, offset + 3))).toEqual(['"b"', '"c"'])
  })

  test('whatever is written by its rules is read back', () => {
    const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
    const line = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(fc.array(line), (pairs) => {
        const text = pairs.map(([key, value]) => `${quote(key)} = ${quote(value)};`).join('\n')
        // Lone surrogates and the like do not survive UTF-8 anyway.
        fc.pre(text.isWellFormed() && !text.startsWith('\ufeff'))
        expect(readStringsFile(utf8(text)).entries.map(({ key, value }) => [key, value])).toEqual(pairs)
      }),
    )
  })

  test('no bytes make it throw, and it ends', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: fc.constantFrom(...'"\\=;/* a\n') }).map(utf8)),
        (bytes) => {
          expect(readStringsFile(bytes).entries).toBeInstanceOf(Array)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('of files without end only the beginning is read, and the rest is owned up to', () => {
    const { bytes, lines } = STRINGS_LIMITS
    const many = readStringsFile(utf8('"a" = "1";\n'.repeat(lines + 1)))
    expect(many).toMatchObject({ cutAt: lines * 11, mistakes: [] })
    expect(many.entries).toHaveLength(lines)
    expect(readStringsFile(utf8('"a" = "1";\n'.repeat(lines))).cutAt).toBeUndefined()
    // Half a letter at the cut is no mistake of who wrote the file.
    const long = readStringsFile(utf8(`"a" = "1";/*${'é'.repeat(bytes)}*/`))
    expect(long.cutAt).toBe(long.text.length)
    expect(long.text).not.toContain('\ufffd')
    expect(readStringsFile(utf8('"a" = "caf\u00e9').subarray(0, -1)).text).toContain('\ufffd')
  })

  test('one text without end takes no stack', () => {
    const text = `"a" = "${'x'.repeat(STRINGS_LIMITS.bytes - 100)}";`
    expect(parseStrings(utf8(text)).get('a')).toHaveLength(STRINGS_LIMITS.bytes - 100)
    expect(readStringsFile(utf8(`"${'\\q'.repeat(20 * 1024 * 1024)}`)).entries).toEqual([])
  })
})
