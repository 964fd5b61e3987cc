import { constants, createHash, createVerify, type KeyObject } from 'node:crypto'
import type { Certificate } from '../certs/certificate.js'
import { Asn1Error } from './asn1.js'
import { readSignedData, type SignedData, type SignerInfo } from './cms.js'
import type { Findings } from './findings.js'

/** The signature file of a pass, read, and who signed. */
export interface CheckedSignature {
  readonly certificates: readonly Certificate[]
  /** The certificate that the signer names; undefined when it is not enclosed. */
  readonly signer: Certificate | undefined
  readonly signingTime: number | undefined
  readonly digest: string
}

const file = 'signature'

/** A signature of a pass is 3-4 KB; Apple's certificates do not make more of it. */
const LARGEST = 256 * 1024

/** Checks that `signature` signs `manifest`. Everything found is reported; undefined when it cannot be read. */
export function checkSignature(
  signature: Uint8Array,
  { manifest, findings }: { manifest: Uint8Array; findings: Findings },
): CheckedSignature | undefined {
  let data: SignedData
  try {
    if (signature.length > LARGEST) throw new Asn1Error(`it has ${signature.length} bytes`)
    data = readSignedData(signature)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    findings.add('signature.parse', { file, message: `The signature cannot be read as CMS: ${error.message}.` })
    return undefined
  }
  const { signer: info } = data
  if (!data.detached) findings.add('signature.detached', { file, message: 'The signature encloses what it signs.' })
  if (data.signers > 1)
    findings.add('signature.signers', { file, message: `The signature has ${data.signers} signers.` })
  const signer = data.certificates.find((certificate) => isSigner(certificate, info))
  if (signer === undefined) {
    findings.add('signature.certificate', {
      file,
      message: 'The signature does not enclose the certificate of its signer.',
    })
  }
  checkAttributes(info, { manifest, findings })
  if (signer !== undefined && info.signedAttributes !== undefined && info.digestKnown) {
    const valid = isSignatureOf(info.signedAttributes, { info, key: signer.publicKey })
    if (!valid)
      findings.add('signature.value', {
        file,
        message: 'The signature was not made with the key of the certificate in it.',
      })
  }
  return { certificates: data.certificates, signer, signingTime: info.signingTime, digest: info.digest }
}

function isSigner(certificate: Certificate, { signerId }: SignerInfo): boolean {
  if ('keyId' in signerId) return certificate.subjectKeyId === signerId.keyId
  return certificate.serial === signerId.serial && certificate.issuer.der.equals(signerId.issuer)
}

function checkAttributes(info: SignerInfo, { manifest, findings }: { manifest: Uint8Array; findings: Findings }): void {
  if (!info.digestKnown) {
    findings.add('signature.algorithm', {
      file,
      message: `The signature uses a digest that phones do not know: ${info.digest}.`,
    })
    return
  }
  if (info.signedAttributes === undefined) {
    findings.add('signature.attributes', { file, message: 'The signature has no signed attributes.' })
    return
  }
  if (info.contentType !== '1.2.840.113549.1.7.1') {
    findings.add('signature.content-type', {
      file,
      message: 'The content type attribute is missing, or it is not data.',
    })
  }
  if (info.signingTime === undefined)
    findings.add('signature.time', { file, message: 'The signature has no signing time.' })
  const digest = createHash(info.digest).update(manifest).digest()
  if (info.messageDigest === undefined || !digest.equals(info.messageDigest)) {
    findings.add('signature.digest', { file, message: 'The signature was made for another manifest.json.' })
  }
}

function isSignatureOf(signed: Uint8Array, { info, key }: { info: SignerInfo; key: KeyObject }): boolean {
  try {
    const verify = createVerify(info.digest).update(signed)
    return key.asymmetricKeyType === 'rsa'
      ? verify.verify({ key, padding: constants.RSA_PKCS1_PADDING }, info.signature)
      : verify.verify(key, info.signature)
  } catch {
    // A key that cannot verify this kind of signature.
    return false
  }
}
