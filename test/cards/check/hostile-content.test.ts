import { describe, expect, test } from 'vitest'
import { createCheckInput } from '../../../src/cards/check/check-input.js'
import { checkPass } from '../../../src/cards/check/check-pass.js'
import { readPassText } from '../../../src/cards/pass/read-pass-text.js'
import { NOW } from './check-changed.js'

const MEGABYTE = 1024 * 1024
/** On a busy machine; alone it takes a tenth. */
const SECONDS = 6

async function check(text: string, files = new Map<string, Uint8Array>()) {
  const started = performance.now()
  const pass = readPassText(Buffer.from(text))
  const findings = pass.ok ? await checkPass(createCheckInput({ pass, files, now: NOW })) : []
  expect((performance.now() - started) / 1000).toBeLessThan(SECONDS)
  return { pass, rules: new Set(findings.map(({ rule }) => rule)), findings }
}

describe('a pass.json made to hurt', () => {
  test.each([
    ['nested without end', '['.repeat(2 * MEGABYTE), 'file.syntax'],
    ['objects nested without end', '{"a":'.repeat(500_000), 'file.syntax'],
    ['a text without end', `{"a": "${'\\\\'.repeat(MEGABYTE)}`, 'file.syntax'],
    ['comments that are never closed', `{${'/*'.repeat(MEGABYTE)}`, 'file.syntax'],
    ['more values than any card has', `{"a": [${'0,'.repeat(250_000)}0]}`, 'file.too-large'],
    ['more commas than anybody writes by mistake', `{"a": [1${','.repeat(MEGABYTE)}]}`, 'file.too-large'],
    ['more zero bytes than anybody writes by mistake', `{${'\0'.repeat(MEGABYTE)}}`, 'file.too-large'],
    ['more comments than anybody writes', `{${'/**/'.repeat(MEGABYTE / 2)}}`, 'file.too-large'],
    ['larger than is read', `{"a": "${'x'.repeat(4 * MEGABYTE)}"}`, 'file.too-large'],
  ])('%s is refused in bounded time', async (_title, text, rule) => {
    expect((await check(text)).pass).toMatchObject({ ok: false, rule })
  })

  test('a hundred thousand keys are read, and told in few findings', async () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `"formatVersio${index}": 1`).join(',')
    const { pass, findings } = await check(`{${keys}}`)
    expect(pass.ok).toBe(true)
    expect(findings.length).toBeLessThan(1000)
  })

  test('keys of the language itself are keys like others', async () => {
    const { pass } = await check('{"__proto__": {"polluted": true}, "constructor": 1}')
    expect(pass.ok && Object.keys(pass.json)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('many slips are told in few findings', async () => {
    const { findings, rules } = await check(`{"a": [1${',\n'.repeat(15_000)}]}`)
    expect(rules).toContain('file.extra-comma')
    expect(findings.length).toBeLessThan(300)
  })

  test.each([
    'x',
    ' ',
    '1',
    'a@',
    'http://',
    '<a href=',
    '+1 (2) ',
  ])('a translated card with a text of %j only', async (unit) => {
    const value = unit.repeat(Math.floor((1.2 * MEGABYTE) / unit.length))
    const strings = new Map([['de.lproj/pass.strings', Buffer.from('"Terms" = "Bedingungen";')]])
    const backFields = [{ key: 'a', label: 'Terms', value }]
    const { pass } = await check(
      JSON.stringify({ storeCard: { backFields, primaryFields: [{ key: 'b', value }] } }),
      strings,
    )
    expect(pass.ok).toBe(true)
  })
})
