/** One thing that `certs check` looked at. */
export interface CertificateFinding {
  /** Stable id, such as `key.match`. */
  readonly rule: string
  /** What the rule looks at, for people. */
  readonly title: string
  readonly severity: 'ok' | 'note' | 'warning' | 'error'
  readonly message: string
  /** What to do about it: a command, or a line of tessera.yaml. */
  readonly fix?: string
}

/** The outcome of `certs check`. */
export interface CertificateReport {
  /** True when cards can be signed: no finding is an error. */
  readonly ok: boolean
  readonly findings: readonly CertificateFinding[]
  /** The rest is absent as long as there is no readable pass certificate. */
  readonly passTypeIdentifier?: string
  readonly teamIdentifier?: string
  readonly organizationName?: string
  /** Lower-case hex SHA-256 of the pass certificate. */
  readonly sha256?: string
  /** ISO dates and times. */
  readonly notBefore?: string
  readonly notAfter?: string
  /** Whole days that the pass certificate is still valid; negative when it has expired. */
  readonly daysLeft?: number
  /** `G4`, `development`, or the issuer's name. */
  readonly issuer?: string
  /** Made by `tessera certs dev`. */
  readonly development?: boolean
}
