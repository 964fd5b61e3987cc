import { expect, test } from 'vitest'
import { countFindings, isInOrder, verdictOf } from '../../../src/cards/check/verdict.js'
import type { Finding, Severity } from '../../../src/kit/findings.js'

const finding = (severity: Severity): Finding => ({
  rule: 'fields.limit',
  severity,
  place: { file: 'pass.json' },
  message: 'Too many.',
  fix: 'Take fewer.',
  fixable: false,
})

test.each([
  [[], 'bonus: phones will show this card as designed.', true, true],
  [['advice', 'advice'], 'bonus: phones will show this card as designed. There is advice: 2 lines.', true, true],
  [['shown-badly', 'advice'], 'bonus: phones will show this card, but not as designed: 1 finding.', true, false],
  [
    ['refused-by-some', 'refused-by-some', 'shown-badly'],
    'bonus: some phones refuse this card or leave something essential out: 2 reasons.',
    true,
    false,
  ],
  [['refused', 'refused-by-some', 'advice'], 'bonus: phones refuse this card: 1 reason.', false, false],
] as const)('findings %j: %s', (severities, verdict, ok, strictlyOk) => {
  const counts = countFindings(severities.map(finding))
  expect(verdictOf('bonus', counts)).toBe(verdict)
  expect(isInOrder(counts)).toBe(ok)
  expect(isInOrder(counts, { strict: true })).toBe(strictlyOk)
})
