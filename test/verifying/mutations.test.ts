import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { writePem } from '../../src/signing/certs/pem.js'
import { tlv } from '../../src/signing/der.js'
import { createFindings } from '../../src/signing/verify/findings.js'
import { SIGNING_RULE_GROUPS } from '../../src/signing/verify/rules/index.js'
import { verifySignature } from '../../src/signing/verify/verify-signature.js'
import { verdictOf } from '../../src/verifying/verdict.js'
import { SUBJECT } from '../signing/certs/material.js'
import { type LeafRecipe, makeAuthority, makeLeaf, NOW, rsaKey } from '../support/make-certificates.js'
import { attribute, CMS_OID, type CmsRecipe, makeCms } from '../support/make-cms.js'

/**
 * One good pass, and every way in which one thing in it can be wrong. Each row says exactly which rules catch it, as
 * `rule severity file`, and what the verdict is.
 */
const DAY = 86_400_000
const key = rsaKey()
const otherKey = rsaKey()
const shortKey = rsaKey(1024)
const authority = makeAuthority({ unit: 'T4' })
const older = makeAuthority({ unit: 'T1' })
const expiredAuthority = makeAuthority({ unit: 'T0', notAfter: NOW - 2 * DAY })
const notAuthority = makeAuthority({ unit: 'T5', isAuthority: false })
const stranger = makeAuthority({ unit: 'T6' })
const development = makeAuthority({ unit: 'T7', organization: 'Tessera development authority' })
const goodLeaf = makeLeaf(authority, key)

interface Mutation {
  readonly pass?: Record<string, unknown>
  readonly files?: Record<string, string | null>
  /** Of the manifest that was made, before it is signed. */
  readonly manifest?: (text: string) => string | Buffer
  /** After it was signed. */
  readonly manifestLater?: (text: string) => string | Buffer | null
  readonly filesLater?: Record<string, string | null>
  readonly leaf?: LeafRecipe
  readonly cms?: Partial<CmsRecipe>
  readonly signature?: (der: Buffer) => Buffer | null
  readonly now?: number
  readonly rules: readonly string[]
  readonly verdict?: 'valid' | 'expired' | 'unsigned' | 'invalid'
}

const PASS = { passTypeIdentifier: SUBJECT.passTypeIdentifier, teamIdentifier: SUBJECT.teamIdentifier }

function run(mutation: Mutation) {
  const pass = { ...PASS, ...mutation.pass }
  const files = new Map<string, Buffer>()
  const put = (changes: Record<string, string | null> = {}): void => {
    for (const [name, content] of Object.entries(changes)) {
      if (content === null) files.delete(name)
      else files.set(name, Buffer.from(content))
    }
  }
  put({ 'pass.json': JSON.stringify(pass), 'icon.png': 'icon', 'de.lproj/é.strings': 'text', ...mutation.files })
  const listed = Object.fromEntries([...files].map(([name, content]) => [name, hash('sha1', content, 'hex')]))
  const text = JSON.stringify(listed, undefined, 2)
  const manifest = Buffer.from(mutation.manifest?.(text) ?? text)
  files.set('manifest.json', manifest)
  const leaf = mutation.leaf === undefined ? goodLeaf : makeLeaf(authority, key, mutation.leaf)
  const issuer = mutation.leaf?.issuer ?? authority
  const recipe = { manifest, leaf, key: mutation.leaf?.key ?? key, certificates: [leaf, issuer.der] }
  const der = makeCms({ ...recipe, ...mutation.cms })
  const signature = mutation.signature === undefined ? der : mutation.signature(der)
  if (signature !== null) files.set('signature', signature)
  if (mutation.manifestLater !== undefined) {
    const later = mutation.manifestLater(manifest.toString())
    if (later === null) files.delete('manifest.json')
    else files.set('manifest.json', Buffer.from(later))
  }
  put(mutation.filesLater)
  const findings = createFindings()
  verifySignature(files, {
    trust: [older.der, expiredAuthority.der, notAuthority.der],
    now: mutation.now ?? Date.now(),
    identity: { ...PASS, ...mutation.pass, hasNfc: mutation.pass?.nfc !== undefined },
    findings,
    // As if Apple had made it: found by fingerprint and key identifier.
    known: [pinOf(authority.der, 'T4'), pinOf(older.der, 'T1')],
  })
  const verdict = verdictOf(findings.list, { readable: true, signed: files.has('signature') })
  return { findings: findings.list, verdict }
}

