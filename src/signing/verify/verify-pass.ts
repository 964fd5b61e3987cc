import { type Certificate, readCertificate } from '../certs/certificate.js'
import { checkChain, checkIdentity, checkSigningTime } from './check-chain.js'
import { checkManifest } from './check-manifest.js'
import { type CheckedSignature, checkSignature } from './check-signature.js'
import { createFindings, type Findings, type PassFinding } from './findings.js'
import { type PassJson, readPassJson } from './pass-json.js'
import { readZip, ZIP_LIMITS, ZipError, type ZipLimits } from './zip.js'

/**
 * - `valid`: a phone accepts it.
 * - `expired`: nothing is wrong but that a certificate is not valid now.
 * - `unsigned`: there is no signature.
 * - `invalid`: it can be read, but something does not fit.
 * - `broken`: it cannot be read as a pass.
 */
export type Verdict = 'valid' | 'expired' | 'unsigned' | 'invalid' | 'broken'

export interface VerifyOptions {
  /** DER of certificates to trust beside Apple's intermediates, such as the one of `tessera certs dev`. */
  readonly trust?: readonly Uint8Array[]
  /** Epoch milliseconds at which the certificates must be valid; now by default. */
  readonly now?: number
  readonly limits?: ZipLimits
}

export interface PassReport {
  readonly verdict: Verdict
  readonly findings: readonly PassFinding[]
  readonly serial?: string
  readonly signer?: PassSigner
}

/** Who signed, as the certificate in the signature says. Only as trustworthy as the verdict. */
export interface PassSigner {
  readonly passTypeIdentifier?: string
  readonly teamIdentifier?: string
  readonly organizationName?: string
  /** Lower-case hex SHA-256 of the certificate. */
  readonly sha256: string
  /** Epoch milliseconds. */
  readonly notAfter: number
  readonly signedAt?: number
  /** `sha1` or `sha256`. */
  readonly digest: string
}

/**
 * Verifies a .pkpass as a phone does: archive, manifest both ways, signature, chain, identity. Never throws for what
 * the bytes hold. Looks at no image and no field; that is the linter's business.
 */
export async function verifyPass(bytes: Uint8Array, options: VerifyOptions = {}): Promise<PassReport> {
  const findings = createFindings()
  const files = unpack(bytes, { findings, limits: options.limits ?? ZIP_LIMITS })
  if (files === undefined) return { verdict: 'broken', findings: findings.list }
  const pass = readPassJson(files.get('pass.json'), findings)
  checkManifest(files, findings)
  const signature = files.get('signature')
  const checked = signature === undefined ? undefined : checkSigned(signature, { files, pass, findings, options })
  if (signature === undefined) findings.error('signature.missing', 'is missing: the pass is not signed', 'signature')
  return {
    verdict: verdictOf(findings, { pass, signed: signature !== undefined }),
    findings: findings.list,
    ...(pass?.serialNumber === undefined ? {} : { serial: pass.serialNumber }),
    ...(checked?.signer === undefined ? {} : { signer: describeSigner(checked.signer, checked) }),
  }
}

function unpack(
  bytes: Uint8Array,
  { findings, limits }: { findings: Findings; limits: ZipLimits },
): Map<string, Uint8Array> | undefined {
  try {
    return readZip(bytes, { findings, limits })
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    findings.error('zip.structure', error.message)
    return undefined
  }
}

interface SignedContext {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly pass: PassJson | undefined
  readonly findings: Findings
  readonly options: VerifyOptions
}

function checkSigned(signature: Uint8Array, context: SignedContext): CheckedSignature | undefined {
  const { files, pass, findings, options } = context
  const manifest = files.get('manifest.json') ?? new Uint8Array()
  const checked = checkSignature(signature, { manifest, findings })
  if (checked?.signer === undefined) return checked
  const trust = (options.trust ?? []).map((der) => readCertificate(der))
  const chain = { findings, trust, now: options.now ?? Date.now() }
  checkChain(checked.signer, checked, chain)
  checkSigningTime(checked.signer, checked.signingTime, chain)
  if (pass !== undefined) checkIdentity(checked.signer, pass, findings)
  return checked
}

function verdictOf(findings: Findings, { pass, signed }: { pass: PassJson | undefined; signed: boolean }): Verdict {
  if (pass === undefined || findings.hasError('zip.')) return 'broken'
  if (!signed) return 'unsigned'
  const errors = findings.list.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return 'valid'
  return errors.every(({ rule }) => rule === 'chain.expired') ? 'expired' : 'invalid'
}

function describeSigner(signer: Certificate, { signingTime, digest }: CheckedSignature): PassSigner {
  const { uid, organizationalUnit, organization } = signer.subject
  return {
    ...(uid === undefined ? {} : { passTypeIdentifier: uid }),
    ...(organizationalUnit === undefined ? {} : { teamIdentifier: organizationalUnit }),
    ...(organization === undefined ? {} : { organizationName: organization }),
    sha256: signer.sha256,
    notAfter: signer.notAfter,
    ...(signingTime === undefined ? {} : { signedAt: signingTime }),
    digest,
  }
}
