import type { HealthCheck, HealthResult } from '../../kit/health.js'
import { type CheckInput, checkCertificates } from './check.js'
import type { CertificateFinding, CertificateReport } from './report.js'

const CHECKS = [
  { id: 'certs.certificate', title: 'Pass certificate', rules: ['certificate.', 'identity.'] },
  { id: 'certs.key', title: 'Private key', rules: ['key.'] },
  { id: 'certs.wwdr', title: 'Apple intermediate', rules: ['wwdr.'] },
  { id: 'certs.validity', title: 'Validity of the certificates', rules: ['validity.'] },
] as const

/** The checks of `certs check`, grouped for `tessera doctor`. The files are read once for all of them. */
export function healthChecks(input: CheckInput): HealthCheck[] {
  let report: Promise<CertificateReport> | undefined
  return CHECKS.map(({ id, title, rules }) => ({
    id,
    title,
    async run() {
      report ??= checkCertificates(input)
      const { findings } = await report
      return resultOf(findings.filter(({ rule }) => rules.some((prefix) => rule.startsWith(prefix))))
    },
  }))
}

function resultOf(findings: readonly CertificateFinding[]): HealthResult {
  const worst =
    findings.find(({ severity }) => severity === 'error') ?? findings.find(({ severity }) => severity === 'warning')
  if (worst !== undefined) {
    const { severity, message, fix } = worst
    const status = severity === 'error' ? 'failed' : 'warning'
    return { status, detail: message, ...(fix === undefined ? {} : { remedy: fix }) }
  }
  if (findings.length === 0) return { status: 'skipped', detail: 'There is no certificate to check.' }
  const shown = findings.find(({ severity }) => severity === 'note') ?? findings[0]
  return { status: 'ok', detail: shown?.message ?? '' }
}
