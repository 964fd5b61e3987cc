import type { Certificate } from '../certs/certificate.js'
import { knownCertificate } from './certificate-cache.js'
import { type CheckedSigner, checkSigner } from './check-signer.js'
import { CONTENT_TYPE, type SignedData } from './cms.js'
import type { Findings } from './findings.js'
import { readSignature } from './read-signature.js'

/** The signature file of a pass, read, and who signed. */
export interface CheckedSignature {
  readonly data: SignedData
  /** Those that can be read. */
  readonly certificates: readonly Certificate[]
  /** The first one: phones expect no more. */
  readonly signer: CheckedSigner
}

export interface SignatureContext {
  readonly findings: Findings
  readonly manifest: Uint8Array
  /** Only to tell whose key a signature was made with, when it was not the signer's. */
  readonly trust?: readonly Certificate[]
}

const file = 'signature'

/** Checks that `signature` signs `manifest`. Everything found is reported; undefined when it cannot be read. */
export function checkSignature(
  signature: Uint8Array,
  { manifest, findings, trust = [] }: SignatureContext,
): CheckedSignature | undefined {
  const data = readSignature(signature, findings)
  if (data === undefined) return undefined
  checkEnvelope(data, findings)
  const certificates = readCertificates(data, findings)
  const context = { findings, manifest, data, certificates, trust }
  const [signer] = data.signers.map((info) => checkSigner(info, context))
  return signer && { data, certificates, signer }
}

function checkEnvelope(data: SignedData, findings: Findings): void {
  if (!data.detached) findings.add('signature.detached', { file, message: 'The signature encloses what it signs.' })
  if (data.trailing > 0) {
    const many = data.trailing === 1 ? 'One byte follows' : `${data.trailing} bytes follow`
    findings.add('signature.trailing', { file, message: `${many} the signature.` })
  }
  if (data.signerCount === 0) {
    const message = 'Nobody signed: the signature has certificates, but no signer.'
    findings.add('signature.signers', { file, severity: 'refused', message })
  } else if (data.signerCount > 1) {
    findings.add('signature.signers', { file, message: `The signature has ${data.signerCount} signers.` })
  }
  if (data.hasCrls)
    findings.add('signature.crl', { file, message: 'The signature encloses a list of revoked certificates.' })
  // With attributes, the comparison of the two is theirs.
  if (data.contentType !== CONTENT_TYPE.data && data.signers[0]?.attributes === undefined) {
    findings.add('signature.content-type', {
      file,
      message: `The envelope says that something else than data is signed: ${data.contentType}.`,
    })
  }
}

function readCertificates({ certificates }: SignedData, findings: Findings): Certificate[] {
  return certificates.flatMap((der, index) => {
    try {
      return [knownCertificate(der)]
    } catch (error) {
      findings.add('certificate.damaged', {
        file,
        message: `Certificate ${index + 1} of ${certificates.length} in the signature cannot be read.`,
        evidence: error instanceof Error ? error.message : String(error),
      })
      return []
    }
  })
}
