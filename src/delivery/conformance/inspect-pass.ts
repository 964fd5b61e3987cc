import { hash } from 'node:crypto'
import { readPassText } from '../../cards/pass/read-pass-text.js'
import { createFindings } from '../../signing/verify/findings.js'
import { verifySignature } from '../../signing/verify/verify-signature.js'
import { readZip, ZipError } from '../../signing/verify/zip.js'
import type { ConformanceCard } from './types.js'

/** What services that are tried with development certificates, or old ones, cannot help. */
const MILD: ReadonlySet<string> = new Set(['certificate.trust', 'certificate.issuer', 'certificate.expired'])

export interface PassInspection {
  /** Why a phone does not take it for the new version of the card; a whole sentence. */
  readonly broken?: string
  /** What a phone may mind. */
  readonly mild?: string
}

/**
 * Looks at a pass that came from the service: the archive, who it is, its manifest and its signature. Whether the
 * certificates are Apple's is told mildly, since services are also tried with development certificates. Never throws for
 * what it holds.
 */
export function inspectPass(
  bytes: Uint8Array,
  { card, trust, now = Date.now() }: { card: ConformanceCard; trust: readonly Uint8Array[]; now?: number },
): PassInspection {
  const findings = createFindings()
  let files: ReadonlyMap<string, Uint8Array>
  try {
    files = readZip(bytes, { findings })
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    return { broken: `The answer is no pass: ${error.message}.` }
  }
  const passJson = files.get('pass.json')
  if (passJson === undefined) return { broken: 'The pass has no pass.json.' }
  const text = readPassText(passJson)
  if (!text.ok) return { broken: `The pass.json cannot be read: ${text.reason}.` }
  const { serialNumber, passTypeIdentifier, authenticationToken, teamIdentifier, webServiceURL } = text.json
  if (serialNumber !== card.serial) return { broken: `The pass has the serial number ${JSON.stringify(serialNumber)}.` }
  if (passTypeIdentifier !== card.passType)
    return { broken: `The pass has the pass type ${JSON.stringify(passTypeIdentifier)}.` }
  if (authenticationToken !== card.token)
    return { broken: `The authenticationToken is ${authenticationToken === undefined ? 'absent' : 'another one'}.` }
  const identity =
    typeof teamIdentifier === 'string' ? { passTypeIdentifier: card.passType, teamIdentifier } : undefined
  verifySignature(files, { trust, now, identity, findings })
  const grave = findings.list.filter(({ severity }) => severity === 'refused')
  const broken = grave.find(({ rule }) => !MILD.has(rule))
  if (broken !== undefined) return { broken: `${broken.message} (${broken.rule}; see tessera pass verify)` }
  const [certificate] = grave
  if (certificate !== undefined)
    return { mild: `${certificate.message} (${certificate.rule}; --trust takes certificates beside Apple’s)` }
  if (webServiceURL === undefined) return { mild: 'The pass has no webServiceURL: with it the phone stops asking.' }
  return {}
}

/** What a holder sees of a pass, in a word: it is another one when a file is another one. Undefined when it is no pass. */
export function passDigest(bytes: Uint8Array): string | undefined {
  try {
    const files = [...readZip(bytes, { findings: createFindings() })].sort(([a], [b]) => (a < b ? -1 : 1))
    // The signature holds the time it was made.
    const parts = files.flatMap(([name, content]) => (name === 'signature' ? [] : [name, hash('sha256', content)]))
    return hash('sha256', parts.join('\0'))
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    return undefined
  }
}
