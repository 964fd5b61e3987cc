import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCheckInput } from '../../../src/cards/check/check-input.js'
import { checkPass } from '../../../src/cards/check/check-pass.js'
import { RULES } from '../../../src/cards/check/rules.js'
import { mendJson } from '../../../src/cards/pass/mend-json.js'
import { readPassText } from '../../../src/cards/pass/read-pass-text.js'
import { SEVERITIES } from '../../../src/kit/findings.js'
import { findingsOf, NOW } from './check-changed.js'
import { GOOD_DESIGNS, type GoodName } from './good-designs.js'
import {
  DESIGN_CASES,
  FIELD_CASES,
  FILE_CASES,
  IDENTITY_CASES,
  LANGUAGE_CASES,
  LOOK_CASES,
  REST_CASES,
  type RuleCase,
} from './rule-cases.js'

const CASES: readonly RuleCase[] = [
  ...FILE_CASES,
  ...IDENTITY_CASES,
  ...FIELD_CASES,
  ...LOOK_CASES,
  ...REST_CASES,
  ...LANGUAGE_CASES,
  ...DESIGN_CASES,
]
const GOOD = Object.keys(GOOD_DESIGNS) as GoodName[]

describe('a good design', () => {
  test.each(GOOD)('of the kind %s has no findings at all', async (name) => {
    expect(await findingsOf(name)).toEqual([])
  })
})

describe('a single change of a good design', () => {
  const named = CASES.map((each, index) => ({ ...each, name: `${each.rule} (case ${index + 1})` }))

  test.each(named)('is found by $name and no other', async ({ rule, also = [], says, base = 'store', ...change }) => {
    const findings = await findingsOf(base, change)
    expect([...new Set(findings.map((finding) => finding.rule))].sort()).toEqual([rule, ...also].sort())
    const own = findings.find((finding) => finding.rule === rule)
    expect(own?.message).toMatch(/^\p{Lu}|^[a-z]\w*|^"/u)
    expect(own?.message).toMatch(/\.$|\?$/)
    expect(own?.fix).toMatch(/[.”"]$/)
    if (says !== undefined) expect(own?.message).toMatch(says)
    const { file, line, column } = own?.place ?? { file: '' }
    const positioned = /^pass\.json$|\.strings$/.test(file) && !/pass-missing|encoding$|too-large$/.test(rule)
    if (positioned) expect([line, column]).toEqual([expect.any(Number), expect.any(Number)])
  })

  test('covers every rule', () => {
    const covered = new Set(CASES.map(({ rule }) => rule))
    expect(RULES.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([])
  })
})

describe('rules', () => {
  test('have ids of their own, in the form group.name, and say all that a page needs', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
    for (const rule of RULES) {
      expect(rule.id).toMatch(/^[a-z]+\.[a-z]+(?:-[a-z]+)*$/)
      expect(SEVERITIES).toContain(rule.severity)
      for (const sentence of [rule.title, rule.reason, rule.fix]) expect(sentence).toMatch(/\.$|[.)]$|\]$/)
      expect(rule.source).not.toBe('')
      expect(rule.example).not.toBe('')
    }
  })
})

describe('findings', () => {
  test('come gravest first, then by place', async () => {
    const findings = await findingsOf('store', {
      set: { voided: true, relevantDate: '2027-03-01T18:00:00Z', formatVersion: 2, labelColor: 'red' },
    })
    expect(findings.map(({ severity }) => severity)).toEqual(['refused', 'refused', 'shown-badly', 'advice'])
    expect(findings.map(({ rule }) => rule).slice(0, 2)).toEqual(['identity.format-version', 'colour.format'])
  })

  test('name line and column of the value concerned', async () => {
    const [finding] = await findingsOf('store', { set: { formatVersion: 2 } })
    expect(finding?.place).toEqual({ file: 'pass.json', pointer: 'formatVersion', line: 2, column: 20 })
  })
})

test('a design broken in many ways tells all of them', async () => {
  const findings = await findingsOf('store', {
    text: (text) => text.replace('"formatVersion": 1,', '"formatVersion": 1, // one\n'),
    set: {
      coupon: {},
      'storeCard/backFields/1': { key: 'terms', label: 'Again', value: 'Twice.' },
      backgroundColor: 'blue',
    },
    yaml: (yaml) => yaml.replace('default: 0', 'default: none'),
    files: async () => ({ 'icon.png': undefined, 'icon@2x.png': undefined, 'icon@3x.png': 'no picture' }),
  })
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(
    new Set([
      'file.comment',
      'file.config',
      'file.unusable',
      'identity.style-many',
      'fields.key-twice',
      'colour.format',
      'picture.icon-missing',
    ]),
  )
})

describe('whatever stands in pass.json', () => {
  const json = fc.jsonValue({ maxDepth: 3 })

  test('checking never fails', async () => {
    const { pass, files } = await GOOD_DESIGNS.finished()
    const text = JSON.stringify(pass)
    const paths = pathsOf(pass)
    const bytes = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...paths), json), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const changed = JSON.parse(text) as Record<string, unknown>
          for (const [path, value] of changes) replace(changed, path, value)
          const read = readPassText(Buffer.from(JSON.stringify(changed)))
          if (!read.ok) throw new Error(read.reason)
          const findings = await checkPass(createCheckInput({ pass: read, files: bytes, now: NOW }))
          for (const { place } of findings.filter(({ place: { file } }) => file === 'pass.json')) {
            expect(place.line).toBeGreaterThan(0)
            expect(place.column).toBeGreaterThan(0)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('texts that are no JSON are told, not thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `{"a": [1, ${text}]}`),
        ),
        (text) => {
          const read = readPassText(Buffer.from(text))
          if (read.ok) expect(read.json).toEqual(JSON.parse(mendJson(read.text).text))
          else expect(read.reason).not.toBe('')
        },
      ),
    )
  })
})

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]]
  const below = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))
  return path.length === 0 ? below : [[...path], ...below]
}

function replace(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let node: unknown = root
  for (const step of path.slice(0, -1)) node = (node as Record<string, unknown> | undefined)?.[step]
  const last = path.at(-1)
  if (typeof node === 'object' && node !== null && last !== undefined) (node as Record<string, unknown>)[last] = value
}
