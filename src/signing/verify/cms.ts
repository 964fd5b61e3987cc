import { type Certificate, readCertificate } from '../certs/certificate.js'
import { type Asn1Element, Asn1Error, isContext, isUniversal, readAsn1, TAG } from './asn1.js'
import { childrenOf, definite, integerHex, octetsOf, oidOf, smallInteger, timeOf } from './asn1-values.js'

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const

/** Digests that occur in passes. The names are node:crypto's. */
const DIGESTS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** A CMS SignedData (RFC 5652) with its single signer, as passes carry it. */
export interface SignedData {
  readonly version: number
  /** True when the signed content is not inside, as it must be for a pass. */
  readonly detached: boolean
  readonly certificates: readonly Certificate[]
  readonly signer: SignerInfo
  /** How many signers there are; phones expect one. */
  readonly signers: number
  /** True when the outermost element has indefinite length: BER, as Apple's own samples. */
  readonly ber: boolean
}

export interface SignerInfo {
  readonly version: number
  /** By issuer and serial number (version 1) or by subject key identifier (version 3). */
  readonly signerId: { readonly issuer: Buffer; readonly serial: string } | { readonly keyId: string }
  /** Name for node:crypto, or the identifier when it is none that we know. */
  readonly digest: string
  readonly digestKnown: boolean
  readonly signatureAlgorithm: string
  readonly signature: Uint8Array
  /** What the signature covers: the attributes as a DER SET; undefined when there are none. */
  readonly signedAttributes: Buffer | undefined
  readonly contentType: string | undefined
  readonly messageDigest: Uint8Array | undefined
  /** Epoch milliseconds. */
  readonly signingTime: number | undefined
}

/**
 * Reads the `signature` file of a pass: DER or BER, signer version 1 or 3.
 * @throws {Asn1Error} when it is no SignedData with a signer.
 */
export function readSignedData(bytes: Uint8Array): SignedData {
  const outer = readAsn1(bytes)
  const [type, content] = childrenOf(outer, TAG.sequence, 'the signature')
  if (oidOf(type, 'the content type') !== OID.signedData) throw new Asn1Error('the signature is not a SignedData')
  if (!isContext(content, 0)) throw new Asn1Error('the SignedData is missing')
  const [version, , encapsulated, ...rest] = childrenOf(content.children[0], TAG.sequence, 'the SignedData')
  const signers = rest.findLast((element) => isUniversal(element, TAG.set))
  const [signer, ...others] = childrenOf(signers, TAG.set, 'the signer information')
  if (signer === undefined) throw new Asn1Error('nobody signed: there is no signer information')
  const enclosed = childrenOf(encapsulated, TAG.sequence, 'the content information')
  return {
    version: smallInteger(version, 'the version'),
    detached: !enclosed.some((element) => isContext(element, 0)),
    certificates: readCertificates(rest.find((element) => isContext(element, 0))),
    signer: readSigner(signer),
    signers: 1 + others.length,
    ber: outer.indefinite,
  }
}

function readCertificates(element: Asn1Element | undefined): Certificate[] {
  const certificates = element?.children.filter((child) => isUniversal(child, TAG.sequence)) ?? []
  return certificates.slice(0, 20).map((child) => {
    try {
      return readCertificate(definiteRaw(child))
    } catch (error) {
      throw new Asn1Error(
        `a certificate in the signature is damaged: ${error instanceof Error ? error.message : error}`,
      )
    }
  })
}

/** Certificates are DER even inside BER; their bytes must not be touched, or their signature breaks. */
function definiteRaw(element: Asn1Element): Uint8Array {
  return element.indefinite ? definite(element) : element.raw
}

function readSigner(element: Asn1Element): SignerInfo {
  const [version, signerId, digestAlgorithm, ...rest] = childrenOf(element, TAG.sequence, 'the signer')
  const attributes = isContext(rest[0], 0) ? rest[0] : undefined
  const [signatureAlgorithm, signature] = attributes === undefined ? rest : rest.slice(1)
  if (!isUniversal(signature, TAG.octetString)) throw new Asn1Error('the signature value is missing')
  const digest = algorithmOf(digestAlgorithm, 'the digest algorithm')
  const values = readAttributes(attributes)
  const contentType = values.get(OID.contentType)
  const messageDigest = values.get(OID.messageDigest)
  return {
    version: smallInteger(version, 'the version of the signer'),
    signerId: readSignerId(signerId),
    digest: DIGESTS[digest] ?? digest,
    digestKnown: digest in DIGESTS,
    signatureAlgorithm: algorithmOf(signatureAlgorithm, 'the signature algorithm'),
    signature: octetsOf(signature),
    signedAttributes: attributes === undefined ? undefined : asSet(attributes),
    contentType: contentType === undefined ? undefined : oidOf(contentType, 'the contentType attribute'),
    messageDigest: isUniversal(messageDigest, TAG.octetString) ? octetsOf(messageDigest) : undefined,
    signingTime: timeOf(values.get(OID.signingTime)),
  }
}

function readSignerId(element: Asn1Element | undefined): SignerInfo['signerId'] {
  if (isContext(element, 0)) return { keyId: Buffer.from(octetsOf(element)).toString('hex') }
  const [issuer, serial] = childrenOf(element, TAG.sequence, 'the identity of the signer')
  if (issuer === undefined) throw new Asn1Error('the issuer of the signer is missing')
  return { issuer: definite(issuer), serial: integerHex(serial, 'the serial number of the signer') }
}

function algorithmOf(element: Asn1Element | undefined, what: string): string {
  return oidOf(childrenOf(element, TAG.sequence, what)[0], what)
}

/** Attribute type -> its first value. */
function readAttributes(attributes: Asn1Element | undefined): Map<string, Asn1Element> {
  const values = new Map<string, Asn1Element>()
  for (const attribute of attributes?.children ?? []) {
    const [type, set] = childrenOf(attribute, TAG.sequence, 'a signed attribute')
    const [value] = childrenOf(set, TAG.set, 'the values of a signed attribute')
    const name = oidOf(type, 'a signed attribute')
    // RFC 5652, 5.3: an attribute must not occur twice. Taking either would let two readers disagree.
    if (values.has(name)) throw new Asn1Error('a signed attribute occurs twice')
    if (value !== undefined) values.set(name, value)
  }
  return values
}

/** RFC 5652, 5.4: signed as SET OF, although enclosed under the tag [0]. */
function asSet(attributes: Asn1Element): Buffer {
  const der = definite(attributes)
  der.writeUInt8(0x31, 0)
  return der
}
