import { type Certificate, isVerifiable } from '../certs/certificate.js'
import { titleOf } from '../certs/pass-certificate.js'
import {
  digestName,
  LIKELY_DIGESTS,
  PROVEN_DIGESTS,
  type SignatureKind,
  signatureKind,
  titleOfDigest,
} from './algorithms.js'
import { checkAttributes } from './check-attributes.js'
import type { SignedData } from './cms.js'
import { type Findings, shown } from './findings.js'
import { isSameName } from './same-name.js'
import { fitsKey, isSignatureOf, namedDigest, type SignedBytes } from './signature-value.js'
import type { SignerInfo } from './signer-info.js'

const file = 'signature'

/** One signer, checked. */
export interface CheckedSigner {
  readonly info: SignerInfo
  /** The certificate that the signer names; undefined when it is not enclosed. */
  readonly certificate: Certificate | undefined
  /** Epoch milliseconds. */
  readonly signingTime: number | undefined
  /** `sha256`; the object identifier when it is none that we know. */
  readonly digest: string
  /** `RSA`; the object identifier when it is none that we know. */
  readonly algorithm: string
}

export interface SignerContext {
  readonly findings: Findings
  readonly manifest: Uint8Array
  readonly data: SignedData
  readonly certificates: readonly Certificate[]
  readonly trust: readonly Certificate[]
}

/** Checks one signer: its attributes, algorithms, and that the key of its certificate made the signature. */
export function checkSigner(info: SignerInfo, context: SignerContext): CheckedSigner {
  const { findings, manifest, data } = context
  const certificate = context.certificates.find((candidate) => isSigner(candidate, info)) ?? findSimilar(info, context)
  checkVersion(info, findings)
  if (certificate === undefined) reportMissing(info, findings)
  const digest = checkDigestAlgorithm(info, data, findings)
  const { attributes } = info
  let signingTime: number | undefined
  if (attributes === undefined)
    findings.add('signature.attributes', { file, message: 'The signature has no signed attributes.' })
  else if (digest !== undefined)
    signingTime = checkAttributes(attributes, { findings, manifest, contentType: data.contentType, digest })
  const kind = signatureKind(info.signatureAlgorithm.id)
  if (kind === undefined) {
    const message = `The signature uses an algorithm that phones do not know: ${info.signatureAlgorithm.id}.`
    findings.add('signature.algorithm', { file, message })
  } else if (certificate !== undefined && digest !== undefined) {
    checkValue(certificate, { info, kind, digest }, context)
  }
  return {
    info,
    certificate,
    signingTime,
    digest: digest ?? info.digest,
    algorithm: kind?.name ?? info.signatureAlgorithm.id,
  }
}

function isSigner(certificate: Certificate, { signerId }: SignerInfo): boolean {
  if ('keyId' in signerId) return certificate.subjectKeyId === signerId.keyId
  return certificate.serial === signerId.serial && certificate.issuer.der.equals(signerId.issuer)
}

/** Tools that write the name of the issuer anew may choose another type of string; most readers do not mind. */
function findSimilar({ signerId }: SignerInfo, { certificates, findings }: SignerContext): Certificate | undefined {
  if ('keyId' in signerId) return undefined
  const { issuer, serial } = signerId
  const found = certificates.find((one) => one.serial === serial && isSameName(one.issuer.der, issuer))
  if (found !== undefined) {
    findings.add('signature.certificate', {
      file,
      severity: 'refused-by-some',
      message: 'The signer names the issuer of its certificate in another spelling than the certificate does.',
      evidence: `certificate ${shown(titleOf(found))}, serial number ${shown(serial)}`,
      fix: 'Copy the name of the issuer from the certificate byte by byte.',
    })
  }
  return found
}

function checkVersion({ version, signerId }: SignerInfo, findings: Findings): void {
  const expected = 'keyId' in signerId ? 3 : 1
  if (version === expected) return
  const named = 'keyId' in signerId ? 'by key identifier' : 'by issuer and serial number'
  findings.add('signature.version', {
    file,
    message: `The signer has version ${version}, but is named ${named}, which is version ${expected}.`,
    ...(version === 1 || version === 3 ? {} : { severity: 'refused-by-some' }),
  })
}

