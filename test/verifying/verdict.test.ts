import { describe, expect, test } from 'vitest'
import type { Finding, Severity } from '../../src/kit/findings.js'
import type { Verdict } from '../../src/verifying/types.js'
import { sentenceOf, verdictOf } from '../../src/verifying/verdict.js'

const found = (rule: string, severity: Severity = 'refused', message = `About ${rule}.`): Finding => ({
  rule,
  severity,
  place: { file: 'pass.json' },
  message,
  fix: 'Mend it.',
  fixable: false,
})
const good = { readable: true, signed: true }
const expired = found('certificate.expired', 'refused', 'It expired on 2016-07-20.')

describe('the verdict', () => {
  test.each<[string, Verdict, readonly Finding[], { readable: boolean; signed: boolean }]>([
    ['nothing found', 'valid', [], good],
    ['all that phones do not refuse', 'valid', [found('a.b', 'refused-by-some'), found('a.c', 'shown-badly')], good],
    ['advice', 'valid', [found('a.b', 'advice')], good],
    ['only time has run out, of both certificates', 'expired', [expired, expired, found('a.b', 'shown-badly')], good],
    ['time has run out, and the digest is wrong', 'invalid', [expired, found('manifest.digest')], good],
    ['time has run out, and the issuer is unknown', 'invalid', [expired, found('certificate.trust')], good],
    ['time has run out, and the content is refused', 'invalid', [expired, found('identity.format-version')], good],
    ['the certificate is of the future', 'invalid', [found('certificate.not-yet-valid')], good],
    ['a damaged picture', 'invalid', [found('archive.entry')], good],
    ['no signature', 'unsigned', [found('signature.missing')], { readable: true, signed: false }],
    ['no signature and wrong content', 'unsigned', [found('identity.team')], { readable: true, signed: false }],
    ['pass.json cannot be read', 'broken', [found('file.syntax')], { readable: false, signed: true }],
    ['nothing can be read', 'broken', [found('archive.unreadable')], { readable: false, signed: false }],
  ])('%s: %s', (_, verdict, findings, state) => {
    expect(verdictOf(findings, state)).toBe(verdict)
  })
})

describe('the sentence', () => {
  test.each<[Verdict, readonly Finding[], string]>([
    ['valid', [], 'x: valid; phones accept it.'],
    ['valid', [found('a.b', 'advice')], 'x: valid; phones accept it.'],
    [
      'valid',
      [found('a.b', 'refused-by-some')],
      'x: valid, but some phones refuse it or leave something out: 1 reason.',
    ],
    [
      'valid',
      [found('a.b', 'shown-badly'), found('a.c', 'shown-badly')],
      'x: valid; phones accept it, but do not show all of it well: 2 findings.',
    ],
    ['expired', [expired], 'x: expired; all else holds, but phones refuse to add it: It expired on 2016-07-20.'],
    [
      'unsigned',
      [found('signature.missing'), found('manifest.missing')],
      'x: unsigned; phones refuse it until it is signed.',
    ],
    [
      'unsigned',
      [found('signature.missing'), found('identity.team')],
      'x: unsigned; phones refuse it until it is signed, and for 1 more reason. About identity.team.',
    ],
    ['invalid', [found('a.b'), found('a.c')], 'x: invalid; phones refuse it: 2 reasons. About a.b.'],
    ['broken', [found('archive.empty')], 'x: broken; it cannot be opened as a pass. About archive.empty.'],
  ])('%s %#', (verdict, findings, sentence) => {
    expect(sentenceOf('x', verdict, findings)).toBe(sentence)
  })
})
