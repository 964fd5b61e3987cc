import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonMember, parseJsonSource } from '../../../src/cards/design/json-source.js'
import { jsonEditor } from '../../../src/cards/pass/json-editor.js'

function edit(
  text: string,
  work: (editor: ReturnType<typeof jsonEditor>, root: ReturnType<typeof objectOf>) => void,
): string {
  const editor = jsonEditor(text)
  work(editor, objectOf(text))
  return editor.apply()
}

function objectOf(text: string) {
  const root = parseJsonSource(text)
  if (root.kind !== 'object') throw new Error('not an object')
  return root
}

test('the layout around a change stays', () => {
  const text = '{\n  "a": 1,\n  "b": [ 2 ],\n  "c": "x"\n}\n'
  expect(edit(text, (editor, root) => editor.remove(root, 'b'))).toBe('{\n  "a": 1,\n  "c": "x"\n}\n')
  expect(edit(text, (editor, root) => editor.remove(root, 'a'))).toBe('{\n  "b": [ 2 ],\n  "c": "x"\n}\n')
  expect(edit(text, (editor, root) => editor.remove(root, 'c'))).toBe('{\n  "a": 1,\n  "b": [ 2 ]\n}\n')
  expect(edit(text, (editor, root) => editor.prepend(root, 'k', 'v'))).toBe(
    '{\n  "k": "v",\n  "a": 1,\n  "b": [ 2 ],\n  "c": "x"\n}\n',
  )
  expect(edit('{}', (editor, root) => editor.prepend(root, 'k', 'v'))).toBe('{"k": "v"}')
})

test('any members can be removed, replaced and added at once', () => {
  // JSON has no -0: it is written as 0.
  const jsonValue = fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  const value = fc.dictionary(fc.stringMatching(/^[a-f]$/), jsonValue, { maxKeys: 6 })
  fc.assert(
    fc.property(
      value,
      fc.subarray([...'abcdef']),
      fc.subarray([...'abcdef']),
      fc.boolean(),
      (object, gone, set, add) => {
        const text = JSON.stringify(object, null, 2)
        const result = edit(text, (editor, root) => {
          for (const key of gone) editor.remove(root, key)
          for (const key of set) {
            const node = jsonMember(root, key)
            if (node !== undefined) editor.replace(node, 'new')
          }
          if (add) editor.prepend(root, 'first', true)
        })
        const expected: Record<string, unknown> = add ? { first: true } : {}
        for (const [key, own] of Object.entries(object))
          if (!gone.includes(key)) expected[key] = set.includes(key) ? 'new' : own
        expect(JSON.parse(result)).toEqual(expected)
      },
    ),
  )
})
