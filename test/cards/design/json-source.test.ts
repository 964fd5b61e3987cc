import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonNode, JsonSourceError, linePosition, parseJsonSource } from '../../../src/cards/design/json-source.js'

function plain(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'array') return node.items.map(plain)
  const object: Record<string, unknown> = Object.create(null)
  for (const { key, value } of node.members) object[key] = plain(value)
  return object
}

function errorOf(text: string): { message: string; line: number; column: number } {
  try {
    parseJsonSource(text)
  } catch (error) {
    if (error instanceof JsonSourceError) return { message: error.message, ...linePosition(text, error.offset) }
    throw error
  }
  throw new Error('was accepted')
}

describe('reading JSON with its places', () => {
  test('any JSON reads as JSON.parse reads it, however it is laid out', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t', '\r\n'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        expect(JSON.stringify(plain(parseJsonSource(text)))).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  test('whatever JSON.parse refuses is refused, and the other way round', () => {
    const almostJson = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"b"',
        '1',
        '-',
        '01',
        '1.',
        '1e5',
        'true',
        'nul',
        '"',
        '\\',
        ' ',
        '\n',
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(almostJson, (tokens) => {
        const text = tokens.join('')
        let accepted = true
        let refusal: unknown
        try {
          JSON.parse(text)
        } catch {
          accepted = false
        }
        try {
          parseJsonSource(text)
        } catch (error) {
          refusal = error
        }
        // The one deliberate difference: a key that occurs twice.
        if (accepted && refusal instanceof JsonSourceError && /twice/.test(refusal.message)) return
        expect(refusal === undefined).toBe(accepted)
      }),
      { numRuns: 3000 },
    )
  })

  test('a mistake is named with line and column', () => {
    expect(errorOf('{\n  "a": 1,\n  "b": tru\n}')).toEqual({
      message: 'expected a value, found "t"',
      line: 3,
      column: 8,
    })
    expect(errorOf('{\n  "a": 1,\n}')).toEqual({
      message: 'expected a key in double quotes, found "}"',
      line: 3,
      column: 1,
    })
    expect(errorOf('{"a": [1, 2}')).toEqual({ message: 'expected "," or "]", found "}"', line: 1, column: 12 })
    expect(errorOf('{"a": 1')).toEqual({ message: 'expected "," or "}", found the end', line: 1, column: 8 })
    expect(errorOf('{"a":1,\r\n "a":2}')).toEqual({
      message: 'the key "a" occurs twice in one object',
      line: 2,
      column: 2,
    })
    expect(errorOf('['.repeat(5000)).message).toMatch(/deeper/)
  })

  test('a string of a megabyte is read', () => {
    const long = 'é\\n"'.repeat(250_000)
    expect(plain(parseJsonSource(JSON.stringify([long])))).toEqual([long])
  })
})