function pinOf(der: Buffer, generation: string) {
  const ski = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x0e])
  const at = der.indexOf(ski) + ski.length + 4
  const keyId = der.subarray(at, at + 20).toString('hex')
  return { generation, sha256: hash('sha256', der, 'hex'), keyId, expires: '2030-01-01' }
}

const R = 'refused'
const S = 'refused-by-some'
const sig = (rule: string, severity: string): string => `${rule} ${severity} signature`
const flip = (der: Buffer, at: number): Buffer => {
  const changed = Buffer.from(der)
  changed[at < 0 ? der.length + at : at] = (changed.at(at) ?? 0) ^ 1
  return changed
}
const crlf = (text: string) => text.replaceAll('\n', '\r\n')

const GOOD: Readonly<Record<string, Mutation>> = {
  'the pass itself': { rules: [], verdict: 'valid' },
  'SHA-1': { cms: { digest: 'sha1' }, rules: [], verdict: 'valid' },
  'a signer by key identifier': { cms: { byKeyId: true }, rules: [], verdict: 'valid' },
  'an unsigned attribute, such as a time stamp': { cms: { unsigned: true }, rules: [], verdict: 'valid' },
  'the digest in the name of the algorithm': {
    cms: { digest: 'sha1', algorithm: CMS_OID.rsaSha1 },
    rules: [],
    verdict: 'valid',
  },
  'a certificate for NFC': {
    pass: { nfc: {} },
    leaf: { commonName: `Pass Type ID with NFC: ${SUBJECT.passTypeIdentifier}` },
    rules: [],
    verdict: 'valid',
  },
}

