import { hash, sign } from 'node:crypto'
import { derTime, issuerAndSerial, oid, TAG, tlv } from './der.js'
import type { SigningIdentity } from './identity.js'

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const

/** Signs a manifest: detached CMS SignedData in DER, for the file named `signature`. */
export type ManifestSigner = (manifest: Uint8Array, when: Date) => Buffer

/** The same, with the RSA signature made by another thread of Node's pool: a server goes on answering meanwhile. */
export type AsyncManifestSigner = (manifest: Uint8Array, when: Date) => Promise<Buffer>

/** The part of an identity that a signature needs. */
export type Signatory = Pick<SigningIdentity, 'leaf' | 'issuer' | 'key'>

/**
 * Compiles everything of the signature that stays the same, so that one card costs a digest, one RSA signature and two
 * copies. What Wallet accepts (RFC 5652; observed in passes in the wild): version 1, signer by issuer and serial
 * number, SHA-256, signed attributes contentType, signingTime and messageDigest, the leaf and its issuer enclosed.
 */
export function createManifestSigner(identity: Signatory): ManifestSigner {
  const prepare = createPreparer(identity)
  return (manifest, when) => {
    const { attributes, finish } = prepare(manifest, when)
    return finish(sign('sha256', attributes, identity.key))
  }
}

/** See {@link createManifestSigner}; the bytes are the same. */
export function createAsyncManifestSigner(identity: Signatory): AsyncManifestSigner {
  const prepare = createPreparer(identity)
  return (manifest, when) => {
    const prepared = prepare(manifest, when)
    // The template is used again before the other thread is done.
    const attributes = Buffer.from(prepared.attributes)
    const finish = prepared.finish
    return new Promise((resolve, reject) => {
      sign('sha256', attributes, identity.key, (error, signature) => {
        if (error) reject(error)
        else resolve(finish(signature, attributes))
      })
    })
  }
}

interface Prepared {
  /** What is signed; good until the next preparation. */
  readonly attributes: Buffer
  /** @param attributes - as they were when they were signed; the template's own when undefined. */
  finish(signature: Buffer, attributes?: Buffer): Buffer
}

function createPreparer(identity: Signatory): (manifest: Uint8Array, when: Date) => Prepared {
  const bits = identity.key.asymmetricKeyDetails?.modulusLength
  if (identity.key.asymmetricKeyType !== 'rsa' || !bits) throw new TypeError('a pass is signed with an RSA key')
  const signatureLength = Math.ceil(bits / 8)
  let template: Template | undefined
  let second = Number.NaN

  return (manifest, when) => {
    const now = Math.floor(when.getTime() / 1000)
    if (template === undefined || now !== second) {
      const time = derTime(when)
      if (template?.timeLength !== time.length) template = compileTemplate(identity, time.length, signatureLength)
      time.copy(template.attributes, template.timeOffset)
      second = now
    }
    const { attributes: current, attributesAt, digestOffset, whole, signatureAt } = template
    hash('sha256', manifest, 'buffer').copy(current, digestOffset)
    return {
      attributes: current,
      finish(signature, attributes = current) {
        const out = Buffer.from(whole)
        // The same attributes are signed as SET OF (0x31) and enclosed as [0] IMPLICIT (RFC 5652 5.4).
        attributes.copy(out, attributesAt + 1, 1)
        signature.copy(out, signatureAt)
        return out
      },
    }
  }
}

interface Template {
  readonly timeLength: number
  /** DER of SET OF Attribute; time and digest are filled in per signature. */
  readonly attributes: Buffer
  readonly timeOffset: number
  readonly digestOffset: number
  /** The whole ContentInfo with holes. */
  readonly whole: Buffer
  readonly attributesAt: number
  readonly signatureAt: number
}

function compileTemplate(identity: Signatory, timeLength: number, signatureLength: number): Template {
  const sha256 = tlv(TAG.sequence, oid(OID.sha256))
  const rsa = tlv(TAG.sequence, oid(OID.rsaEncryption), tlv(TAG.null))
  const { issuer, serial } = issuerAndSerial(identity.leaf)

  // Distinct fillers, so that the places of the holes can be found in the finished encoding.
  const time = Buffer.alloc(timeLength, 0xf1)
  const digest = Buffer.alloc(32, 0xf2)
  const signature = Buffer.alloc(signatureLength, 0xf3)

  // DER sorts a SET OF by encoding: contentType, signingTime, messageDigest go by growing length, whichever the time.
  const attributes = tlv(
    TAG.set,
    tlv(TAG.sequence, oid(OID.contentType), tlv(TAG.set, oid(OID.data))),
    tlv(TAG.sequence, oid(OID.signingTime), tlv(TAG.set, time)),
    tlv(TAG.sequence, oid(OID.messageDigest), tlv(TAG.set, tlv(TAG.octetString, digest))),
  )
  const enclosed = Buffer.from(attributes)
  enclosed[0] = TAG.context0

  const version1 = tlv(TAG.integer, Buffer.from([1]))
  const signerInfo = tlv(
    TAG.sequence,
    version1,
    tlv(TAG.sequence, issuer, serial),
    sha256,
    enclosed,
    rsa,
    tlv(TAG.octetString, signature),
  )
  const signedData = tlv(
    TAG.sequence,
    version1,
    tlv(TAG.set, sha256),
    tlv(TAG.sequence, oid(OID.data)),
    tlv(TAG.context0, identity.leaf, identity.issuer),
    tlv(TAG.set, signerInfo),
  )
  const whole = tlv(TAG.sequence, oid(OID.signedData), tlv(TAG.context0, signedData))
  return {
    timeLength,
    attributes,
    timeOffset: attributes.indexOf(time),
    digestOffset: attributes.indexOf(digest),
    whole,
    attributesAt: whole.indexOf(enclosed),
    signatureAt: whole.lastIndexOf(signature),
  }
}
