import { appleIntermediateOf } from '../certs/apple.js'
import { type Certificate, isDevelopment, isIssuedBy } from '../certs/certificate.js'
import { findIssuer, isPassCertificate, titleOf } from '../certs/pass-certificate.js'
import type { CheckedSignature } from './check-signature.js'
import type { Findings } from './findings.js'

const file = 'signature'

/** What pass.json says of who issued it; undefined where it is missing or not text. */
export interface PassIdentity {
  readonly passTypeIdentifier?: string | undefined
  readonly teamIdentifier?: string | undefined
}

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
    findings.add('certificate.kind', {
      file,
      message: `The pass was signed with ${titleOf(signer)}, which is no Pass Type ID certificate.`,
    })
  }
  const enclosed = findIssuer(signer, certificates)
  if (enclosed === undefined) {
    findings.add('certificate.issuer', {
      file,
      message: 'The intermediate that issued the certificate (WWDR) is not enclosed.',
    })
  }
  const issuer = enclosed ?? findIssuer(signer, trust)
  if (issuer === undefined) return
  if (!isTrusted(issuer, trust)) {
    const why = isDevelopment(issuer)
      ? 'The pass was signed with a development certificate (tessera certs dev): phones refuse it.'
      : 'The pass was signed with a certificate that is not from Apple.'
    findings.add('certificate.trust', { file, message: why })
  }
  for (const certificate of [signer, issuer]) {
    const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
    if (now > certificate.notAfter) {
      findings.add('certificate.expired', {
        file,
        message: `${titleOf(certificate)} expired on ${day(certificate.notAfter)}.`,
      })
    } else if (now < certificate.notBefore) {
      findings.add('certificate.not-yet-valid', {
        file,
        message: `${titleOf(certificate)} is valid from ${day(certificate.notBefore)} on.`,
      })
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
    findings.add('signature.time', {
      file,
      message: 'The pass was signed at a time at which the certificate was not valid.',
    })
  }
  // A day of grace: the clocks of two machines differ.
  if (time > now + 86_400_000)
    findings.add('signature.time', {
      file,
      severity: 'refused-by-some',
      message: 'The pass claims to have been signed in the future.',
    })
}

/** Phones compare pass.json with the certificate; the team and the pass type must be the same. */
export function checkIdentity(signer: Certificate, pass: PassIdentity, findings: Findings): void {
  const { uid, organizationalUnit } = signer.subject
  const { passTypeExtension } = signer
  const differs = (
    rule: 'certificate.pass-type' | 'certificate.extension' | 'certificate.team',
    name: keyof PassIdentity,
    other: string | undefined,
    where: string,
  ): void => {
    const own = pass[name]
    if (own === undefined || other === undefined || own === other) return
    findings.add(rule, {
      file: 'pass.json',
      message: `${name} is ${own}, but the ${where} of the certificate says ${other}.`,
      evidence: `pass.json: ${own}, certificate: ${other}`,
    })
  }
  differs('certificate.pass-type', 'passTypeIdentifier', uid, 'subject')
  if (passTypeExtension !== uid) differs('certificate.extension', 'passTypeIdentifier', passTypeExtension, 'extension')
  differs('certificate.team', 'teamIdentifier', organizationalUnit, 'subject')
}
