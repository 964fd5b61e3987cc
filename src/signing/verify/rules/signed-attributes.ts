import type { SigningRule } from './group.js'

const CMS = 'RFC 5652 (Cryptographic Message Syntax)'
const SIGN_AGAIN = 'tessera card export'

/** Part of the signature group: what the signer signs beside the digest of the manifest. */
export const SIGNED_ATTRIBUTE_RULES = [
  {
    id: 'signature.attributes',
    severity: 'refused',
    title: 'The signature has no signed attributes.',
    reason: 'Wallet needs the signing time among them; since iOS 6.1.1 passes without are refused.',
    fix: 'Sign with attributes: without PKCS7_NOATTR or -noattr.',
    source: `${CMS}, 5.3`,
    example: 'openssl cms -sign -noattr',
    command: SIGN_AGAIN,
  },
  {
    id: 'signature.attribute-twice',
    severity: 'refused',
    title: 'A signed attribute does not have exactly one value.',
    reason: 'Readers would disagree on which one counts. openssl refuses such signatures, and so do phones.',
    fix: 'Write each attribute once, with one value.',
    source: `${CMS}, 5.3 and 11`,
    example: 'Two signing times, of two programs that each added one',
    command: SIGN_AGAIN,
  },
  {
    id: 'signature.attribute-order',
    severity: 'refused-by-some',
    title: 'The signed attributes are not in DER order.',
    reason:
      'Readers that sort them before they compute the digest come to another one than readers that take them as sent.',
    fix: 'Sort the attributes by their encoding before signing, as DER wants it for a SET OF.',
    source: `${CMS}, 5.4; X.690, 11.6`,
    example: 'messageDigest before contentType',
    command: SIGN_AGAIN,
  },
  {
    id: 'signature.content-type',
    severity: 'refused',
    title: 'The content type is missing or wrong.',
    reason: 'A signature with attributes must say what it signs; without it the signature is not valid.',
    fix: 'Sign data: content type 1.2.840.113549.1.7.1, in the attribute as in the envelope.',
    source: `${CMS}, 11.1`,
    example: 'A hand-made SignerInfo without contentType',
    command: SIGN_AGAIN,
  },
  {
    id: 'signature.time',
    severity: 'refused',
    title: 'The signing time is missing or does not fit.',
    reason: 'Wallet requires a signing time, at which the certificate was valid.',
    fix: 'Set the clock of the machine that signs, and sign with the signingTime attribute.',
    source: `${CMS}, 11.3; passkit-generator, Signature.ts`,
    example: 'A signature of 1970 by a machine without a clock',
    command: SIGN_AGAIN,
  },
] as const satisfies readonly SigningRule[]
