import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toJunit } from '../../../src/verifying/output/junit.js'
import type { PassFinding, PassReport, Verdict } from '../../../src/verifying/types.js'
import { readXml } from '../../support/read-xml.js'

const finding = (message: string): PassFinding => ({
  rule: 'manifest.digest',
  severity: 'refused',
  place: { file: 'icon.png' },
  message,
  fix: 'Make it again.',
  fixable: false,
  effect: 'Phones refuse it.',
})
const report = (file: string, verdict: Verdict, messages: readonly string[] = []): PassReport => ({
  file,
  verdict,
  sentence: `${file}: ${verdict}.`,
  findings: messages.map(finding),
})

test('each pass is a test case; refused ones fail, what cannot be opened is an error', () => {
  const xml = readXml(
    toJunit(
      [
        { report: report('a.pkpass', 'valid'), ok: true },
        { report: report('b.pkpass', 'valid', ['Advice.']), ok: true },
        { report: report('c.pkpass', 'invalid', ['One.', 'Two.']), ok: false },
        { report: report('d.pkpass', 'broken', ['Three.']), ok: false },
      ],
      { seconds: 1.5 },
    ),
  )
  expect(xml).toMatchObject({
    name: 'testsuites',
    attributes: { tests: '4', failures: '1', errors: '1', time: '1.500' },
  })
  const cases = xml.children[0]?.children ?? []
  expect(cases.map(({ name, attributes }) => `${name} ${attributes.name}`)).toEqual([
    'testcase a.pkpass',
    'testcase b.pkpass',
    'testcase c.pkpass',
    'testcase d.pkpass',
  ])
  expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([
    [],
    ['system-out'],
    ['failure'],
    ['error'],
  ])
  expect(cases[2]?.children[0]).toMatchObject({
    attributes: { type: 'invalid', message: 'c.pkpass: invalid.' },
    text: 'refused manifest.digest icon.png: One. Make it again.\nrefused manifest.digest icon.png: Two. Make it again.',
  })
})

test('what concerns the whole file names no file in it', () => {
  const whole = { ...finding('It is empty.'), rule: 'archive.empty', place: { file: '' } }
  const broken = { ...report('e.pkpass', 'broken'), findings: [whole] }
  const xml = readXml(toJunit([{ report: broken, ok: false }], { seconds: 1 }))
  expect(xml.children[0]?.children[0]?.children[0]?.text).toBe('refused archive.empty: It is empty. Make it again.')
})

test('whatever is in a name or a message, it is XML', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a\u0000b', ']]>', '<!--', '\ud800', '\uffff', '&#0;'),
  )
  fc.assert(
    fc.property(any, any, (file, message) => {
      const xml = readXml(toJunit([{ report: report(file, 'invalid', [message]), ok: false }], { seconds: 0 }))
      expect(xml.children[0]?.children).toHaveLength(1)
    }),
  )
})
