import { createPublicKey } from 'node:crypto'
import { replaceValue } from '../fix/json-edits.js'
import type { Problem, RuleGroup } from '../rule.js'
import { type Json, listOf, objectOf, quote, type Subject } from '../subject.js'

const SOURCE = 'Apple Pass Builder 2026, Pass+NFC.swift'
const PERSONALIZATION = 'Apple, Wallet Developer Guide: Rewards Enrollment'
const ENROLMENT_FIELDS = ['Name', 'PostalCode', 'EmailAddress', 'PhoneNumber'].map(
  (name) => `PKPassPersonalizationField${name}`,
)
const MOST_BYTES = 64

/** What the phone sends when it is held to a reader. */
export const NFC_RULES: RuleGroup = {
  id: 'nfc',
  title: 'NFC and rewards enrolment',
  intro:
    'What the phone sends to a reader, and the sign-up form that NFC cards may bring along. Both need a certificate with NFC.',
  rules: [
    {
      id: 'nfc.message',
      severity: 'refused-by-some',
      title: 'nfc has no message.',
      reason: 'There is nothing to send, so the reader at the till gets nothing; strict readers refuse the pass.',
      fix: 'Write the message as a text.',
      source: SOURCE,
      example: '"nfc": { "encryptionPublicKey": "…" }',
      check: (subject) => {
        const nfc = nfcOf(subject)
        if (nfc === undefined || (typeof nfc.message === 'string' && nfc.message !== '')) return []
        return [{ at: 'nfc', message: 'nfc has no message.' }]
      },
    },
    {
      id: 'nfc.message-length',
      severity: 'shown-badly',
      title: 'The NFC message is longer than 64 bytes.',
      reason: 'Phones cut it, so the reader gets only its beginning.',
      fix: 'Shorten it; letters other than Latin ones take two bytes and more in UTF-8.',
      source: 'Apple, Pass.NFC.message',
      example: '"nfc": { "message": "a text of more than 64 bytes …" }',
      check: (subject) => {
        const message = nfcOf(subject)?.message
        const bytes = typeof message === 'string' ? Buffer.byteLength(message) : 0
        if (bytes <= MOST_BYTES) return []
        return [
          { at: 'nfc/message', message: `The NFC message has ${bytes} bytes; phones send the first ${MOST_BYTES}.` },
        ]
      },
    },
    {
      id: 'nfc.key',
      severity: 'refused-by-some',
      title: 'encryptionPublicKey is missing or no public key on P-256.',
      reason:
        'Phones encrypt what they send with it; with a key that they cannot read they send nothing, and strict readers refuse the pass.',
      fix: 'Write the Base64 of an X.509 SubjectPublicKeyInfo with a P-256 key, without PEM lines.',
      source: SOURCE,
      example: '"encryptionPublicKey": "abc"',
      check: (subject) => {
        const nfc = nfcOf(subject)
        if (nfc === undefined) return []
        const key = nfc.encryptionPublicKey
        if (key === undefined) return [{ at: 'nfc', message: 'nfc has no encryptionPublicKey.' }]
        const problem = keyProblem(key)
        return problem === undefined
          ? []
          : [{ at: 'nfc/encryptionPublicKey', message: `encryptionPublicKey ${problem}.` }]
      },
      repair: (subject) => {
        const key = nfcOf(subject)?.encryptionPublicKey
        const bare = typeof key === 'string' ? bareKey(key) : ''
        if (bare === key || keyProblem(bare) !== undefined) return undefined
        return { kind: 'text', edits: replaceValue(subject, 'nfc/encryptionPublicKey', JSON.stringify(bare)) }
      },
    },
    {
      id: 'nfc.sharing',
      severity: 'advice',
      title: 'A card that asks for authentication may be shared.',
      reason: 'requiresAuthentication ties the card to its holder; the Share button lets it be sent to anybody.',
      fix: 'Add "sharingProhibited": true.',
      source: 'Apple, Pass.NFC.requiresAuthentication',
      example: '"nfc": { …, "requiresAuthentication": true }',
      check: (subject) =>
        nfcOf(subject)?.requiresAuthentication === true && subject.passJson.sharingProhibited !== true
          ? [{ at: 'nfc/requiresAuthentication', message: 'The card asks for authentication but may be shared.' }]
          : [],
    },
    {
      id: 'nfc.personalization',
      severity: 'shown-badly',
      needs: 'pass',
      title: 'personalization.json without what it needs.',
      reason: 'The sign-up form appears on NFC cards with a personalizationLogo only.',
      fix: 'Add nfc and personalizationLogo@2x.png, or remove personalization.json.',
      source: PERSONALIZATION,
      example: 'personalization.json in a design without "nfc".',
      check: (subject) => {
        if (!subject.files.has('personalization.json')) return []
        const logo = [...subject.files.keys()].some((path) => /(?:^|\/)personalizationLogo(?:@\dx)?\.png$/.test(path))
        const missing = [...(nfcOf(subject) === undefined ? ['nfc'] : []), ...(logo ? [] : ['a personalizationLogo'])]
        if (missing.length === 0) return []
        const message = `The sign-up form does not appear: the card has no ${missing.map(bareArticle).join(' and no ')}.`
        return [{ at: { file: 'personalization.json' }, message }]
      },
    },
    {
      id: 'nfc.personalization-fields',
      severity: 'refused-by-some',
      title: 'personalization.json does not say what to ask for.',
      reason: 'Without a description and known fields the sign-up form does not appear.',
      fix: `Write a description and requiredPersonalizationFields with some of ${ENROLMENT_FIELDS.join(', ')}.`,
      source: PERSONALIZATION,
      example: '{ "requiredPersonalizationFields": ["name"] }',
      check: ({ files }) => {
        const bytes = files.get('personalization.json')
        return bytes === undefined ? [] : formProblems(bytes)
      },
    },
  ],
}

