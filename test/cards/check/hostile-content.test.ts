import { describe, expect, test } from 'vitest'
import { createCheckInput } from '../../../src/cards/check/check-input.js'
import { checkPass } from '../../../src/cards/check/check-pass.js'
import { readPassText } from '../../../src/cards/pass/read-pass-text.js'
import { NOW } from './check-changed.js'

const MEGABYTE = 1024 * 1024
/** On a busy machine; alone it takes a tenth. */
const SECONDS = 6

async function check(text: string, files: ReadonlyMap<string, Uint8Array> = new Map()) {
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
    ['more control characters than anybody writes', `{"a": "${'\x01'.repeat(MEGABYTE)}"}`, 'file.too-large'],
    ['more unknown escapes than anybody writes', `{"a": "${'\\q'.repeat(MEGABYTE)}"}`, 'file.too-large'],
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

  test('a word without end is looked through once', async () => {
    const { rules } = await check(
      storeCard([{ key: 'a', label: 'Points', value: 'x'.repeat(3 * MEGABYTE) }]),
      lines('Points'),
    )
    expect(rules).not.toContain('language.untranslated')
  })

  test('three words are still a text that speaks', async () => {
    const { rules } = await check(storeCard([{ key: 'a', label: 'Points', value: '12 May be valid' }]), lines('Points'))
    expect(rules).toContain('language.untranslated')
  })

  test('a card of many fields is not laid out in a thousand languages', async () => {
    const fields = Array.from({ length: 20_000 }, (_, index) => ({ key: `k${index}`, label: `L${index}`, value: '' }))
    const strings = Buffer.from('"L1" = "x";')
    const names = Array.from({ length: 1000 }, (_, index) => `l${index}.lproj/pass.strings`)
    const folders = new Map(names.map((name) => [name, strings]))
    const { findings } = await check(storeCard(fields), folders)
    expect(findings.length).toBeLessThan(1000)
  })

  test('a pass.strings of a million lines is told in few findings', async () => {
    const strings = Buffer.from(`${'"Points" = "x";\n'.repeat(100_000)}${';'.repeat(MEGABYTE)}`)
    const { findings } = await check(storeCard([]), new Map([['en.lproj/pass.strings', strings]]))
    expect(findings.length).toBeLessThan(300)
    expect(findings.map(({ message }) => message)).toContain(
      'en.lproj/pass.strings is longer than any card needs; what follows was not looked at.',
    )
  })
})

function storeCard(backFields: readonly object[]): string {
  return JSON.stringify({ formatVersion: 1, storeCard: { backFields } })
}

function lines(...texts: readonly string[]): ReadonlyMap<string, Uint8Array> {
  return new Map([['en.lproj/pass.strings', Buffer.from(texts.map((text) => `"${text}" = "x";`).join('\n'))]])
}
