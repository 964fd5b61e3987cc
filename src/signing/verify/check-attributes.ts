import { hash } from 'node:crypto'
import { type Asn1Element, Asn1Error, isUniversal, TAG } from './asn1.js'
import { octetsOf, oidOf, timeOf } from './asn1-values.js'
import { CONTENT_TYPE } from './cms.js'
import type { Findings } from './findings.js'
import { findSignedVariant } from './manifest-variants.js'
import type { SignedAttributes } from './signer-info.js'

const file = 'signature'

const OID = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const

const NAMES: Readonly<Record<string, string>> = {
  [OID.contentType]: 'content type',
  [OID.messageDigest]: 'message digest',
  [OID.signingTime]: 'signing time',
}

export interface AttributeContext {
  readonly findings: Findings
  readonly manifest: Uint8Array
  /** What the envelope says is signed. */
  readonly contentType: string
  /** Digest of the signer, as node:crypto calls it. */
  readonly digest: string
}

/** Checks what the signer signed: content type, digest of the manifest, time. Returns the signing time. */
export function checkAttributes(attributes: SignedAttributes, context: AttributeContext): number | undefined {
  checkSingle(attributes, context.findings)
  const first = (type: string): Asn1Element | undefined => attributes.byType.get(type)?.values[0]
  checkContentType(first(OID.contentType), context)
  checkDigest(first(OID.messageDigest), context)
  return readTime(first(OID.signingTime), context.findings)
}

function checkSingle({ byType }: SignedAttributes, findings: Findings): void {
  for (const [type, { count, values }] of byType) {
    const name = NAMES[type]
    if (count === 1 && (name === undefined || values.length === 1)) continue
    const what = name === undefined ? `The attribute ${type}` : `The ${name}`
    findings.add('signature.attribute-twice', {
      file,
      message: count > 1 ? `${what} is there ${count} times.` : `${what} has ${values.length} values.`,
      // openssl looks at those that it uses itself; of others nobody is known to.
      ...(name === undefined ? { severity: 'refused-by-some' } : {}),
    })
  }
}

function checkContentType(value: Asn1Element | undefined, { findings, contentType }: AttributeContext): void {
  const attribute = value === undefined ? undefined : textOfOid(value)
  if (attribute === undefined) {
    const message = `The content type attribute is ${value === undefined ? 'missing' : 'no object identifier'}.`
    findings.add('signature.content-type', { file, message })
  } else if (attribute !== contentType || attribute !== CONTENT_TYPE.data) {
    findings.add('signature.content-type', {
      file,
      message: 'The content type attribute and the envelope do not both say that data is signed.',
      evidence: `attribute: ${attribute}, envelope: ${contentType}, data: ${CONTENT_TYPE.data}`,
    })
  }
}

function textOfOid(value: Asn1Element): string | undefined {
  try {
    return oidOf(value, 'the content type')
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    return undefined
  }
}

function checkDigest(value: Asn1Element | undefined, { findings, manifest, digest }: AttributeContext): void {
  const signed = isUniversal(value, TAG.octetString) ? octetsOf(value) : undefined
  if (signed === undefined) {
    findings.add('signature.digest', { file, message: 'The signature does not say of what manifest it was made.' })
    return
  }
  const actual = hash(digest, manifest, 'buffer')
  if (actual.equals(signed)) return
  const variant = findSignedVariant(manifest, { algorithm: digest, digest: signed })
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
  findings.add('signature.digest', {
    file,
    message:
      variant === undefined
        ? 'The signature was made for another manifest.json.'
        : variant.what === 'an empty file'
          ? 'The signature was made for an empty file, not for manifest.json.'
          : `The signature was made for this manifest.json ${variant.what}: it was changed after signing.`,
    evidence: `signature: ${digest} ${hex(signed.subarray(0, 64))}, manifest.json: ${hex(actual)}`,
    ...(variant === undefined ? {} : { fix: variant.fix }),
  })
}

function readTime(value: Asn1Element | undefined, findings: Findings): number | undefined {
  const time = timeOf(value)
  if (time === undefined) {
    const message = value === undefined ? 'The signature has no signing time.' : 'The signing time cannot be read.'
    findings.add('signature.time', { file, message })
  }
  return time
}
