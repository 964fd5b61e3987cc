import { constants, verify } from 'node:crypto'
import { type Certificate, isVerifiable } from '../certs/certificate.js'
import { digestName, type SignatureKind, signatureKind } from './algorithms.js'
import { Asn1Error, isContext } from './asn1.js'
import type { SignerInfo } from './signer-info.js'
import { readAlgorithm } from './signer-info.js'

/** SHA-1, where the parameters of RSA-PSS name no digest (RFC 4055, 3.1). */
const PSS_DEFAULT = '1.3.14.3.2.26'

/** The digest that the signature algorithm names, as node:crypto calls it; undefined where it names none. */
export function namedDigest({ signatureAlgorithm }: SignerInfo): string | undefined {
  const kind = signatureKind(signatureAlgorithm.id)
  if (kind?.name !== 'RSA-PSS') return kind?.digest
  const hash = signatureAlgorithm.parameters?.children.find((child) => isContext(child, 0))
  try {
    return digestName(hash === undefined ? PSS_DEFAULT : readAlgorithm(hash.children[0], 'the digest of RSA-PSS').id)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    return undefined
  }
}

export interface SignedBytes {
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  /** As node:crypto calls it. */
  readonly digest: string
  readonly kind: SignatureKind
}

/** Whether the key of the certificate made the signature. False for keys of another kind, and for absurd ones. */
export function isSignatureOf(certificate: Certificate, { signed, signature, digest, kind }: SignedBytes): boolean {
  if (!fitsKey(kind, certificate) || !isVerifiable(certificate)) return false
  const key = certificate.publicKey
  try {
    if (kind.name === 'ECDSA') return verify(digest, signed, key, signature)
    const padding = kind.name === 'RSA-PSS' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING
    return verify(digest, signed, { key, padding }, signature)
  } catch {
    // A key that cannot verify this kind of signature.
    return false
  }
}

export function fitsKey(kind: SignatureKind, { publicKey }: Certificate): boolean {
  const type = publicKey.asymmetricKeyType
  return kind.key === 'ec' ? type === 'ec' : type === 'rsa' || (type === 'rsa-pss' && kind.name === 'RSA-PSS')
}
