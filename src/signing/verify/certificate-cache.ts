import { hash } from 'node:crypto'
import { type Certificate, isIssuedBy, readCertificate } from '../certs/certificate.js'

/**
 * All passes of a launch carry the same two certificates. What is known of them is kept by their exact bytes, never by
 * name; the oldest goes first.
 */
const CERTIFICATES = new Map<string, Certificate>()
const ISSUED = new Map<string, boolean>()

const MOST = 64
/** Of one certificate: Apple's have 1.5 KB. Larger ones are read anew each time, so that the store stays small. */
const LARGEST = 8 * 1024

/**
 * Reads a certificate, or finds it among those that were read lately.
 * @throws {Error} when the bytes are no X.509 certificate.
 */
export function knownCertificate(der: Uint8Array): Certificate {
  if (der.length > LARGEST) return readCertificate(der)
  const key = hash('sha256', der, 'hex')
  const known = CERTIFICATES.get(key)
  if (known !== undefined) return known
  // The bytes are a view into a whole signature, or into a pass: what is kept must not keep them.
  const certificate = readCertificate(Buffer.from(der))
  keep(CERTIFICATES, key, certificate)
  return certificate
}

/** isIssuedBy(), computed once for a pair of certificates. */
export function isKnownIssuer(certificate: Certificate, issuer: Certificate): boolean {
  const key = `${certificate.sha256} ${issuer.sha256}`
  const known = ISSUED.get(key)
  if (known !== undefined) return known
  const issued = isIssuedBy(certificate, issuer)
  keep(ISSUED, key, issued)
  return issued
}

function keep<Value>(store: Map<string, Value>, key: string, value: Value): void {
  if (store.size >= MOST) {
    const [oldest] = store.keys()
    if (oldest !== undefined) store.delete(oldest)
  }
  store.set(key, value)
}
