import { hash, type KeyObject, X509Certificate } from 'node:crypto'
import { type Asn1Element, isContext, isUniversal, readAsn1, TAG } from '../verify/asn1.js'
import { childrenOf, integerHex, octetsOf, oidOf, smallInteger, textOf, timeOf } from '../verify/asn1-values.js'
import { APPLE_OID, DEVELOPMENT_AUTHORITY, DEVELOPMENT_NOTICE } from './apple.js'

/** A distinguished name, as far as Apple uses it. */
export interface DistinguishedName {
  /** 0.9.2342.19200300.100.1.1 */
  readonly uid?: string
  readonly commonName?: string
  readonly organizationalUnit?: string
  readonly organization?: string
  readonly country?: string
  /** DER of the whole name: two names are the same when these bytes are. */
  readonly der: Buffer
}

/** What Tessera reads from a certificate. The cryptography stays with node:crypto's own object. */
export interface Certificate {
  readonly x509: X509Certificate
  readonly der: Buffer
  readonly publicKey: KeyObject
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  /** Lower-case hex without leading zeros. */
  readonly serial: string
  /** Lower-case hex of the DER's SHA-256. */
  readonly sha256: string
  /** Epoch milliseconds. */
  readonly notBefore: number
  readonly notAfter: number
  /** Key identifiers as lower-case hex. */
  readonly subjectKeyId?: string
  readonly authorityKeyId?: string
  /** Text of extension 1.2.840.113635.100.6.1.16. */
  readonly passTypeExtension?: string
  /** Dotted object identifiers of the extended key usage. */
  readonly keyUsages: readonly string[]
  readonly isAuthority: boolean
  /** How many authorities may stand between this one and what is signed in the end; absent where it does not say. */
  readonly pathLength?: number
  /** Size of the key: of an RSA modulus, or of the curve. 0 for keys of other kinds. */
  readonly keyBits: number
}

/**
 * Reads one certificate.
 * @throws {Error} when the bytes are no X.509 certificate; callers say where they came from.
 */
export function readCertificate(der: Uint8Array): Certificate {
  const x509 = new X509Certificate(der)
  const { raw } = x509
  // Read here, since this throws for a damaged key.
  const { publicKey } = x509
  const [tbs] = childrenOf(readAsn1(raw), TAG.sequence, 'the certificate')
  const fields = childrenOf(tbs, TAG.sequence, 'the certificate body')
  // version [0] is absent in version 1 certificates.
  const body = isContext(fields[0], 0) ? fields.slice(1) : fields
  const [serial, , issuer, validity, subject] = body
  const [notBefore, notAfter] = childrenOf(validity, TAG.sequence, 'the validity').map(timeOf)
  if (notBefore === undefined || notAfter === undefined) throw new Error('the validity is malformed')
  const extensions = readExtensions(body.find((field) => isContext(field, 3)))
  const subjectKeyId = keyIdOf(extensions.get('2.5.29.14'))
  const authorityKeyId = authorityKeyIdOf(extensions.get('2.5.29.35'))
  const pathLength = pathLengthOf(extensions.get('2.5.29.19'))
  const passTypeExtension = textOf(extensions.get(APPLE_OID.passTypeIdentifier))
  return {
    x509,
    der: raw,
    publicKey,
    subject: readName(subject, 'the subject'),
    issuer: readName(issuer, 'the issuer'),
    serial: integerHex(serial, 'the serial number'),
    sha256: hash('sha256', raw, 'hex'),
    notBefore,
    notAfter,
    ...(subjectKeyId === undefined ? {} : { subjectKeyId }),
    ...(authorityKeyId === undefined ? {} : { authorityKeyId }),
    ...(passTypeExtension === undefined ? {} : { passTypeExtension }),
    keyUsages: keyUsagesOf(extensions.get('2.5.29.37')),
    isAuthority: x509.ca,
    ...(pathLength === undefined ? {} : { pathLength }),
    keyBits: keyBitsOf(publicKey),
  }
}

function keyBitsOf(key: KeyObject): number {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  return modulusLength ?? Number(/\d{3}/.exec(namedCurve ?? '')?.[0] ?? 0)
}

