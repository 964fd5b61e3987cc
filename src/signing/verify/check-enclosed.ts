import type { Certificate } from '../certs/certificate.js'
import { titleOf } from '../certs/pass-certificate.js'
import { type Findings, shown } from './findings.js'

const file = 'signature'

const SHORTEST_KEY = 2048

/** Whether the keys of the signer and of its issuer are long enough for phones. */
export function checkKeys(certificates: readonly Certificate[], findings: Findings): void {
  for (const certificate of certificates) {
    const { publicKey, keyBits } = certificate
    if (publicKey.asymmetricKeyType !== 'rsa' || keyBits >= SHORTEST_KEY) continue
    const message = `The key of ${shown(titleOf(certificate))} has ${keyBits} bits only.`
    findings.add('certificate.key', { file, message })
  }
}

interface Enclosed {
  /** Those that were read. */
  readonly certificates: readonly Certificate[]
  /** How many there are. */
  readonly count: number
}

/** Whether anything is enclosed that phones do not need. */
export function checkSuperfluous(
  needed: readonly Certificate[],
  { certificates, count }: Enclosed,
  findings: Findings,
): void {
  const missing = new Set(needed.map(({ sha256 }) => sha256))
  const others = certificates.filter(({ sha256 }) => !missing.delete(sha256))
  if (others.length === 0 && count <= certificates.length) return
  const names = others.slice(0, 3).map((other) => {
    const isTwice = needed.some(({ sha256 }) => sha256 === other.sha256)
    const isRoot = other.subject.der.equals(other.issuer.der)
    return `${shown(titleOf(other))}${isTwice ? ' (twice)' : isRoot ? ' (root)' : ''}`
  })
  findings.add('certificate.superfluous', {
    file,
    message: `The signature encloses ${count} certificates; ${needed.length} are needed.`,
    evidence: `not needed: ${names.join('; ') || 'those that are not read'}${others.length > 3 ? '; …' : ''}`,
  })
}
