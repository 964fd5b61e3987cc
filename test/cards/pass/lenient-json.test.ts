import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonSourceError, parseJsonSource } from '../../../src/cards/design/json-source.js'
import { decodeText } from '../../../src/cards/pass/decode-text.js'
import { mendJson } from '../../../src/cards/pass/mend-json.js'

describe('JSON that is not strict', () => {
  test.each([
    ['a comma before a closing brace', '{"a": 1,\n}', '{"a": 1\n}', ['a comma before a closing bracket', 1]],
    ['a comma before a closing bracket', '[1, 2, ]', '[1, 2 ]', ['a comma before a closing bracket', 1]],
    ['two commas', '[1,,2]', '[1,2]', ['a comma too many', 1]],
    ['a comma at the beginning', '[,1]', '[1]', ['a comma too many', 1]],
    ['a comment to the end of the line', '{ // yes\n"a":1}', '{ \n"a":1}', ['a comment', 1]],
    ['a comment in between', '[1 /* one\n*/ ]', '[1  ]', ['a comment', 1]],
    ['a line break in a string', '["a\nb"]', '["a\\nb"]', ['a line break or control character in a string', 1]],
    [
      'a control character in a string',
      '["a\u0001"]',
      '["a\\u0001"]',
      ['a line break or control character in a string', 1],
    ],
    ['an escape of JavaScript', String.raw`["it\'s"]`, '["it\'s"]', ['an unknown escape in a string', 1]],
    ['a space from a web page', '{\u00a0"a":1}', '{ "a":1}', ['white space that JSON does not know', 1]],
    ['a key that occurs twice', '{"a":1,"b":2,"a":3}', '{"b":2,"a":3}', ['the key "a" for the second time', 1]],
  ] as const)('%s is mended and told', (_title, given, strict, [what, line]) => {
    expect(mendJson(given)).toEqual({ text: strict, mends: [{ what, line }] })
  })

  test('what looks like a comment or a comma inside a string stays', () => {
    const text = '{"a": "http://x, ] // no", "b": "/* */"}'
    expect(mendJson(text)).toEqual({ text, mends: [] })
  })

  test.each([
    ['{"a" 1}', 'expected ":", found "1"'],
    ['{"a":1 "b":2}', 'expected "," or "}", found "\\""'],
    ["{'a':1}", 'expected a key in double quotes'],
    ['{"a":', 'expected a value, found the end'],
    ['[1] x', 'expected nothing more'],
    ['/* open', 'expected a value'],
    ['['.repeat(200), 'nested deeper than 100 levels'],
  ])('%s is refused with its place', (text, message) => {
    expect(() => mendJson(text)).toThrowError(message)
  })

  test('valid JSON comes back as it is, however it is laid out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(mendJson(text)).toEqual({ text, mends: [] })
      }),
    )
  })

  const fragment = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b',
    '\\',
    '1',
    '-',
    'null',
    '//',
    '/*',
    '*/',
    '\n',
    '\0',
  )
  test('anything else becomes strict JSON or is refused with its place', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fragment, { maxLength: 24 }).map((parts) => parts.join('')),
        ),
        (text) => {
          let mended: string
          try {
            mended = mendJson(text).text
          } catch (error) {
            expect(error).toBeInstanceOf(JsonSourceError)
            return
          }
          parseJsonSource(mended)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('commas sprinkled over a value change nothing of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const strict = JSON.stringify(value)
        const sloppy = JSON.stringify(value, null, 1).replaceAll(/(?<=[^{[,\s])\n(?=\s*[}\]])/g, ' , // last\n')
        expect(JSON.parse(mendJson(sloppy).text)).toEqual(JSON.parse(strict))
      }),
    )
  })
})

describe('the encoding of a text', () => {
  const text = '{"name": "Жанна 🎁"}'
  const utf16 = Buffer.from(text, 'utf16le')
  const utf32 = Buffer.concat([...text].map((character) => word(character.codePointAt(0) ?? 0)))

  test.each([
    ['UTF-8', Buffer.from(text), undefined],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'UTF-8 with a byte order mark'],
    ['UTF-16 little-endian', utf16, 'UTF-16'],
    ['UTF-16 little-endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 big-endian', Buffer.from(utf16).swap16(), 'UTF-16'],
    ['UTF-16 big-endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'UTF-16'],
    ['UTF-32 little-endian', utf32, 'UTF-32'],
    ['UTF-32 little-endian with a mark', Buffer.concat([word(0xfeff), utf32]), 'UTF-32'],
    ['UTF-32 big-endian', Buffer.from(utf32).swap32(), 'UTF-32'],
    ['UTF-32 big-endian with a mark', Buffer.concat([word(0xfeff), utf32]).swap32(), 'UTF-32'],
  ])('%s is understood', (_title, bytes, oddity) => {
    expect(decodeText(bytes)).toEqual(
      oddity === undefined ? { text } : { text, slip: { kind: expect.any(String), detail: oddity } },
    )
  })

  test('bytes of an old editor are read as Windows-1252', () => {
    expect(decodeText(Buffer.from('{"a": "M\xfcnchen"}', 'latin1'))).toMatchObject({
      text: '{"a": "München"}',
      slip: { kind: 'not-utf-8', detail: expect.stringContaining('Windows-1252') },
    })
  })

  test('any bytes become some text', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => typeof decodeText(bytes).text === 'string'))
  })

  function word(value: number): Buffer {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    return bytes
  }
})

test('neither a long text nor many mistakes take long', () => {
  const long = JSON.stringify({ text: 'x\\"'.repeat(1_000_000) })
  expect(mendJson(long).text).toBe(long)
  const sloppy = `[1${',\n'.repeat(20_000)}]`
  expect(mendJson(sloppy).mends.at(-1)).toEqual({ what: 'a comma too many', line: 20_000 })
  expect(() => mendJson(`[1${','.repeat(2_000_000)}]`)).toThrow('more than 20000 mistakes')
  expect(() => mendJson('\0'.repeat(4_000_000))).toThrow('more than 20000 mistakes')
}, 10_000)
