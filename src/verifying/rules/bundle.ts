import type { RuleGroupDoc } from '../../kit/findings.js'

const APPLE_BUNDLE = 'Apple, Distributing and updating a pass: bundles of passes'

/** Several passes in one .pkpasses. */
export const BUNDLE_RULES = {
  id: 'bundle',
  title: 'Bundles',
  intro: 'A .pkpasses is a zip archive of .pkpass files, which phones add together.',
  rules: [
    {
      id: 'bundle.count',
      severity: 'refused',
      title: 'A bundle has more than ten passes.',
      reason: 'Phones add bundles of up to ten passes and refuse larger ones.',
      fix: 'Make several bundles.',
      source: APPLE_BUNDLE,
      example: 'family.pkpasses with 12 cards',
      fixable: false,
      command: 'tessera card sign SERIAL SERIAL --out NAME.pkpasses',
    },
    {
      id: 'bundle.size',
      severity: 'refused',
      title: 'A bundle is larger than 150 MB.',
      reason: 'Phones add bundles of up to 150 MB and refuse larger ones.',
      fix: 'Make several bundles, or use smaller pictures.',
      source: APPLE_BUNDLE,
      example: 'tickets.pkpasses of 180 MB',
      fixable: false,
      command: 'tessera design pictures DESIGN',
    },
    {
      id: 'bundle.other-file',
      severity: 'refused-by-some',
      title: 'A bundle holds a file that is no pass.',
      reason: 'Phones look for .pkpass files only; some refuse a bundle with anything else in it.',
      fix: 'Pack .pkpass files alone, at the top of the archive.',
      source: APPLE_BUNDLE,
      example: '__MACOSX/._ann.pkpass, which the Finder of macOS adds',
      fixable: false,
    },
    {
      id: 'bundle.same-pass',
      severity: 'shown-badly',
      title: 'A bundle has the same pass twice.',
      reason:
        'Passes with the same type and serial number are one pass to a phone; the later one replaces the earlier.',
      fix: 'Give every pass a serial number of its own.',
      source: 'Apple, Pass.serialNumber',
      example: 'Two tickets with the serial number 1',
      fixable: false,
    },
  ],
} as const satisfies RuleGroupDoc
