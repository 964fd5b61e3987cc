import { constants, hash, type KeyObject, sign } from 'node:crypto'
import { readCertificate } from '../../src/signing/certs/certificate.js'
import { derTime, issuerAndSerial, oid, tlv } from '../../src/signing/der.js'

export const CMS_OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  rsa: '1.2.840.113549.1.1.1',
  rsaSha1: '1.2.840.113549.1.1.5',
  pss: '1.2.840.113549.1.1.10',
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const

type Digest = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha512'

/** A signature with every part open to change. What is left out is as Apple's own tools make it. */
export interface CmsRecipe {
  readonly manifest: Uint8Array
  readonly leaf: Buffer
  readonly key: KeyObject
  readonly certificates: readonly Buffer[]
  readonly digest?: Digest
  /** Object identifiers that are announced. */
  readonly digests?: readonly string[]
  readonly digestId?: string
  readonly algorithm?: string
  readonly byKeyId?: boolean
  readonly version?: number
  readonly time?: number | Buffer | null
  readonly messageDigest?: Buffer | null
  readonly attributeType?: string | null
  /** Attributes beside the usual ones, or again. */
  readonly more?: readonly Buffer[]
  readonly noAttributes?: boolean
  /** `sent`: signed and sent out of order; `signed-sorted`: sent out of order, but sorted when signed. */
  readonly order?: 'sent' | 'signed-sorted'
  readonly pss?: boolean
  readonly envelopeType?: string
  readonly content?: Uint8Array
  readonly outerType?: string
  readonly crls?: boolean
  readonly unsigned?: boolean
  readonly signers?: number
  /** Of the name of the issuer, as the signer gives it. */
  readonly issuerChange?: (der: Buffer) => Buffer
}

const NULL = tlv(0x05)
const integer = (value: number): Buffer => tlv(0x02, Buffer.from([value]))
const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, ...parts)
const set = (...parts: Buffer[]): Buffer => tlv(0x31, ...parts)
const algorithm = (id: string, parameters: Buffer = NULL): Buffer => sequence(oid(id), parameters)

export function attribute(type: string, ...values: Buffer[]): Buffer {
  return sequence(oid(type), set(...values))
}

export function makeCms(recipe: CmsRecipe): Buffer {
  const { digest = 'sha256', signers = 1 } = recipe
  const signer = makeSigner(recipe, digest)
  const content = recipe.content === undefined ? [] : [tlv(0xa0, tlv(0x04, Buffer.from(recipe.content)))]
  const digests = recipe.digests ?? [recipe.digestId ?? CMS_OID[digest]]
  const signedData = sequence(
    integer(recipe.byKeyId === true ? 3 : 1),
    set(...digests.map((id) => algorithm(id))),
    sequence(oid(recipe.envelopeType ?? CMS_OID.data), ...content),
    ...(recipe.certificates.length === 0 ? [] : [tlv(0xa0, ...recipe.certificates)]),
    ...(recipe.crls === true
      ? [tlv(0xa1, sequence(sequence(), algorithm(CMS_OID.rsaSha1), tlv(0x03, Buffer.from([0, 1]))))]
      : []),
    set(...Array.from({ length: signers }, () => signer)),
  )
  return sequence(oid(recipe.outerType ?? CMS_OID.signedData), tlv(0xa0, signedData))
}

function makeSigner(recipe: CmsRecipe, digest: Digest): Buffer {
  const { leaf, key, manifest, byKeyId = false, pss = false } = recipe
  const attributes = recipe.noAttributes === true ? [] : makeAttributes(recipe, digest)
  const sorted = attributes.toSorted(Buffer.compare)
  const sent = recipe.order === undefined ? sorted : sorted.toReversed()
  const signed = attributes.length === 0 ? manifest : set(...(recipe.order === 'sent' ? sent : sorted))
  const padding = pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING
  const value =
    key.asymmetricKeyType === 'ec' ? sign(digest, signed, key) : sign(digest, signed, { key, padding, saltLength: 32 })
  const { issuer, serial } = issuerAndSerial(leaf)
  const id = byKeyId
    ? tlv(0x80, Buffer.from(readCertificate(leaf).subjectKeyId ?? '', 'hex'))
    : sequence(recipe.issuerChange?.(issuer) ?? issuer, serial)
  const hashed = algorithm(CMS_OID[digest])
  const mask = algorithm('1.2.840.113549.1.1.8', hashed)
  const parameters = pss ? sequence(tlv(0xa0, hashed), tlv(0xa1, mask), tlv(0xa2, integer(32))) : NULL
  return sequence(
    integer(recipe.version ?? (byKeyId ? 3 : 1)),
    id,
    algorithm(recipe.digestId ?? CMS_OID[digest]),
    ...(attributes.length === 0 ? [] : [tlv(0xa0, ...sent)]),
    algorithm(recipe.algorithm ?? (pss ? CMS_OID.pss : CMS_OID.rsa), parameters),
    tlv(0x04, value),
    ...(recipe.unsigned === true ? [tlv(0xa1, attribute('1.2.840.113549.1.9.16.2.14', sequence()))] : []),
  )
}

function makeAttributes(recipe: CmsRecipe, digest: Digest): Buffer[] {
  const { time = Date.now(), messageDigest = hash(digest, recipe.manifest, 'buffer') } = recipe
  const { attributeType = CMS_OID.data } = recipe
  return [
    ...(attributeType === null ? [] : [attribute(CMS_OID.contentType, oid(attributeType))]),
    ...(time === null ? [] : [attribute(CMS_OID.signingTime, Buffer.isBuffer(time) ? time : derTime(new Date(time)))]),
    ...(messageDigest === null ? [] : [attribute(CMS_OID.messageDigest, tlv(0x04, messageDigest))]),
    ...(recipe.more ?? []),
  ]
}