function reportMissing({ signerId }: SignerInfo, findings: Findings): void {
  findings.add('signature.certificate', {
    file,
    message: 'The signature does not enclose the certificate of its signer.',
    evidence:
      'keyId' in signerId
        ? `subject key identifier ${shown(signerId.keyId)}`
        : `serial number ${shown(signerId.serial)}`,
  })
}

/** Returns the digest's name for node:crypto, or reports that nobody knows it. */
function checkDigestAlgorithm(info: SignerInfo, data: SignedData, findings: Findings): string | undefined {
  const digest = digestName(info.digest)
  if (digest === undefined || !(PROVEN_DIGESTS.has(digest) || LIKELY_DIGESTS.has(digest))) {
    const name = digest === undefined ? info.digest : titleOfDigest(digest)
    findings.add('signature.algorithm', {
      file,
      message: `The signature uses a digest that phones do not know: ${name}.`,
    })
  } else if (LIKELY_DIGESTS.has(digest)) {
    findings.add('signature.algorithm', {
      file,
      severity: 'refused-by-some',
      message: `The signature uses ${titleOfDigest(digest)}; no pass with it is known that phones accept.`,
    })
  }
  if (!data.digests.includes(info.digest)) {
    findings.add('signature.algorithm', {
      file,
      message: 'The signature does not announce the digest that its signer uses, so that readers do not compute it.',
      evidence: `announced: ${shown(data.digests.join(', ')) || 'none'}; used: ${info.digest}`,
    })
  }
  return digest
}

interface Made {
  readonly info: SignerInfo
  readonly kind: SignatureKind
  readonly digest: string
}

function checkValue(certificate: Certificate, { info, kind, digest }: Made, context: SignerContext): void {
  const { findings, manifest } = context
  if (!isVerifiable(certificate)) {
    findings.add('certificate.key', {
      file,
      severity: 'refused',
      message: `The key of the signer is absurdly large (${certificate.keyBits} bits), so that the signature is not checked.`,
    })
    return
  }
  if (!fitsKey(kind, certificate)) {
    const type = certificate.publicKey.asymmetricKeyType
    const message = `The signature is ${kind.name}, but the key of the certificate is of another kind (${type}).`
    findings.add('signature.algorithm', { file, message })
    return
  }
  if (kind.name !== 'RSA')
    findings.add('signature.key', {
      file,
      message: `The signature is ${kind.name}; no pass with it is known that phones accept.`,
    })
  const named = namedDigest(info)
  if (named !== undefined && named !== digest) {
    findings.add('signature.algorithm', {
      file,
      severity: 'refused-by-some',
      message: `The signer says ${titleOfDigest(digest)}, but the algorithm of the signature says ${titleOfDigest(named)}.`,
    })
  }
  const made = { signature: info.signature, digest, kind }
  const { attributes } = info
  const signed = { ...made, signed: attributes?.asSent ?? manifest }
  const inOrder = attributes === undefined || attributes.asSent.equals(attributes.sorted)
  if (isSignatureOf(certificate, signed)) {
    if (!inOrder)
      findings.add('signature.attribute-order', { file, message: 'The signed attributes are not in DER order.' })
  } else if (!inOrder && isSignatureOf(certificate, { ...made, signed: attributes.sorted })) {
    findings.add('signature.attribute-order', {
      file,
      severity: 'refused',
      message: 'The signature holds only when the signed attributes are sorted, which most readers do not.',
    })
  } else reportValue(certificate, signed, context)
}

/** Of certificates and --trust together: more keys than anybody has. */
const MOST_KEYS = 40

function reportValue(certificate: Certificate, signed: SignedBytes, context: SignerContext): void {
  const others = [...context.certificates, ...context.trust].slice(0, MOST_KEYS)
  const owner = others.find((other) => other.sha256 !== certificate.sha256 && isSignatureOf(other, signed))
  context.findings.add('signature.value', {
    file,
    message:
      owner === undefined
        ? 'The signature was not made with the key of the certificate in it, or was changed afterwards.'
        : `The signature was made with the key of another certificate: ${shown(titleOf(owner))}.`,
    evidence: `certificate: ${shown(titleOf(certificate))}, serial number ${shown(certificate.serial)}`,
  })
}
