import type { AppleIntermediate } from '../certs/apple.js'
import { type Certificate, isDevelopment, namesAsIssuer } from '../certs/certificate.js'
import { titleOf } from '../certs/pass-certificate.js'
import { isKnownIssuer } from './certificate-cache.js'
import { type Findings, shown } from './findings.js'

const file = 'signature'

export interface ChainContext {
  readonly findings: Findings
  /** What the signature encloses. */
  readonly certificates: readonly Certificate[]
  /** Certificates that are trusted beside Apple's: intermediates or roots. */
  readonly trust: readonly Certificate[]
  /** Apple's intermediates. */
  readonly known: readonly AppleIntermediate[]
  /** Epoch milliseconds. */
  readonly now: number
}

/** Checks from the signer to an intermediate that is to be trusted, and returns who issued it, if that is known. */
export function checkChain(signer: Certificate, context: ChainContext): Certificate | undefined {
  const enclosed = issuersOf(signer, context.certificates)
  const issuer = enclosed ?? issuersOf(signer, context.trust)
  if (enclosed === undefined) reportIssuer(signer, context)
  if (issuer === undefined) return undefined
  if (!issuer.isAuthority) {
    context.findings.add('certificate.authority', {
      file,
      message: `${shown(titleOf(issuer))} issued the certificate, but is no certificate authority.`,
    })
  } else if (!isTrusted(issuer, context)) reportTrust(issuer, context)
  return issuer
}

/** Apple renewed an intermediate under the same key once; the one that lives longer is the one to use. */
function issuersOf(certificate: Certificate, candidates: readonly Certificate[]): Certificate | undefined {
  const issuers = candidates.filter((one) => one.sha256 !== certificate.sha256 && isKnownIssuer(certificate, one))
  return issuers.sort((a, b) => Number(b.isAuthority) - Number(a.isAuthority) || b.notAfter - a.notAfter)[0]
}

/** Longest way from the intermediate to a trusted root. */
const LONGEST = 4

function isTrusted(issuer: Certificate, context: ChainContext): boolean {
  let current: Certificate | undefined = issuer
  for (let step = 0; current?.isAuthority === true && step < LONGEST; step++) {
    const { sha256 } = current
    if (!mayStandAbove(current, step)) return false
    if (context.known.some((known) => known.sha256 === sha256)) return true
    if (context.trust.some((trusted) => trusted.sha256 === sha256)) return true
    const top: Certificate = current
    const isRoot = (one: Certificate): boolean => one.isAuthority && mayStandAbove(one, step + 1)
    if (context.trust.some((trusted) => isRoot(trusted) && isKnownIssuer(top, trusted))) return true
    current = issuersOf(top, context.certificates)
  }
  return false
}

/** RFC 5280, 4.2.1.9: whether so many authorities may follow below this one. */
function mayStandAbove({ pathLength = LONGEST }: Certificate, authorities: number): boolean {
  return authorities <= pathLength
}

/** The issuer is not enclosed: what is there instead, and which one it should be? */
function reportIssuer(signer: Certificate, { findings, certificates, known }: ChainContext): void {
  const others = certificates.filter(({ sha256, isAuthority }) => sha256 !== signer.sha256 && isAuthority)
  const named = others.find((other) => namesAsIssuer(signer, other))
  const isSelfSigned = signer.issuer.der.equals(signer.subject.der)
  // Generations of Apple share their name; the leaf's authority key identifier tells them apart.
  const isSameKey = named?.subjectKeyId !== undefined && named.subjectKeyId === signer.authorityKeyId
  if (named !== undefined && isSameKey) {
    findings.add('certificate.forged', {
      file,
      message: `${shown(titleOf(signer))} says that ${shown(titleOf(named))} issued it, but the signature of the issuer does not hold.`,
      evidence: `serial number ${shown(signer.serial)}, issuer key ${shown(named.subjectKeyId ?? '')}`,
    })
    return
  }
  if (isSelfSigned) {
    findings.add('certificate.trust', { file, message: `${shown(titleOf(signer))} issued itself: it is self-signed.` })
    return
  }
  const wanted = wantedIssuer(signer, known)
  const [other] = others
  if (other === undefined) {
    const message = `The intermediate that issued the certificate is not enclosed: ${wanted}.`
    findings.add('certificate.issuer', { file, message })
    return
  }
  findings.add('certificate.issuer', {
    file,
    message: `The signature encloses the wrong intermediate, ${shown(generationOf(other, known))}; the certificate was issued by ${wanted}.`,
    evidence: `certificate: issuer key ${shown(signer.authorityKeyId ?? 'not named')}; enclosed: key ${others
      .slice(0, 3)
      .map(({ subjectKeyId }) => shown(subjectKeyId ?? 'not named'))
      .join(', ')}`,
  })
}

function wantedIssuer({ authorityKeyId, issuer }: Certificate, known: readonly AppleIntermediate[]): string {
  const pin = known.find(({ keyId }) => keyId === authorityKeyId)
  if (pin !== undefined) return `WWDR ${pin.generation}`
  const { commonName, organizationalUnit } = issuer
  const name = commonName === undefined ? 'an issuer without a name' : shown(commonName)
  return organizationalUnit === undefined ? name : `${name} (${shown(organizationalUnit, 40)})`
}

function generationOf(certificate: Certificate, known: readonly AppleIntermediate[]): string {
  const pin = known.find(({ sha256 }) => sha256 === certificate.sha256)
  return pin === undefined ? titleOf(certificate) : `WWDR ${pin.generation}`
}

function reportTrust(issuer: Certificate, { findings }: ChainContext): void {
  const evidence = `issuer: ${shown(titleOf(issuer))}, SHA-256 ${issuer.sha256}`
  const claimsApple = issuer.subject.commonName?.startsWith('Apple Worldwide Developer Relations') === true
  if (isDevelopment(issuer)) {
    findings.add('certificate.trust', {
      file,
      message: 'The pass was signed with a development certificate (tessera certs dev): phones refuse it.',
      fix: 'Sign with a certificate from Apple. For your own tests name the intermediate: --trust certs/wwdr.pem.',
      evidence,
    })
  } else if (claimsApple) {
    findings.add('certificate.trust', {
      file,
      message:
        'The intermediate bears Apple’s name but is none of the known ones: an imitation, or newer than this version of Tessera.',
      fix: 'Compare its SHA-256 with the one on https://www.apple.com/certificateauthority/, and name the file with --trust.',
      evidence,
    })
  } else findings.add('certificate.trust', { file, message: 'The certificate was not issued by Apple.', evidence })
}
