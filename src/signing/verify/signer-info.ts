import { type Asn1Element, Asn1Error, isContext, isUniversal, TAG } from './asn1.js'
import { childrenOf, definite, integerHex, lengthBytes, octetsOf, oidOf, smallInteger } from './asn1-values.js'

/** An AlgorithmIdentifier: object identifier, and what stands after it. */
export interface Algorithm {
  readonly id: string
  readonly parameters: Asn1Element | undefined
}

/** Who signed, and what (RFC 5652, 5.3). */
export interface SignerInfo {
  readonly version: number
  /** By issuer and serial number (version 1) or by subject key identifier (version 3). */
  readonly signerId: { readonly issuer: Buffer; readonly serial: string } | { readonly keyId: string }
  /** Object identifier. */
  readonly digest: string
  readonly signatureAlgorithm: Algorithm
  readonly signature: Uint8Array
  /** Undefined when there are none, and the manifest itself is signed. */
  readonly attributes: SignedAttributes | undefined
}

export interface SignedAttributes {
  /** What the signature covers: the attributes as a SET, with definite lengths, in the order in which they came. */
  readonly asSent: Buffer
  /** The same in the order that DER demands. */
  readonly sorted: Buffer
  readonly byType: ReadonlyMap<string, SignedAttribute>
}

export interface SignedAttribute {
  /** How often there is an attribute of this type: once, if all is well. */
  readonly count: number
  /** The values of all of them. */
  readonly values: readonly Asn1Element[]
}

/** @throws {Asn1Error} */
export function readSignerInfo(element: Asn1Element): SignerInfo {
  const [version, signerId, digest, ...rest] = childrenOf(element, TAG.sequence, 'the signer')
  const attributes = isContext(rest[0], 0) ? rest.shift() : undefined
  const [signatureAlgorithm, signature, unsigned, ...others] = rest
  if (!isUniversal(signature, TAG.octetString)) throw new Asn1Error('the signature value is missing')
  // Unsigned attributes, such as time stamps, change nothing.
  if (others.length > 0 || (unsigned !== undefined && !(isContext(unsigned, 1) && unsigned.constructed)))
    throw new Asn1Error('the signer has parts that do not belong there')
  return {
    version: smallInteger(version, 'the version of the signer'),
    signerId: readSignerId(signerId),
    digest: readAlgorithm(digest, 'the digest algorithm').id,
    signatureAlgorithm: readAlgorithm(signatureAlgorithm, 'the signature algorithm'),
    signature: octetsOf(signature),
    attributes: attributes === undefined ? undefined : readAttributes(attributes),
  }
}

/** @throws {Asn1Error} */
export function readAlgorithm(element: Asn1Element | undefined, what: string): Algorithm {
  const [id, parameters, ...others] = childrenOf(element, TAG.sequence, what)
  if (others.length > 0) throw new Asn1Error(`${what} is malformed`)
  return { id: oidOf(id, what), parameters }
}

function readSignerId(element: Asn1Element | undefined): SignerInfo['signerId'] {
  if (isContext(element, 0)) return { keyId: Buffer.from(octetsOf(element)).toString('hex') }
  const [issuer, serial, ...others] = childrenOf(element, TAG.sequence, 'the identity of the signer')
  if (issuer === undefined || others.length > 0) throw new Asn1Error('the identity of the signer is malformed')
  return { issuer: definite(issuer), serial: integerHex(serial, 'the serial number of the signer') }
}

function readAttributes(element: Asn1Element): SignedAttributes {
  if (!element.constructed) throw new Asn1Error('the signed attributes are malformed')
  const byType = new Map<string, { count: number; values: Asn1Element[] }>()
  for (const attribute of element.children) {
    const [type, set, ...others] = childrenOf(attribute, TAG.sequence, 'a signed attribute')
    if (others.length > 0) throw new Asn1Error('a signed attribute is malformed')
    const name = oidOf(type, 'a signed attribute')
    const known = byType.get(name) ?? { count: 0, values: [] }
    known.count += 1
    for (const value of childrenOf(set, TAG.set, 'the values of a signed attribute')) known.values.push(value)
    byType.set(name, known)
  }
  const encoded = element.children.map(definite)
  return { asSent: asSet(encoded), sorted: asSet(encoded.toSorted(Buffer.compare)), byType }
}

/** RFC 5652, 5.4: signed as SET OF, although enclosed under the tag [0]. */
function asSet(encoded: readonly Buffer[]): Buffer {
  const content = Buffer.concat(encoded)
  return Buffer.concat([Buffer.from([0x31]), lengthBytes(content.length), content])
}
