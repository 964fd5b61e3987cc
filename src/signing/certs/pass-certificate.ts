import { AppError } from '../../kit/errors/index.js'
import { APPLE_OID } from './apple.js'
import { type Certificate, isIssuedBy } from './certificate.js'

/** Who a pass certificate speaks for. */
export interface PassSubject {
  readonly passTypeIdentifier: string
  readonly teamIdentifier: string
  readonly organizationName: string
}

/** Reads the subject of a Pass Type ID certificate. Throws CERT_NOT_PASS naming what it is instead. */
export function passSubjectOf(certificate: Certificate, place: string): PassSubject {
  const { uid, organizationalUnit, organization, commonName } = certificate.subject
  const passTypeIdentifier = uid ?? certificate.passTypeExtension
  if (!isPassCertificate(certificate) || passTypeIdentifier === undefined || organizationalUnit === undefined) {
    throw new AppError(
      'CERT_NOT_PASS',
      `${place} is not a Pass Type ID certificate but ${commonName ?? 'another one'}.`,
    )
  }
  return { passTypeIdentifier, teamIdentifier: organizationalUnit, organizationName: organization ?? '' }
}

/** App push and distribution certificates have a UID too; only pass certificates have this extension. */
export function isPassCertificate(certificate: Certificate): boolean {
  return !certificate.isAuthority && certificate.passTypeExtension !== undefined
}

/** What to call a certificate in a sentence. */
export function titleOf({ subject, sha256 }: Certificate): string {
  const unit = subject.organizationalUnit
  const name = subject.commonName ?? `certificate ${sha256.slice(0, 16)}`
  return name.startsWith('Apple Worldwide Developer Relations') && unit?.length === 2 ? `${name} (${unit})` : name
}

/** The pass certificate among several (a .pem or .p12 may carry the chain): the first one, else whatever is no authority. */
export function findLeaf(certificates: readonly Certificate[]): Certificate | undefined {
  return certificates.find(isPassCertificate) ?? certificates.find(({ isAuthority }) => !isAuthority)
}

export function findIssuer(leaf: Certificate, certificates: readonly Certificate[]): Certificate | undefined {
  // Apple renewed an intermediate under the same key once; the one that lives longer is the one to use.
  return certificates.filter((candidate) => isIssuedBy(leaf, candidate)).sort((a, b) => b.notAfter - a.notAfter)[0]
}

/** Whether the certificate may be used for pass signing by its key usage. */
export function hasPassKeyUsage({ keyUsages }: Certificate): boolean {
  return keyUsages.length === 0 || keyUsages.includes(APPLE_OID.passKeyUsage)
}
