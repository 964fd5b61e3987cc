import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPassText } from '../../src/cards/pass/read-pass-text.js'
import { withEvidence } from '../../src/verifying/evidence.js'

const evidenceAt = (text: string, line: number, column: number, file = 'pass.json') =>
  withEvidence(
    [
      {
        rule: 'a.b',
        severity: 'advice',
        place: { file, line, column },
        message: 'It is so.',
        fix: 'Mend it.',
        fixable: false,
      },
    ],
    readPassText(Buffer.from(text)),
  )[0]?.evidence

test('the line is shown, without its indentation', () => {
  expect(evidenceAt('{\n  "formatVersion": 2,\n  "x": 1\n}', 2, 20)).toBe('"formatVersion": 2,')
  expect(evidenceAt('{\n  "a": [1, ],\n}', 2, 10)).toBe('"a": [1, ],')
})

test('of one long line the part around the place', () => {
  const text = JSON.stringify({ a: 'x'.repeat(500), formatVersion: 2, b: 'y'.repeat(500) })
  const shown = evidenceAt(text, 1, text.indexOf(':2') + 2) ?? ''
  expect(shown).toContain('"formatVersion":2')
  expect(shown).toMatch(/^….*…$/)
  expect(shown.length).toBeLessThanOrEqual(102)
})

test('what would steer a terminal is spelled out', () => {
  expect(evidenceAt('{\n"a": "\u009b31m"\n}', 2, 1)).toBe('"a": "\\x9b31m"')
})

test('other files, and evidence that there is, are left alone', () => {
  expect(evidenceAt('{\n"a": 1\n}', 2, 1, 'icon.png')).toBeUndefined()
})

test.each([
  ['in one line', '{"authenticationToken":"TOKEN-SECRET-12345","a":1}'],
  ['twice', '{"authenticationToken":"TOKEN-SECRET-12345","authenticationToken":"TOKEN-SECRET-67890"}'],
  ['with an escaped key', '{"authentication\\u0054oken":"TOKEN-SECRET-12345","a":1}'],
  ['in a text with slips', '{/* x */"authenticationToken":"TOKEN-SECRET-12345","a":[1,],}'],
  ['in a text that is no JSON', '{"authenticationToken":"TOKEN-SECRET-12345","a":'],
  ['as an object', '{"authenticationToken":{"x":"TOKEN-SECRET-12345"},"a":1}'],
])('the token is never shown: %s', (_, text) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: text.length }), (column) => {
      const shown = evidenceAt(text, 1, column) ?? ''
      expect(shown).not.toMatch(/SECRET|12345|67890/)
      expect(shown).toContain('"***')
    }),
  )
})

test('a hundred thousand tokens are masked in bounded time', () => {
  const started = performance.now()
  const lines = `{"x":\n${'authenticationToken TOKEN-SECRET\n'.repeat(100_000)}`
  expect(evidenceAt(lines, 2, 1)).toBe('authenticationToken ************')
  const members = `{${'"authenticationToken":"TOKEN-SECRET",'.repeat(10_000)}"a":1}`
  expect(evidenceAt(members, 1, 1)).not.toContain('SECRET')
  expect((performance.now() - started) / 1000).toBeLessThan(6)
})
