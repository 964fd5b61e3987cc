import { type Certificate, readCertificate } from '../certs/certificate.js'
import { checkChain, checkIdentity, checkSigningTime, type PassIdentity } from './check-chain.js'
import { checkManifest } from './check-manifest.js'
import { type CheckedSignature, checkSignature } from './check-signature.js'
import type { Findings } from './findings.js'

export interface SignatureOptions {
  /** DER of certificates to trust beside Apple's intermediates, such as the one of `tessera certs dev`. */
  readonly trust: readonly Uint8Array[]
  /** Epoch milliseconds at which the certificates must be valid. */
  readonly now: number
  /** What pass.json says; undefined when it cannot be read. */
  readonly identity: PassIdentity | undefined
  readonly findings: Findings
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
 * Checks what makes the files of a pass one whole: the manifest both ways, the signature of it, the chain of its
 * certificates and whether they speak of this pass. Never throws for what the files hold.
 */
export function verifySignature(
  files: ReadonlyMap<string, Uint8Array>,
  { trust, now, identity, findings }: SignatureOptions,
): PassSigner | undefined {
  checkManifest(files, findings)
  const signature = files.get('signature')
  if (signature === undefined) {
    findings.add('signature.missing', { file: 'signature', message: 'The pass is not signed.' })
    return undefined
  }
  const manifest = files.get('manifest.json') ?? new Uint8Array()
  const checked = checkSignature(signature, { manifest, findings })
  if (checked?.signer === undefined) return undefined
  const chain = { findings, trust: trust.map((der) => readCertificate(der)), now }
  checkChain(checked.signer, checked, chain)
  checkSigningTime(checked.signer, checked.signingTime, chain)
  if (identity !== undefined) checkIdentity(checked.signer, identity, findings)
  return describeSigner(checked.signer, checked)
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
