import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Evidence } from '../../../src/delivery/conformance/evidence.js'
import { inspectPass } from '../../../src/delivery/conformance/inspect-pass.js'
import { conformanceJunit } from '../../../src/delivery/conformance/junit.js'
import { readList } from '../../../src/delivery/conformance/read-list.js'
import { CONFORMANCE_RULES, chooseRules, ruleDocs } from '../../../src/delivery/conformance/rules.js'
import type { RuleResult } from '../../../src/delivery/conformance/types.js'
import { readXml } from '../../support/read-xml.js'
import { makeWalletPasses } from '../../support/wallet-passes.js'

test('rules have ids of their own and whole sentences', () => {
  const ids = CONFORMANCE_RULES.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, title, protocol, phone, seen } of ruleDocs()) {
    expect(id).toMatch(/^[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(title, id).not.toMatch(/\.$/)
    for (const text of [protocol, phone]) expect(text, id).toMatch(/^\S[^\n]*\.$/)
    expect(seen ?? 'Nobody.', id).toMatch(/^[^\n]*\.$/)
  }
})

test('rules are chosen by name and by group, in their own order', () => {
  expect(chooseRules(['log', 'register.created']).map(({ id }) => id)).toEqual([
    'register.created',
    'log.accepts',
    'log.odd-body',
  ])
  expect(chooseRules(['lo'])).toEqual([])
  expect(chooseRules()).toHaveLength(CONFORMANCE_RULES.length)
})

test('a list is read whatever its tag is, and is none when it holds no serial numbers', () => {
  const read = (text: string) => readList(Buffer.from(text))
  expect(read('{"serialNumbers":["a",7],"lastUpdated":"2"}')).toEqual({
    serials: ['a', '7'],
    tag: '2',
    tagType: 'string',
  })
  expect(read('{"serialNumbers":[],"lastUpdated":2}')).toEqual({ serials: [], tag: '2', tagType: 'number' })
  expect(read('{"serialNumbers":[],"lastUpdated":null}')).toEqual({ serials: [], tag: undefined, tagType: 'null' })
  for (const text of ['', '[]', 'null', '"a"', '{}', '{"serialNumbers":"a"}']) expect(read(text)).toBeUndefined()
})

test('whatever the bytes of a list are, reading it does not throw', () => {
  fc.assert(fc.property(fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from)), (bytes) => void readList(bytes)))
})

test('evidence masks tokens, shows no bytes of passes, and stays short', () => {
  const evidence = new Evidence(['secret-token'])
  const request = { method: 'GET', path: '/v1/x/secret-token', headers: { Authorization: 'ApplePass secret-token' } }
  expect(evidence.request(request)).toBe('GET /v1/x/**** (Authorization: ApplePass ****)')
  const bytes = { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: Buffer.alloc(5000) }
  expect(evidence.answer(bytes)).toBe('200 application/octet-stream: 5000 bytes')
  const long = { ...bytes, headers: { 'content-type': 'text/html' }, body: Buffer.from('x'.repeat(5000)) }
  expect(evidence.answer(long).length).toBeLessThan(500)
})

test('whatever comes back, its evidence holds neither token nor control characters', () => {
  const evidence = new Evidence(['secret-token'])
  const body = fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(body, fc.constantFrom('text/html', 'application/json', ''), ([before, after], type) => {
      const reply = {
        status: 200,
        headers: { 'content-type': type },
        body: Buffer.from(`${before}secret-token${after}`),
      }
      expect(evidence.answer(reply)).not.toMatch(/secret-token|\p{Cc}/u)
    }),
  )
})

test('a pass that is not the card is told apart from one that is', () => {
  const passes = makeWalletPasses()
  const card = { serial: 'A-1', passType: passes.passType, token: 'a-token-of-16-characters' }
  const bytes = passes.sign({ ...card, url: 'https://example.com', balance: 3 })
  const look = (own: Partial<typeof card>, trust = [passes.issuer]) =>
    inspectPass(bytes, { card: { ...card, ...own }, trust })
  expect(look({})).toEqual({})
  expect(look({}, []).mild).toMatch(/certificate\.trust/)
  expect(look({ serial: 'B' }).broken).toBe('The pass has the serial number "A-1".')
  expect(look({ passType: 'pass.other' }).broken).toMatch(/pass type "pass\.com\.example\.bonus"/)
  expect(look({ token: 'b' }).broken).toBe('The authenticationToken is another one.')
  const years = Date.now() + 20 * 365 * 86_400_000
  expect(inspectPass(bytes, { card, trust: [passes.issuer], now: years }).mild).toMatch(/certificate\.expired/)
})

test('whatever the bytes of a pass are, inspecting it does not throw', () => {
  const passes = makeWalletPasses()
  const card = { serial: 'A-1', passType: passes.passType, token: 'a-token-of-16-characters' }
  const good = passes.sign({ ...card, url: 'https://example.com', balance: 3 })
  const damaged = fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => {
    const bytes = Buffer.from(good)
    bytes[at] = byte
    return bytes
  })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), damaged), (bytes) => void inspectPass(bytes, { card, trust: [] })),
    { numRuns: 60 },
  )
})

test('JUnit: what failed fails, what is warned of passes with its warning', () => {
  const result = (rule: string, outcome: RuleResult['outcome']): RuleResult => ({
    rule,
    level: 'must',
    title: 'It holds',
    outcome,
    message: `It was <${outcome}>.`,
    exchanges: [{ request: 'GET /v1', answer: '500' }],
  })
  const results = (['passed', 'failed', 'warned', 'skipped'] as const).map((outcome) =>
    result(`log.${outcome}`, outcome),
  )
  const xml = readXml(conformanceJunit(results, { seconds: 2 }))
  expect(xml.attributes).toEqual({
    name: 'tessera conformance',
    tests: '4',
    failures: '1',
    errors: '0',
    skipped: '1',
    time: '2.000',
  })
  const cases = xml.children[0]?.children ?? []
  expect(cases.map(({ attributes }) => attributes)).toEqual(
    results.map(({ rule }) => ({ classname: 'conformance.log', name: rule })),
  )
  expect(cases.map(({ children }) => children[0]?.name)).toEqual([undefined, 'failure', 'system-out', 'skipped'])
  expect(cases[1]?.children[0]).toMatchObject({
    attributes: { type: 'must', message: 'It was <failed>.' },
    text: 'It was <failed>.\n> GET /v1\n< 500',
  })
})
