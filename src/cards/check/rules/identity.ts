import { closest } from '../../../kit/closest.js'
import { PASS_STYLES } from '../../design/design.js'
import { hasType, PASS_KEYS, TYPE_WORDS } from '../facts/pass-keys.js'
import { addMember, replaceValue } from '../fix/json-edits.js'
import type { Problem, RuleGroup } from '../rule.js'
import { objectOf, quote, type Subject } from '../subject.js'

const KEYS_SOURCE = 'Apple Pass Builder 2026, Pass.swift'
/** What templates and samples say where a client's own text belongs. */
const PLACEHOLDERS = new Set(['your organization', 'your company', 'organization name', 'company name', 'toy town'])

/** What the pass is and who gives it out. */
export const IDENTITY_RULES: RuleGroup = {
  id: 'identity',
  title: 'Identity and style',
  intro:
    'What every pass has to say: its version, who gives it out, what it is, and its one style. Tessera sets the serial number and the identifiers of the certificate when cards are issued, so designs are not asked for them.',
  rules: [
    {
      id: 'identity.format-version',
      severity: 'refused',
      title: 'formatVersion is not 1.',
      reason: 'There is one version of the format. Phones refuse a pass that names another one or none.',
      fix: 'Write "formatVersion": 1.',
      source: KEYS_SOURCE,
      example: '"formatVersion": "1"',
      check: ({ passJson: { formatVersion } }) =>
        formatVersion === 1
          ? []
          : [
              {
                at: 'formatVersion',
                message:
                  formatVersion === undefined
                    ? 'There is no formatVersion.'
                    : `formatVersion is ${quote(formatVersion)}, which no phone knows.`,
              },
            ],
      repair: (subject) =>
        subject.passJson.formatVersion === undefined
          ? { kind: 'text', edits: addMember(subject, '', 'formatVersion', '1') }
          : subject.passJson.formatVersion === '1'
            ? { kind: 'text', edits: replaceValue(subject, 'formatVersion', '1') }
            : undefined,
    },
    {
      id: 'identity.organization-name',
      severity: 'refused',
      title: 'organizationName is missing.',
      reason: 'Phones show it on the lock screen and in messages, and refuse a pass without it.',
      fix: 'Write the name that customers know as organizationName.',
      source: KEYS_SOURCE,
      example: '"organizationName": ""',
      check: (subject) => missingText(subject, 'organizationName'),
    },
    {
      id: 'identity.description',
      severity: 'refused',
      title: 'description is missing.',
      reason: 'VoiceOver reads it aloud in place of the picture. Phones refuse a pass without it.',
      fix: 'Say in a few words what the card is, such as "Bonus card of Corner Coffee".',
      source: KEYS_SOURCE,
      example: '"description": ""',
      check: (subject) => missingText(subject, 'description'),
    },
    {
      id: 'identity.pass-type',
      severity: 'refused',
      title: 'passTypeIdentifier is missing or no identifier of a pass.',
      reason: 'It has to be the one of the certificate that signs the pass, and those begin with "pass.".',
      fix: 'Write the identifier of the certificate, such as pass.com.example.bonus.',
      source: KEYS_SOURCE,
      example: '"passTypeIdentifier": "com.example.bonus"',
      check: (subject) => identifier(subject, 'passTypeIdentifier', /^pass\.[\w.-]+$/, 'does not begin with "pass."'),
    },
    {
      id: 'identity.team',
      severity: 'refused',
      title: 'teamIdentifier is missing or no team identifier.',
      reason: "It has to be the team of the certificate that signs the pass: ten letters and digits, Apple's.",
      fix: 'Write the team identifier of the certificate; developer.apple.com shows it under Membership.',
      source: KEYS_SOURCE,
      example: '"teamIdentifier": "Example Ltd"',
      check: (subject) =>
        identifier(subject, 'teamIdentifier', /^[A-Z0-9]{10}$/, 'is not ten capital letters and digits'),
    },
    {
      id: 'identity.serial',
      severity: 'refused',
      title: 'serialNumber is missing.',
      reason: 'It tells the cards of one kind apart. Phones refuse a pass without it.',
      fix: 'Give every card a serial number of its own.',
      source: KEYS_SOURCE,
      example: '"serialNumber": ""',
      check: (subject) => (subject.isTemplate ? [] : missingText(subject, 'serialNumber')),
    },
    {
      id: 'identity.placeholder',
      severity: 'shown-badly',
      title: 'A text is still that of the template.',
      reason: 'Every holder sees it beside the logo or in messages.',
      fix: 'Write the real name.',
      source: 'Tessera: texts of its templates',
      example: '"logoText": "Your organization"',
      check: ({ passJson }) =>
        ['organizationName', 'logoText', 'description'].flatMap((key) => {
          const text = passJson[key]
          if (typeof text !== 'string' || !PLACEHOLDERS.has(text.trim().toLowerCase())) return []
          return [{ at: key, message: `${key} still says ${quote(text)}.` }]
        }),
    },
    {
      id: 'identity.style-missing',
      severity: 'refused',
      title: 'The pass has no style.',
      reason: 'The style says how the card looks and holds its fields. Phones refuse a pass without one.',
      fix: `Add one of the keys ${PASS_STYLES.join(', ')}.`,
      source: KEYS_SOURCE,
      example: '{ "formatVersion": 1, "storecard": { … } }',
      check: ({ styles, style, passJson }) => {
        if (style === undefined) return [{ at: '', message: 'The pass has no style.' }]
        return styles
          .filter((name) => objectOf(passJson[name]) === undefined)
          .map((name) => ({ at: name, message: `"${name}" holds no object with fields.` }))
      },
    },
    {
      id: 'identity.style-many',
      severity: 'refused-by-some',
      title: 'The pass has more than one style.',
      reason:
        'A pass has one style; phones refuse it or take one of them. Only generic may stand beside posterGeneric.',
      fix: 'Keep one of them.',
      source: 'Apple, Wallet Developer Guide: Pass Style Sets the Overall Visual Appearance',
      example: '"storeCard": { … }, "coupon": { … }',
      check: ({ styles }) => {
        const twins = styles.length === 2 && styles.includes('generic') && styles.includes('posterGeneric')
        if (styles.length < 2 || twins) return []
        return [{ at: styles[1] ?? '', message: `The pass has the styles ${styles.join(' and ')}.` }]
      },
    },
    {
      id: 'identity.value-type',
      severity: 'refused-by-some',
      title: 'A value is of the wrong kind.',
      reason: 'Readers that are strict refuse the pass; others act as if the key were not there.',
      fix: 'Write the value as the message says.',
      source: KEYS_SOURCE,
      example: '"sharingProhibited": "true"',
      check: ({ passJson }) =>
        [...PASS_KEYS].flatMap(([key, type]): Problem[] => {
          const value = passJson[key]
          const ownRule = key === 'formatVersion' || (PASS_STYLES as readonly string[]).includes(key)
          if (value === undefined || ownRule || hasType(value, type)) return []
          return [{ at: key, message: `${key} must be ${TYPE_WORDS[type]}, not ${quote(value)}.` }]
        }),
    },
    {
      id: 'identity.unknown-key',
      severity: 'advice',
      title: 'A key looks like a slip of the pen.',
      reason: 'Phones ignore keys that they do not know, so what the key was to do does not happen.',
      fix: 'Write the key as the message says; if it is meant as it is, leave it: Tessera keeps unknown keys.',
      source: KEYS_SOURCE,
      example: '"backgroundColour": "rgb(18, 41, 74)"',
      check: ({ passJson }) =>
        // Comparing takes long; no pass has so many keys of its own.
        Object.keys(passJson)
          .slice(0, 1000)
          .flatMap((key): Problem[] => {
            if (PASS_KEYS.has(key)) return []
            const meant = closest(key, PASS_KEYS.keys())
            if (meant === undefined || passJson[meant] !== undefined) return []
            return [{ at: key, message: `No phone knows "${key}". Did you mean "${meant}"?` }]
          }),
    },
    {
      id: 'identity.voided',
      severity: 'shown-badly',
      title: 'The design is voided.',
      reason: 'Every card made from it is shown as void from the start, faded and without a barcode.',
      fix: 'Remove "voided"; `tessera card void` voids single cards.',
      source: KEYS_SOURCE,
      example: '"voided": true',
      check: ({ passJson, isTemplate }) =>
        isTemplate && passJson.voided === true
          ? [{ at: 'voided', message: 'Every card of this design would be void.' }]
          : [],
    },
  ],
}

function missingText({ passJson }: Subject, key: string): Problem[] {
  const value = passJson[key]
  if (value === undefined || value === null) return [{ at: key, message: `There is no ${key}.` }]
  return typeof value === 'string' && value.trim() === '' ? [{ at: key, message: `${key} is empty.` }] : []
}

/** Designs get their identifiers from the certificate; a wrong one in a design does no harm. */
function identifier(subject: Subject, key: string, pattern: RegExp, problem: string): Problem[] {
  if (subject.isTemplate) return []
  const value = subject.passJson[key]
  if (typeof value !== 'string' || value.trim() === '') return missingText(subject, key)
  if (pattern.test(value)) return []
  // What phones compare is the certificate; that they look at the form as well is not known.
  return [{ at: key, message: `${key} ${quote(value)} ${problem}.`, severity: 'refused-by-some' }]
}
