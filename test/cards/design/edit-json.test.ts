import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { setTopValues } from '../../../src/cards/design/edit-json.js'

describe('values at the top of pass.json', () => {
  test.each([
    ['{"a": "1", "b": 2}', { a: 'x' }, '{"a": "x", "b": 2}'],
    ['{\n  "a": 1\n}\n', { b: 'x' }, '{\n  "a": 1,\n  "b": "x"\n}\n'],
    ['{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', { b: undefined }, '{\n  "a": 1,\n  "c": 3\n}'],
    ['{\n  "a": 1,\n  "b": 2\n}', { b: undefined }, '{\n  "a": 1\n}'],
    ['{"a": 1}', { a: undefined }, '{}'],
    ['{ }', { a: 'x' }, '{"a": "x"}'],
  ])('%j with %j is %j', (text, values, expected) => expect(setTopValues(text, values)).toBe(expected))

  test('what is set is there, what is removed is gone, the rest is as it was', () => {
    const object = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue(), { maxKeys: 5 })
    const changes = fc.dictionary(fc.string({ maxLength: 3 }), fc.option(fc.string(), { nil: undefined }), {
      maxKeys: 4,
    })
    fc.assert(
      fc.property(object, changes, fc.constantFrom(undefined, 2, '\t'), (before, values, indent) => {
        const expected = new Map(Object.entries(before))
        for (const [key, value] of Object.entries(values)) {
          if (value === undefined) expected.delete(key)
          else expected.set(key, value)
        }
        const after = JSON.parse(setTopValues(JSON.stringify(before, null, indent), values))
        expect(after).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(expected))))
      }),
    )
  })
})