/** Whether `issuer` really issued `certificate`: same name, same key identifier, and the signature verifies. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!namesAsIssuer(certificate, issuer) || !isVerifiable(issuer)) return false
  try {
    return certificate.x509.verify(issuer.publicKey)
  } catch {
    // A key of the wrong kind for the signature algorithm: not the issuer.
    return false
  }
}

/** Whether `certificate` says that `issuer` issued it: by name, and by key identifier where both have one. */
export function namesAsIssuer(certificate: Certificate, issuer: Certificate): boolean {
  if (!certificate.issuer.der.equals(issuer.subject.der)) return false
  const { authorityKeyId } = certificate
  return authorityKeyId === undefined || issuer.subjectKeyId === undefined || authorityKeyId === issuer.subjectKeyId
}

/** Keys from strangers may be so large, or have so large an exponent, that one verification takes seconds. */
export function isVerifiable({ keyBits, publicKey }: Certificate): boolean {
  const { publicExponent = 0n } = publicKey.asymmetricKeyDetails ?? {}
  return keyBits <= LARGEST_KEY && publicExponent < LARGEST_EXPONENT
}

const LARGEST_KEY = 8192
/** Of openssl for long keys. Nobody uses more than 65537. */
const LARGEST_EXPONENT = 2n ** 64n

/** Whether a certificate comes from the throw-away authority of `tessera certs dev`: the leaf or its intermediate. */
export function isDevelopment(certificate: Certificate): boolean {
  return (
    certificate.issuer.organization === DEVELOPMENT_AUTHORITY ||
    certificate.der.includes(Buffer.from(DEVELOPMENT_NOTICE))
  )
}

const ATTRIBUTES: Readonly<Record<string, Exclude<keyof DistinguishedName, 'der'>>> = {
  '0.9.2342.19200300.100.1.1': 'uid',
  '2.5.4.3': 'commonName',
  '2.5.4.11': 'organizationalUnit',
  '2.5.4.10': 'organization',
  '2.5.4.6': 'country',
}

function readName(element: Asn1Element | undefined, what: string): DistinguishedName {
  const found: Partial<Record<Exclude<keyof DistinguishedName, 'der'>, string>> = {}
  for (const set of childrenOf(element, TAG.sequence, what)) {
    for (const attribute of childrenOf(set, TAG.set, what)) {
      const [type, value] = childrenOf(attribute, TAG.sequence, what)
      const name = ATTRIBUTES[oidOf(type, what)]
      const text = textOf(value)
      if (name !== undefined && text !== undefined) found[name] ??= text
    }
  }
  return { ...found, der: Buffer.from(element?.raw ?? []) }
}

/** Extension identifier -> its parsed value. Values that are not ASN.1 are left out; Apple has none we need. */
function readExtensions(element: Asn1Element | undefined): Map<string, Asn1Element> {
  const extensions = new Map<string, Asn1Element>()
  if (element === undefined) return extensions
  for (const extension of childrenOf(element.children[0], TAG.sequence, 'the extensions')) {
    const [id, ...rest] = childrenOf(extension, TAG.sequence, 'an extension')
    const value = rest.at(-1)
    if (!isUniversal(value, TAG.octetString)) continue
    try {
      extensions.set(oidOf(id, 'an extension'), readAsn1(octetsOf(value)))
    } catch {
      // Not ASN.1: an extension of somebody else.
    }
  }
  return extensions
}

function keyIdOf(element: Asn1Element | undefined): string | undefined {
  return isUniversal(element, TAG.octetString) ? Buffer.from(octetsOf(element)).toString('hex') : undefined
}

function authorityKeyIdOf(element: Asn1Element | undefined): string | undefined {
  const keyId = element?.children.find((child) => isContext(child, 0))
  return keyId === undefined ? undefined : Buffer.from(octetsOf(keyId)).toString('hex')
}

/** Of the basic constraints: an INTEGER behind the BOOLEAN that makes an authority. */
function pathLengthOf(element: Asn1Element | undefined): number | undefined {
  const length = element?.children.find((child) => isUniversal(child, TAG.integer))
  return length === undefined ? undefined : smallInteger(length, 'the path length')
}

function keyUsagesOf(element: Asn1Element | undefined): string[] {
  if (element === undefined) return []
  return childrenOf(element, TAG.sequence, 'the key usage').map((usage) => oidOf(usage, 'the key usage'))
}
