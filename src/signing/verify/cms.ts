import { ASN1_LIMITS, type Asn1Element, Asn1Error, isContext, isUniversal, readFirstAsn1, TAG } from './asn1.js'
import { childrenOf, definite, oidOf, smallInteger } from './asn1-values.js'
import { readAlgorithm, readSignerInfo, type SignerInfo } from './signer-info.js'

/** 1.2.840.113549.1.7.x: the structures of CMS and PKCS #7. */
export const CONTENT_TYPE = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
} as const

/** A CMS SignedData (RFC 5652), as passes carry it. */
export interface SignedData {
  readonly version: number
  /** What is signed, as the envelope says: data. */
  readonly contentType: string
  /** True when the signed content is not inside, as it must be for a pass. */
  readonly detached: boolean
  /** Object identifiers of the digests that a reader must compute. */
  readonly digests: readonly string[]
  /** DER of the certificates, in the order of the file; the first ones only, where there are very many. */
  readonly certificates: readonly Uint8Array[]
  /** How many there are in all. */
  readonly certificateCount: number
  readonly hasCrls: boolean
  /** Phones expect one. The first ones only, where there are very many. */
  readonly signers: readonly SignerInfo[]
  readonly signerCount: number
  /** True when lengths are indefinite: BER, as Apple's own samples. */
  readonly ber: boolean
  /** Bytes after the structure. */
  readonly trailing: number
}

/** Passes have two certificates and one signer. */
const MOST_CERTIFICATES = 32
const MOST_SIGNERS = 8

/** The bytes are CMS, or at least ASN.1, but no SignedData. */
export class NotSignedDataError extends Error {
  override readonly name = 'NotSignedDataError'
  /** Object identifier of what they are; undefined when they name none. */
  readonly contentType: string | undefined
  constructor(contentType: string | undefined) {
    super('the bytes are no SignedData')
    this.contentType = contentType
  }
}

/** Certificates are read elsewhere, once for all passes that carry the same one. */
const LIMITS = {
  ...ASN1_LIMITS,
  isOpaque: (depth: number, parent: Pick<Asn1Element, 'tagClass'>) => depth === 4 && parent.tagClass === 'context',
}

/**
 * Reads the `signature` file of a pass: DER or BER, signer version 1 or 3.
 * @throws {Asn1Error} when it is damaged
 * @throws {NotSignedDataError} when it is something else
 */
export function readSignedData(bytes: Uint8Array): SignedData {
  const { element: outer, length } = readFirstAsn1(bytes, LIMITS)
  const [type, content, ...more] = isUniversal(outer, TAG.sequence) ? outer.children : []
  if (!isUniversal(type, TAG.oid)) throw new NotSignedDataError(undefined)
  const contentType = oidOf(type, 'the content type')
  if (contentType !== CONTENT_TYPE.signedData) throw new NotSignedDataError(contentType)
  if (!isContext(content, 0) || content.children.length !== 1 || more.length > 0)
    throw new Asn1Error('the SignedData is missing')
  const [signedData] = content.children
  const fields = childrenOf(signedData, TAG.sequence, 'the SignedData')
  const [version, digests, encapsulated, ...rest] = fields
  const certificates = isContext(rest[0], 0) ? rest.shift() : undefined
  const crls = isContext(rest[0], 1) ? rest.shift() : undefined
  const [signers, ...others] = rest
  if (others.length > 0) throw new Asn1Error('the SignedData has parts that do not belong there')
  const signerInfos = childrenOf(signers, TAG.set, 'the signer information')
  const [innerType, inner, ...unknown] = childrenOf(encapsulated, TAG.sequence, 'the content information')
  if (unknown.length > 0 || (inner !== undefined && !isContext(inner, 0)))
    throw new Asn1Error('the content information is malformed')
  const x509 = certificates?.children.filter((child) => isUniversal(child, TAG.sequence)) ?? []
  return {
    version: smallInteger(version, 'the version'),
    contentType: oidOf(innerType, 'the type of the content'),
    detached: inner === undefined,
    digests: childrenOf(digests, TAG.set, 'the digest algorithms').map(
      (digest) => readAlgorithm(digest, 'a digest algorithm').id,
    ),
    certificates: x509.slice(0, MOST_CERTIFICATES).map(definiteRaw),
    certificateCount: certificates?.children.length ?? 0,
    hasCrls: crls !== undefined,
    signers: signerInfos.slice(0, MOST_SIGNERS).map(readSignerInfo),
    signerCount: signerInfos.length,
    ber: outer.indefinite || content.indefinite || signedData?.indefinite === true,
    trailing: bytes.length - length,
  }
}

/** Certificates are DER even inside BER; their bytes must not be touched, or their signature breaks. */
function definiteRaw(element: Asn1Element): Uint8Array {
  return element.indefinite ? definite(element) : element.raw
}
