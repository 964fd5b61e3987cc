import { appleIntermediateOf } from '../certs/apple.js'
import { type Certificate, isDevelopment, isIssuedBy } from '../certs/certificate.js'
import { findIssuer, isPassCertificate, titleOf } from '../certs/pass-certificate.js'
import type { CheckedSignature } from './check-signature.js'
import type { Findings } from './findings.js'
import type { PassJson } from './pass-json.js'

const PLACE = 'signature'

export interface ChainContext {
  readonly findings: Findings
  /** Certificates that are trusted beside Apple's: intermediates or roots. */
  readonly trust: readonly Certificate[]
  /** Epoch milliseconds. */
  readonly now: number
}

/** Checks who signed: leaf to intermediate, and whether that intermediate is one to trust. */
export function checkChain(signer: Certificate, { certificates }: CheckedSignature, context: ChainContext): void {
  const { findings, trust, now } = context
  if (!isPassCertificate(signer)) {
    findings.error(
      'chain.pass-certificate',
      `was made with ${titleOf(signer)}, which is no Pass Type ID certificate`,
      PLACE,
    )
  }
  const enclosed = findIssuer(signer, certificates)
  if (enclosed === undefined) {
    findings.error('chain.issuer', 'does not enclose the intermediate that issued its certificate (WWDR)', PLACE)
  }
  const issuer = enclosed ?? findIssuer(signer, trust)
  if (issuer === undefined) return
  if (!isTrusted(issuer, trust)) {
    const why = isDevelopment(issuer)
      ? 'was made with a development certificate (tessera certs dev): phones refuse it'
      : 'was made with a certificate that is not from Apple'
    findings.error('chain.trust', why, PLACE)
  }
  for (const certificate of [signer, issuer]) {
    const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
    if (now > certificate.notAfter) {
      findings.error('chain.expired', `${titleOf(certificate)} expired on ${day(certificate.notAfter)}`, PLACE)
    } else if (now < certificate.notBefore) {
      findings.error(
        'chain.not-yet-valid',
        `${titleOf(certificate)} is valid from ${day(certificate.notBefore)} on`,
        PLACE,
      )
    }
  }
}

function isTrusted(issuer: Certificate, trust: readonly Certificate[]): boolean {
  if (appleIntermediateOf(issuer.sha256) !== undefined) return true
  return trust.some(
    (trusted) => trusted.sha256 === issuer.sha256 || (trusted.isAuthority && isIssuedBy(issuer, trusted)),
  )
}

/** A signature made while the certificate was not valid is refused even if the certificate is valid again. */
export function checkSigningTime(signer: Certificate, time: number | undefined, { findings, now }: ChainContext): void {
  if (time === undefined) return
  if (time > signer.notAfter || time < signer.notBefore) {
    findings.error('signature.time', 'was made at a time at which its certificate was not valid', PLACE)
  }
  // A day of grace: the clocks of two machines differ.
  if (time > now + 86_400_000) findings.warning('signature.time', 'claims to have been made in the future', PLACE)
}

/** Phones compare pass.json with the certificate; the team and the pass type must be the same. */
export function checkIdentity(signer: Certificate, pass: PassJson, findings: Findings): void {
  const { uid, organizationalUnit } = signer.subject
  const { passTypeExtension } = signer
  const differs = (rule: string, name: keyof PassJson, other: string | undefined, where: string): void => {
    const own = pass[name]
    if (own === undefined || other === undefined || own === other) return
    findings.error(rule, `says ${name} ${own}, the ${where} of the certificate says ${other}`, 'pass.json')
  }
  differs('identity.pass-type', 'passTypeIdentifier', uid, 'subject')
  if (passTypeExtension !== uid) differs('identity.extension', 'passTypeIdentifier', passTypeExtension, 'extension')
  differs('identity.team', 'teamIdentifier', organizationalUnit, 'subject')
}
