import { APPLE_INTERMEDIATES, type AppleIntermediate } from '../certs/apple.js'
import type { Certificate } from '../certs/certificate.js'
import { knownCertificate } from './certificate-cache.js'
import { checkChain } from './check-chain.js'
import { checkKeys, checkSuperfluous } from './check-enclosed.js'
import { checkCertificate, checkIdentity, type PassIdentity } from './check-identity.js'
import { checkManifest } from './check-manifest.js'
import { type CheckedSignature, checkSignature } from './check-signature.js'
import { checkSigningTime, checkValidity } from './check-validity.js'
import type { Findings } from './findings.js'

export interface SignatureOptions {
  /** DER of certificates to trust beside Apple's intermediates, such as the one of `tessera certs dev`. */
  readonly trust: readonly Uint8Array[]
  /** Epoch milliseconds at which the certificates must be valid. */
  readonly now: number
  /** What pass.json says; undefined when it cannot be read. */
  readonly identity: PassIdentity | undefined
  readonly findings: Findings
  /** Apple's intermediates; an argument for the tests. */
  readonly known?: readonly AppleIntermediate[]
}

/** Who signed, as the certificate in the signature says. Only as trustworthy as the verdict. */
export interface PassSigner {
  readonly passTypeIdentifier?: string
  readonly teamIdentifier?: string
  readonly organizationName?: string
  /** `Pass Type ID: pass.com.example.bonus` */
  readonly commonName?: string
  /** Common name of who issued the certificate. */
  readonly issuerName?: string
  /** Generation of Apple's intermediate that issued it, by fingerprint: `G4`. Absent when it is none of Apple's. */
  readonly intermediate?: string
  /** Lower-case hex SHA-256 of the certificate. */
  readonly sha256: string
  /** Epoch milliseconds. */
  readonly notBefore: number
  readonly notAfter: number
  readonly signedAt?: number
  /** `sha1` or `sha256`. */
  readonly digest: string
  /** `RSA`, `RSA-PSS` or `ECDSA`. */
  readonly signatureAlgorithm: string
  readonly keyBits: number
  /** Version of the signer: 1 or 3. */
  readonly cmsVersion: number
  readonly signerId: 'issuer-and-serial' | 'key-identifier'
  readonly encoding: 'DER' | 'BER'
}

/**
 * Checks what makes the files of a pass one whole: the manifest both ways, the signature of it, the chain of its
 * certificates and whether they speak of this pass. Never throws for what the files hold.
 *
 * @throws {Error} when `trust` holds something else than certificates
 */
export function verifySignature(
  files: ReadonlyMap<string, Uint8Array>,
  { trust, now, identity, findings, known = APPLE_INTERMEDIATES }: SignatureOptions,
): PassSigner | undefined {
  checkManifest(files, findings)
  const signature = files.get('signature')
  if (signature === undefined) {
    findings.add('signature.missing', { file: 'signature', message: 'The pass is not signed.' })
    return undefined
  }
  const trusted = trust.map(knownCertificate)
  const manifest = files.get('manifest.json') ?? new Uint8Array()
  const checked = checkSignature(signature, { manifest, findings, trust: trusted })
  const leaf = checked?.signer.certificate
  if (checked === undefined || leaf === undefined) return undefined
  const { certificates, data } = checked
  checkCertificate(leaf, identity, findings)
  const issuer = checkChain(leaf, { findings, certificates, trust: trusted, known, now })
  const chain = issuer === undefined ? [leaf] : [leaf, issuer]
  checkValidity(chain, { findings, now })
  checkSigningTime(leaf, checked.signer.signingTime, { findings, now })
  checkKeys(chain, findings)
  // Where the issuer is missing, whatever is there instead is reported as the wrong one.
  if (certificates.some(({ sha256 }) => sha256 === issuer?.sha256))
    checkSuperfluous(chain, { certificates, count: data.certificateCount }, findings)
  if (identity !== undefined) checkIdentity(leaf, identity, findings)
  return describeSigner(leaf, { checked, issuer, known })
}

interface Described {
  readonly checked: CheckedSignature
  readonly issuer: Certificate | undefined
  readonly known: readonly AppleIntermediate[]
}

function describeSigner(leaf: Certificate, { checked, issuer, known }: Described): PassSigner {
  const { uid, organizationalUnit, organization, commonName } = leaf.subject
  const { signer, data } = checked
  const generation = known.find(({ sha256 }) => sha256 === issuer?.sha256)?.generation
  const issuerName = leaf.issuer.commonName
  return {
    ...(uid === undefined ? {} : { passTypeIdentifier: uid }),
    ...(organizationalUnit === undefined ? {} : { teamIdentifier: organizationalUnit }),
    ...(organization === undefined ? {} : { organizationName: organization }),
    ...(commonName === undefined ? {} : { commonName }),
    ...(issuerName === undefined ? {} : { issuerName }),
    ...(generation === undefined ? {} : { intermediate: generation }),
    sha256: leaf.sha256,
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    ...(signer.signingTime === undefined ? {} : { signedAt: signer.signingTime }),
    digest: signer.digest,
    signatureAlgorithm: signer.algorithm,
    keyBits: leaf.keyBits,
    cmsVersion: signer.info.version,
    signerId: 'keyId' in signer.info.signerId ? 'key-identifier' : 'issuer-and-serial',
    encoding: data.ber ? 'BER' : 'DER',
  }
}