const ROWS: Readonly<Record<string, Mutation>> = {
  // The manifest.
  'no manifest': {
    manifestLater: () => null,
    rules: [`manifest.missing ${R} manifest.json`, sig('signature.digest', R)],
  },
  'a manifest that is a list': { manifest: () => '[]', rules: [`manifest.parse ${R} manifest.json`] },
  'a manifest that is no JSON': { manifest: () => '{"a":', rules: [`manifest.parse ${R} manifest.json`] },
  'an empty manifest': { manifest: () => '', rules: [`manifest.parse ${R} manifest.json`] },
  'a deep manifest': { manifest: () => '['.repeat(300_000), rules: [`manifest.parse ${R} manifest.json`] },
  'a gigantic manifest': { manifest: () => ' '.repeat(2_000_000), rules: [`manifest.parse ${R} manifest.json`] },
  'a number for a digest': {
    manifest: (text) => text.replace(/"[0-9a-f]{40}"/, '1'),
    rules: [`manifest.parse ${R} pass.json`],
  },
  'a manifest with a byte order mark': {
    manifest: (text) => `\ufeff${text}`,
    rules: [`manifest.encoding ${S} manifest.json`],
    verdict: 'valid',
  },
  'a manifest in UTF-16': {
    manifest: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    rules: [`manifest.encoding ${S} manifest.json`],
    verdict: 'valid',
  },
  'a manifest in Latin-1': {
    manifest: (text) => Buffer.from(text, 'latin1'),
    rules: [
      `manifest.encoding ${R} manifest.json`,
      `manifest.absent ${R} de.lproj/\ufffd.strings`,
      `manifest.unlisted ${R} de.lproj/é.strings`,
    ],
  },
  'a file that is listed twice': {
    manifest: (text) => text.replace('{', `{"icon.png":"${'0'.repeat(40)}",`),
    rules: [`manifest.duplicate ${S} icon.png`],
    verdict: 'valid',
  },
  'SHA-256 in the manifest': {
    manifest: (text) => text.replace(hash('sha1', 'icon', 'hex'), hash('sha256', 'icon', 'hex')),
    rules: [`manifest.algorithm ${R} icon.png`],
  },
  'a digest in capital letters': {
    manifest: (text) => text.replace(hash('sha1', 'icon', 'hex'), hash('sha1', 'icon', 'hex').toUpperCase()),
    rules: [`manifest.digest-case ${S} icon.png`],
    verdict: 'valid',
  },
  'a manifest that lists the signature': {
    manifest: (text) => text.replace('{', `{"signature":"${'0'.repeat(40)}",`),
    rules: [`manifest.self ${R} signature`],
  },
  'a manifest that lists itself': {
    manifest: (text) => text.replace('{', `{"manifest.json":"${'0'.repeat(40)}",`),
    rules: [`manifest.self ${R} manifest.json`],
  },
  'a file that is gone': { filesLater: { 'icon.png': null }, rules: [`manifest.absent ${R} icon.png`] },
  'a file that was changed': { filesLater: { 'icon.png': 'Icon' }, rules: [`manifest.digest ${R} icon.png`] },
  'a pass.json that was changed': { filesLater: { 'pass.json': '{}' }, rules: [`manifest.digest ${R} pass.json`] },
  'a file that was added': { filesLater: { 'logo.png': 'logo' }, rules: [`manifest.unlisted ${R} logo.png`] },
  'litter of macOS': {
    filesLater: { 'de.lproj/.DS_Store': 'x' },
    rules: [`manifest.unlisted ${R} de.lproj/.DS_Store`],
  },
  'a name in another case': {
    filesLater: { 'icon.png': null, 'Icon.png': 'icon' },
    rules: [`manifest.path ${R} Icon.png`],
  },
  'a name in another Unicode form': {
    filesLater: { 'de.lproj/é.strings': null, 'de.lproj/e\u0301.strings': 'text' },
    rules: [`manifest.path ${R} de.lproj/e\u0301.strings`],
  },
  'a name with backslashes': {
    manifest: (text) => text.replace('de.lproj/', 'de.lproj\\\\'),
    rules: [`manifest.path ${R} de.lproj/é.strings`],
  },
  // The file of the signature.
  'no signature': { signature: () => null, rules: [sig('signature.missing', R)], verdict: 'unsigned' },
  'an empty signature': { signature: () => Buffer.alloc(0), rules: [sig('signature.parse', R)] },
  'a signature in PEM': {
    signature: (der) => Buffer.from(writePem('PKCS7', der)),
    rules: [sig('signature.encoding', R)],
  },
  'a signature in base64': {
    signature: (der) => Buffer.from(der.toString('base64')),
    rules: [sig('signature.encoding', R)],
  },
  'a signature as a mail': {
    signature: (der) => Buffer.from(`MIME-Version: 1.0\n\n${der.toString('base64')}`),
    rules: [sig('signature.encoding', R)],
  },
  'a signature that was cut off': { signature: (der) => der.subarray(0, -1), rules: [sig('signature.parse', R)] },
  'a signature of half a megabyte': {
    signature: (der) => Buffer.concat([der, Buffer.alloc(500_000)]),
    rules: [sig('signature.parse', R)],
  },
  'a certificate for a signature': { signature: () => goodLeaf, rules: [sig('signature.kind', R)] },
  'encrypted data for a signature': { cms: { outerType: '1.2.840.113549.1.7.3' }, rules: [sig('signature.kind', R)] },
  'a line end after the signature': {
    signature: (der) => Buffer.concat([der, Buffer.from('\n')]),
    rules: [sig('signature.trailing', S)],
    verdict: 'valid',
  },
  'an enclosed manifest': { cms: { content: Buffer.from('{}') }, rules: [sig('signature.detached', R)] },
  'no signer': { cms: { signers: 0 }, rules: [sig('signature.signers', R)] },
  'two signers': { cms: { signers: 2 }, rules: [sig('signature.signers', S)], verdict: 'valid' },
  'version 3 with a serial number': {
    cms: { version: 3 },
    rules: [sig('signature.version', 'advice')],
    verdict: 'valid',
  },
  'version 1 with a key identifier': {
    cms: { byKeyId: true, version: 1 },
    rules: [sig('signature.version', 'advice')],
    verdict: 'valid',
  },
  'a version that does not exist': { cms: { version: 9 }, rules: [sig('signature.version', S)], verdict: 'valid' },
  'no certificates': { cms: { certificates: [] }, rules: [sig('signature.certificate', R)] },
  'the intermediate alone': { cms: { certificates: [authority.der] }, rules: [sig('signature.certificate', R)] },
  'the issuer in another spelling': {
    cms: { issuerChange: (name) => Buffer.from(name.toString('latin1').replace('Apple Inc.', 'APPLE INC.'), 'latin1') },
    rules: [sig('signature.certificate', S)],
    verdict: 'valid',
  },
  'another issuer with the same serial number': {
    cms: { issuerChange: (name) => Buffer.from(name.toString('latin1').replace('Apple Inc.', 'Apple Ltd.'), 'latin1') },
    rules: [sig('signature.certificate', R)],
  },
  'a revocation list': { cms: { crls: true }, rules: [sig('signature.crl', 'advice')], verdict: 'valid' },
  // What is signed.
  'no attributes': { cms: { noAttributes: true }, rules: [sig('signature.attributes', R)] },
  'no content type': { cms: { attributeType: null }, rules: [sig('signature.content-type', R)] },
  'another content type': { cms: { attributeType: CMS_OID.signedData }, rules: [sig('signature.content-type', R)] },
  'another type in the envelope': {
    cms: { envelopeType: CMS_OID.signedData },
    rules: [sig('signature.content-type', R)],
  },
  'no signing time': { cms: { time: null }, rules: [sig('signature.time', R)] },
  'a signing time that is none': {
    cms: { time: tlv(0x17, Buffer.from('261399999999Z')) },
    rules: [sig('signature.time', R)],
  },
  'a signing time before the certificate': { cms: { time: NOW - 200 * DAY }, rules: [sig('signature.time', R)] },
  'a signing time in the future': { cms: { time: NOW + 3 * DAY }, rules: [sig('signature.time', S)], verdict: 'valid' },
  'a content type twice': {
    cms: { more: [attribute(CMS_OID.contentType, Buffer.from('06092a864886f70d010701', 'hex'))] },
    rules: [sig('signature.attribute-twice', R)],
  },
  'two signing times in one attribute': {
    cms: {
      time: null,
      more: [
        attribute(CMS_OID.signingTime, ...['26', '27'].map((year) => tlv(0x17, Buffer.from(`${year}1101000000Z`)))),
      ],
    },
    leaf: { notBefore: Date.UTC(2026, 0, 1) },
    rules: [sig('signature.attribute-twice', R)],
  },
  'an unknown attribute twice': {
    cms: { more: [attribute('1.2.3', tlv(5)), attribute('1.2.3', tlv(5))] },
    rules: [sig('signature.attribute-twice', S)],
    verdict: 'valid',
  },
  'attributes out of order': { cms: { order: 'sent' }, rules: [sig('signature.attribute-order', S)], verdict: 'valid' },
  'attributes that were sorted for signing only': {
    cms: { order: 'signed-sorted' },
    rules: [sig('signature.attribute-order', R)],
  },
  'no message digest': { cms: { messageDigest: null }, rules: [sig('signature.digest', R)] },
  'another message digest': { cms: { messageDigest: Buffer.alloc(32) }, rules: [sig('signature.digest', R)] },
  'a manifest with another line end': { manifestLater: crlf, rules: [sig('signature.digest', R)] },
  'a manifest that is written again': {
    manifestLater: (text) => JSON.stringify(JSON.parse(text)),
    rules: [sig('signature.digest', R)],
  },
  MD5: { cms: { digest: 'md5' }, rules: [sig('signature.algorithm', R)] },
  'SHA-224': { cms: { digest: 'sha224' }, rules: [sig('signature.algorithm', R)] },
  'SHA-512': { cms: { digest: 'sha512' }, rules: [sig('signature.algorithm', S)], verdict: 'valid' },
  'a digest that nobody knows': { cms: { digestId: '1.2.3.4' }, rules: [sig('signature.algorithm', R)] },
  'a digest that is not announced': { cms: { digests: [CMS_OID.sha1] }, rules: [sig('signature.algorithm', R)] },
  'an algorithm that nobody knows': { cms: { algorithm: '1.2.3.4' }, rules: [sig('signature.algorithm', R)] },
  'an algorithm that names another digest': {
    cms: { algorithm: CMS_OID.rsaSha1 },
    rules: [sig('signature.algorithm', S)],
    verdict: 'valid',
  },
  'an algorithm for another kind of key': {
    cms: { algorithm: '1.2.840.10045.4.3.2' },
    rules: [sig('signature.algorithm', R)],
  },
  'RSA-PSS': { cms: { pss: true }, rules: [sig('signature.key', S)], verdict: 'valid' },
  'a changed signature value': { signature: (der) => flip(der, -1), rules: [sig('signature.value', R)] },
  'another key': { cms: { key: otherKey }, rules: [sig('signature.value', R)] },
  'the key of the intermediate': { cms: { key: authority.key }, rules: [sig('signature.value', R)] },
  // The certificates.
  'a certificate with damaged dates': {
    signature: (der) => {
      const at = der.indexOf(tlv(0x17, Buffer.from(utc(NOW - 100 * DAY))))
      const changed = Buffer.from(der)
      changed.write('9', at + 4)
      return changed
    },
    rules: [sig('certificate.damaged', R), sig('signature.certificate', R)],
  },
  'a certificate without the extension of passes': {
    leaf: { extension: undefined },
    rules: [sig('certificate.kind', R)],
  },
  'an authority as signer': { leaf: { isAuthority: true }, rules: [sig('certificate.kind', R)] },
  'no intermediate': { cms: { certificates: [goodLeaf] }, rules: [sig('certificate.issuer', R)] },
  'the wrong intermediate': { cms: { certificates: [goodLeaf, older.der] }, rules: [sig('certificate.issuer', R)] },
  'a certificate that was changed': { leaf: { forgedWith: otherKey }, rules: [sig('certificate.forged', R)] },
  'an issuer that is no authority': { leaf: { issuer: notAuthority }, rules: [sig('certificate.authority', R)] },
  'an issuer that nobody knows': { leaf: { issuer: stranger }, rules: [sig('certificate.trust', R)] },
  'an issuer for development': { leaf: { issuer: development }, rules: [sig('certificate.trust', R)] },
  'an expired certificate': { now: NOW + 201 * DAY, rules: [sig('certificate.expired', R)], verdict: 'expired' },
  'an expired intermediate': {
    leaf: { issuer: expiredAuthority },
    rules: [sig('certificate.expired', R)],
    verdict: 'expired',
  },
  'an expired certificate and a changed file': {
    now: NOW + 201 * DAY,
    filesLater: { 'icon.png': 'x' },
    rules: [`manifest.digest ${R} icon.png`, sig('certificate.expired', R)],
  },
  'a certificate that ends soon': {
    leaf: { notAfter: NOW + 9 * DAY },
    rules: [sig('certificate.expires-soon', 'advice')],
    verdict: 'valid',
  },
  'a certificate of tomorrow': {
    leaf: { notBefore: NOW + DAY },
    cms: { time: NOW + DAY },
    rules: [sig('certificate.not-yet-valid', R)],
  },
  'another pass type in pass.json': {
    pass: { passTypeIdentifier: 'pass.com.example.x' },
    rules: [`certificate.pass-type ${R} pass.json`],
  },
  'another pass type in the subject': {
    leaf: { uid: 'pass.com.example.x' },
    rules: [`certificate.pass-type ${R} pass.json`],
  },
  'no pass type in the subject': { leaf: { uid: undefined }, rules: [`certificate.pass-type ${R} pass.json`] },
  'another pass type in the extension': {
    leaf: { extension: 'Le Rendez Vous' },
    rules: [sig('certificate.extension', R)],
  },
  'another team in pass.json': { pass: { teamIdentifier: 'ZZZZZZZZZZ' }, rules: [`certificate.team ${R} pass.json`] },
  'another team in the certificate': { leaf: { team: 'ZZZZZZZZZZ' }, rules: [`certificate.team ${R} pass.json`] },
  'no team in the certificate': { leaf: { team: undefined }, rules: [`certificate.team ${R} pass.json`] },
  'another common name': { leaf: { commonName: 'Nordlicht' }, rules: [sig('certificate.name', S)], verdict: 'valid' },
  'a usage of clients only': {
    leaf: { usage: ['clientAuth'] },
    rules: [sig('certificate.usage', S)],
    verdict: 'valid',
  },
  'no usage': { leaf: { usage: [] }, rules: [sig('certificate.usage', S)], verdict: 'valid' },
  'NFC without a certificate for it': {
    pass: { nfc: {} },
    rules: [`certificate.nfc ${S} pass.json`],
    verdict: 'valid',
  },
  'a short key': { leaf: { key: shortKey }, rules: [sig('certificate.key', S)], verdict: 'valid' },
  'the root as third certificate': {
    cms: { certificates: [goodLeaf, authority.der, authority.root] },
    rules: [sig('certificate.superfluous', 'advice')],
    verdict: 'valid',
  },
  'the certificate twice': {
    cms: { certificates: [goodLeaf, authority.der, goodLeaf] },
    rules: [sig('certificate.superfluous', 'advice')],
    verdict: 'valid',
  },
  'two generations to be on the safe side': {
    cms: { certificates: [older.der, authority.der, goodLeaf] },
    rules: [sig('certificate.superfluous', 'advice')],
    verdict: 'valid',
  },
  'hundreds of certificates': {
    cms: { certificates: [goodLeaf, authority.der, ...Array.from({ length: 100 }, () => older.der)] },
    rules: [sig('certificate.superfluous', 'advice')],
    verdict: 'valid',
  },
}

