import type { KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { APPLE_OID, DEVELOPMENT_AUTHORITY, DEVELOPMENT_NOTICE } from './apple.js'
import { generateSigningKey, issueCertificate, keyIdentifierOf, NAME, type NameAttribute } from './issue-certificate.js'

export interface DevelopmentSubject {
  readonly passTypeIdentifier: string
  readonly teamIdentifier: string
  readonly organizationName: string
  /** ISO 3166-1 alpha-2; `US` by default. */
  readonly country?: string
}

/** A pass certificate that no phone accepts, with everything that Tessera and openssl need to work with it. */
export interface DevelopmentCertificates {
  /** DER. */
  readonly leaf: Buffer
  readonly intermediate: Buffer
  readonly root: Buffer
  /** The leaf's. The keys of the authority exist only while this function runs. */
  readonly key: KeyObject
  readonly notAfter: Date
}

export interface DevelopmentOptions {
  readonly now: Date
  /** Days that the leaf is valid; Apple's are about a year. May be negative, for a certificate that has expired. */
  readonly days: number
}

const DAY = 86_400_000

/**
 * Makes a throw-away authority in Apple's layout: a root that says what it is, an intermediate that bears the name of
 * Apple's G4 (programs look at it), and a Pass Type ID certificate with Apple's subject and extensions.
 */
export async function makeDevelopmentCertificates(
  subject: DevelopmentSubject,
  { now, days }: DevelopmentOptions,
): Promise<DevelopmentCertificates> {
  const [rootKey, intermediateKey, key] = await Promise.all([
    generateSigningKey(),
    generateSigningKey(),
    generateSigningKey(),
  ])
  // Certificates know whole seconds only.
  const start = Math.ceil(now.getTime() / 1000) * 1000
  const from = new Date(start - DAY + Math.min(0, days * DAY))
  const until = (count: number): Date => new Date(start + count * DAY)
  const longest = Math.max(days, 3650)
  const root = issueCertificate({
    subject: ROOT_NAME,
    issuer: ROOT_NAME,
    key: rootKey,
    issuerKey: rootKey,
    notBefore: from,
    notAfter: until(longest + 2),
    extensions: authorityExtensions(rootKey, rootKey),
  })
  const intermediate = issueCertificate({
    subject: INTERMEDIATE_NAME,
    issuer: ROOT_NAME,
    key: intermediateKey,
    issuerKey: rootKey,
    notBefore: from,
    notAfter: until(longest + 1),
    extensions: [
      ...authorityExtensions(intermediateKey, rootKey, 0),
      { id: APPLE_OID.intermediate, value: nullElement() },
    ],
  })
  const leaf = issueCertificate({
    subject: leafName(subject),
    issuer: INTERMEDIATE_NAME,
    key,
    issuerKey: intermediateKey,
    notBefore: from,
    notAfter: until(days),
    extensions: leafExtensions(subject, { key, issuerKey: intermediateKey }),
  })
  return { leaf, intermediate, root, key, notAfter: until(days) }
}

const ROOT_NAME: readonly NameAttribute[] = [
  [NAME.country, 'US'],
  [NAME.organization, DEVELOPMENT_AUTHORITY],
  [NAME.organizationalUnit, 'Not for phones'],
  [NAME.commonName, 'Tessera Development Root CA'],
]

const INTERMEDIATE_NAME: readonly NameAttribute[] = [
  [NAME.commonName, 'Apple Worldwide Developer Relations Certification Authority'],
  [NAME.organizationalUnit, 'G4'],
  [NAME.organization, 'Apple Inc.'],
  [NAME.country, 'US'],
]

function leafName({ passTypeIdentifier, teamIdentifier, organizationName, country = 'US' }: DevelopmentSubject) {
  return [
    [NAME.uid, passTypeIdentifier],
    [NAME.commonName, `Pass Type ID: ${passTypeIdentifier}`],
    [NAME.organizationalUnit, teamIdentifier],
    [NAME.organization, organizationName],
    [NAME.country, country],
  ] as const
}

function authorityExtensions(key: KeyObject, issuerKey: KeyObject, pathLength?: number): object[] {
  return [
    {
      name: 'basicConstraints',
      critical: true,
      cA: true,
      ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
    },
    { name: 'authorityKeyIdentifier', keyIdentifier: keyIdentifierOf(issuerKey) },
    { name: 'subjectKeyIdentifier', subjectKeyIdentifier: Buffer.from(keyIdentifierOf(key), 'latin1').toString('hex') },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
  ]
}

interface LeafKeys {
  readonly key: KeyObject
  readonly issuerKey: KeyObject
}

/** The order and criticality of a real pass certificate, without the addresses of Apple's revocation service. */
function leafExtensions({ passTypeIdentifier }: DevelopmentSubject, { key, issuerKey }: LeafKeys): object[] {
  return [
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'authorityKeyIdentifier', keyIdentifier: keyIdentifierOf(issuerKey) },
    { id: '2.5.29.32', value: policyNotice() },
    { name: 'extKeyUsage', critical: true, clientAuth: true, [APPLE_OID.passKeyUsage]: true },
    { name: 'subjectKeyIdentifier', subjectKeyIdentifier: Buffer.from(keyIdentifierOf(key), 'latin1').toString('hex') },
    { name: 'keyUsage', critical: true, digitalSignature: true },
    { id: APPLE_OID.passCertificate, value: nullElement() },
    { id: APPLE_OID.passTypeIdentifier, value: utf8(passTypeIdentifier) },
  ]
}

const { Class, Type, create, oidToDer } = forge.asn1

function nullElement(): forge.asn1.Asn1 {
  return create(Class.UNIVERSAL, Type.NULL, false, '')
}

function utf8(text: string): forge.asn1.Asn1 {
  return create(Class.UNIVERSAL, Type.UTF8, false, forge.util.encodeUtf8(text))
}

/** certificatePolicies with a user notice (RFC 5280, 4.2.1.4): where Apple has its legal notice, ours warns. */
function policyNotice(): forge.asn1.Asn1 {
  const sequence = (...children: forge.asn1.Asn1[]) => create(Class.UNIVERSAL, Type.SEQUENCE, true, children)
  const oid = (dotted: string) => create(Class.UNIVERSAL, Type.OID, false, oidToDer(dotted).getBytes())
  const notice = sequence(oid('1.3.6.1.5.5.7.2.2'), sequence(utf8(DEVELOPMENT_NOTICE)))
  return sequence(sequence(oid(APPLE_OID.certificatePolicy), sequence(notice)))
}
