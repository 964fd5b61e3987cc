/** Object identifiers that Apple writes into pass certificates. */
export const APPLE_OID = {
  /** UTF8String: the pass type identifier. Phones compare it with pass.json. */
  passTypeIdentifier: '1.2.840.113635.100.6.1.16',
  /** NULL, in every Pass Type ID certificate. */
  passCertificate: '1.2.840.113635.100.6.3.2',
  /** Extended key usage beside clientAuth. */
  passKeyUsage: '1.2.840.113635.100.4.14',
  /** NULL, in the intermediates. */
  intermediate: '1.2.840.113635.100.6.2.1',
  certificatePolicy: '1.2.840.113635.100.5.1',
} as const

/** An intermediate of Apple that has issued pass certificates. */
export interface AppleIntermediate {
  readonly generation: string
  /** SHA-256 of the DER, lower-case hex: the pin. */
  readonly sha256: string
  /** Subject key identifier, lower-case hex. A leaf names its issuer's in its authority key identifier. */
  readonly keyId: string
  /** File below https://www.apple.com/certificateauthority/; undefined for those that Apple no longer offers. */
  readonly file?: string
  /** ISO date. */
  readonly expires: string
}

/**
 * The pins. Each was computed from a certificate whose signature by the Apple Root CA (SHA-256 b0b1730e…01f024) was
 * checked, except the 2023 one, known by its published fingerprint. Only RSA generations: passes are signed with RSA.
 */
export const APPLE_INTERMEDIATES: readonly AppleIntermediate[] = [
  {
    generation: 'G4',
    sha256: 'ea4757885538dd8cb59ff4556f676087d83c85e70902c122e42c0808b5bce14c',
    keyId: '5bd9fa1de79a1a0ba399762250863e91c85b77a8',
    file: 'AppleWWDRCAG4.cer',
    expires: '2030-12-10',
  },
  {
    generation: 'G3',
    sha256: 'dcf21878c77f4198e4b4614f03d696d89c66c66008d4244e1b99161aac91601f',
    keyId: '09fec01590f9af640a9212b92628630c97eca7b2',
    file: 'AppleWWDRCAG3.cer',
    expires: '2030-02-20',
  },
  {
    generation: 'G5',
    sha256: '53fd008278e5a595fe1e908ae9c5e5675f26243264a5a6438c023e3ce2870760',
    keyId: '198b978d4a5b617857f4a55c35128a3908e3b075',
    file: 'AppleWWDRCAG5.cer',
    expires: '2030-12-10',
  },
  {
    generation: 'G1',
    sha256: 'ce057691d730f89ca25e916f7335f4c8a15713dcd273a658c024023f8eb809c2',
    keyId: '88271709a9b618608becebbaf64759c55254a3b7',
    expires: '2023-02-07',
  },
  {
    generation: 'G1 (2008)',
    sha256: '64b302913f11ca1b6806093b76cade7f7b123be0c04924fda87f5f4e8647f051',
    keyId: '88271709a9b618608becebbaf64759c55254a3b7',
    expires: '2016-02-14',
  },
]

/** Where Apple publishes its intermediates. */
export const APPLE_CERTIFICATE_AUTHORITY = 'https://www.apple.com/certificateauthority/'

/** O of the root that `tessera certs dev` makes and throws away: how development certificates are recognised. */
export const DEVELOPMENT_AUTHORITY = 'Tessera development authority'

/** Stands in the certificate policy of a development leaf, where Apple has its own notice. */
export const DEVELOPMENT_NOTICE = 'Made by Tessera for development. Phones refuse cards signed with this certificate.'

export function appleIntermediateOf(sha256: string): AppleIntermediate | undefined {
  return APPLE_INTERMEDIATES.find((known) => known.sha256 === sha256)
}