function utc(time: number): string {
  return `${new Date(time).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`
}

describe('one thing at a time', () => {
  test.each(Object.entries({ ...GOOD, ...ROWS }))('%s', (_, mutation) => {
    const { findings, verdict } = run(mutation)
    const found = findings.map(({ rule, severity, place }) => `${rule} ${severity} ${place.file}`)
    expect(found).toEqual(mutation.rules)
    expect(verdict).toBe(mutation.verdict ?? 'invalid')
    for (const { message, fix } of findings) {
      expect(message).toMatch(/^\S.*[.:]$/su)
      expect(fix).not.toBe('')
    }
  })

  test('every rule of these groups has a row', () => {
    const groups = SIGNING_RULE_GROUPS.filter(({ id }) => ['manifest', 'signature', 'certificate'].includes(id))
    const caught = new Set(Object.values(ROWS).flatMap(({ rules }) => rules.map((rule) => rule.split(' ')[0])))
    expect(groups.flatMap(({ rules }) => rules.map(({ id }) => id)).filter((id) => !caught.has(id))).toEqual([])
    expect(Object.keys(ROWS).length).toBeGreaterThanOrEqual(60)
  })
})

describe('what the findings say', () => {
  const messageOf = (mutation: Omit<Mutation, 'rules'>) => run({ ...mutation, rules: [] }).findings[0]

  test.each<[string, Omit<Mutation, 'rules'>, string]>([
    ['CRLF', { manifestLater: crlf }, 'with line ends LF'],
    ['LF', { manifest: crlf, manifestLater: (text) => text.replaceAll('\r\n', '\n') }, 'with line ends CRLF'],
    ['a final line end', { manifestLater: (text) => `${text}\n` }, 'without the final line end'],
    ['its loss', { manifest: (text) => `${text}\n`, manifestLater: (text) => text.trimEnd() }, 'with a final line end'],
    ['other spaces', { manifestLater: (text) => JSON.stringify(JSON.parse(text)) }, 'indented by 2'],
    ['no manifest at the time', { cms: { messageDigest: hash('sha256', '', 'buffer') } }, 'an empty file'],
    ['another manifest', { cms: { messageDigest: Buffer.alloc(32) } }, 'for another manifest.json.'],
    [
      'the wrong generation',
      { cms: { certificates: [goodLeaf, older.der] } },
      'the wrong intermediate, WWDR T1; the certificate was issued by WWDR T4',
    ],
    ['no generation', { cms: { certificates: [goodLeaf] } }, 'is not enclosed: WWDR T4'],
    ['the owner of the key', { cms: { key: older.key } }, 'key of another certificate: Apple Worldwide'],
    [
      'another digest',
      { manifest: (text) => text.replace(hash('sha1', 'icon', 'hex'), hash('md5', 'icon', 'hex')) },
      'has the MD5 of icon.png',
    ],
    ['an imitation of Apple', { leaf: { issuer: stranger } }, 'bears Apple’s name but is none of the known ones'],
  ])('%s', (_, mutation, words) => {
    expect(messageOf(mutation)?.message).toContain(words)
  })

  test('a byte order mark that was put before it', () => {
    const { findings } = run({ manifestLater: (text) => `\ufeff${text}`, rules: [] })
    expect(findings.find(({ rule }) => rule === 'signature.digest')?.message).toContain('without the byte order mark')
  })

  test('names of strangers are shortened and harmless', () => {
    const name = `\x1b[31m${'x'.repeat(5000)}`
    const { findings } = run({ leaf: { uid: name, commonName: name }, filesLater: { [name]: '' }, rules: [] })
    expect(findings.length).toBeGreaterThan(2)
    for (const { message, evidence = '' } of findings) {
      expect(`${message}${evidence}`).not.toContain('\x1b')
      expect(message.length).toBeLessThan(500)
      expect(evidence.length).toBeLessThan(500)
    }
  })

  test('thousands of wrong files make a short list', () => {
    const filesLater = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x${index}`, '']))
    const { findings } = run({ filesLater, rules: [] })
    expect(findings).toHaveLength(51)
    expect(findings.at(-1)?.message).toContain('2950 more')
  })
})