function nfcOf({ passJson }: Subject): Json | undefined {
  return objectOf(passJson.nfc)
}

function bareArticle(what: string): string {
  return what.replace(/^a /, '')
}

/** Without PEM lines and white space. */
function bareKey(key: string): string {
  return key.replaceAll(/-----(?:BEGIN|END) PUBLIC KEY-----/g, '').replaceAll(/\s/g, '')
}

function keyProblem(key: unknown): string | undefined {
  if (typeof key !== 'string') return 'must be a text in quotes'
  if (/-----BEGIN|\s/.test(key)) return 'has PEM lines or white space around the Base64'
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return 'is no Base64'
  try {
    const parsed = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    const curve = parsed.asymmetricKeyDetails?.namedCurve
    if (parsed.asymmetricKeyType === 'ec' && curve === 'prime256v1') return undefined
    return `is a key of ${curve ?? parsed.asymmetricKeyType ?? 'another kind'}, not of P-256`
  } catch {
    return 'is no public key in X.509 form'
  }
}

function formProblems(bytes: Uint8Array): Problem[] {
  const at = { file: 'personalization.json' }
  let form: Json | undefined
  try {
    form = objectOf(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return [{ at, message: 'personalization.json is no JSON.' }]
  }
  if (form === undefined) return [{ at, message: 'personalization.json is no object.' }]
  const problems: Problem[] = []
  if (typeof form.description !== 'string' || form.description === '')
    problems.push({ at: { ...at, pointer: 'description' }, message: 'The sign-up form has no description.' })
  const asked = listOf(form.requiredPersonalizationFields)
  const pointer = 'requiredPersonalizationFields'
  if (asked.length === 0) problems.push({ at: { ...at, pointer }, message: 'The sign-up form asks for nothing.' })
  for (const name of asked) {
    if (!ENROLMENT_FIELDS.includes(String(name)))
      problems.push({ at: { ...at, pointer }, message: `The sign-up form cannot ask for ${quote(name)}.` })
  }
  return problems
}
