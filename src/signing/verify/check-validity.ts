import type { Certificate } from '../certs/certificate.js'
import { titleOf } from '../certs/pass-certificate.js'
import { type Findings, shown } from './findings.js'

const file = 'signature'
const DAY = 86_400_000
/** Days before the end of a certificate from which on it is mentioned. */
const SOON = 30

export interface ValidityContext {
  readonly findings: Findings
  /** Epoch milliseconds. */
  readonly now: number
}

/** Whether each certificate is valid now. */
export function checkValidity(certificates: readonly Certificate[], { findings, now }: ValidityContext): void {
  for (const certificate of certificates) {
    const { notBefore, notAfter } = certificate
    const title = shown(titleOf(certificate))
    const evidence = `valid from ${isoTime(notBefore)} to ${isoTime(notAfter)}; now ${isoTime(now)}`
    // An intermediate cannot be renewed by who signs; it is exchanged.
    const fix = certificate.isAuthority
      ? { fix: 'Ask Apple for a new Pass Type ID certificate, and enclose the intermediate that issued it.' }
      : {}
    if (now > notAfter)
      findings.add('certificate.expired', { file, message: `${title} expired on ${day(notAfter)}.`, evidence, ...fix })
    else if (now < notBefore)
      findings.add('certificate.not-yet-valid', {
        file,
        message: `${title} is valid from ${day(notBefore)} on.`,
        evidence,
      })
    else if (notAfter - now < SOON * DAY)
      findings.add('certificate.expires-soon', {
        file,
        message: `${title} expires on ${day(notAfter)}.`,
        evidence,
        ...fix,
      })
  }
}

/** A signature made while the certificate was not valid is refused even if the certificate is valid again. */
export function checkSigningTime(
  { notBefore, notAfter }: Certificate,
  time: number | undefined,
  { findings, now }: ValidityContext,
): void {
  if (time === undefined) return
  if (time > notAfter || time < notBefore) {
    findings.add('signature.time', {
      file,
      message: 'The pass was signed at a time at which the certificate was not valid.',
      evidence: `signed ${isoTime(time)}; certificate valid from ${isoTime(notBefore)} to ${isoTime(notAfter)}`,
    })
  }
  // A day of grace: the clocks of two machines differ.
  else if (time > now + DAY)
    findings.add('signature.time', {
      file,
      severity: 'refused-by-some',
      message: 'The pass claims to have been signed in the future.',
      evidence: `signed ${isoTime(time)}; now ${isoTime(now)}`,
    })
}

function day(time: number): string {
  return isoTime(time).slice(0, 10)
}

function isoTime(time: number): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? 'an impossible time' : date.toISOString().replace('.000', '')
}
