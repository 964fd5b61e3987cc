import type { Finding } from '../kit/findings.js'
import type { PassSigner } from '../signing/verify/verify-signature.js'
import type { ZipLimits } from '../signing/verify/zip.js'

/**
 * - `valid`: phones accept it.
 * - `expired`: nothing is wrong but that a certificate's time has run out.
 * - `unsigned`: there is no signature.
 * - `invalid`: it can be read, but phones refuse it.
 * - `broken`: it cannot be opened, or has no pass.json that can be read.
 */
export const VERDICTS = ['valid', 'expired', 'unsigned', 'invalid', 'broken'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface VerifyOptions {
  /** How the pass is called in reports: `cards/ann.pkpass`, `-`, `set.pkpasses/ann.pkpass`. */
  readonly file: string
  /** DER of certificates to trust beside Apple's intermediates, such as the one of `tessera certs dev`. */
  readonly trust?: readonly Uint8Array[]
  /** Epoch milliseconds at which the certificates must be valid; now by default. */
  readonly now?: number
  readonly limits?: ZipLimits
  /** False looks at archive, manifest, signature and certificates only, as openssl would. */
  readonly content?: boolean
}

/** A finding with all that a reader needs who has no documentation at hand. */
export interface PassFinding extends Finding {
  /** What a phone does, from the rule. */
  readonly effect: string
  /** The command that helps. */
  readonly command?: string
}

/** What became of one pass. What `pass verify --json` prints. */
export interface PassReport {
  readonly file: string
  readonly verdict: Verdict
  /** The verdict in one sentence. */
  readonly sentence: string
  /** Gravest first, then by place. */
  readonly findings: readonly PassFinding[]
  /** What pass.json says, where it can be read. */
  readonly pass?: PassFacts
  readonly signer?: PassSigner
  /** Set for what is told about a bundle or an archive as such, beside the reports of the passes in it. */
  readonly bundle?: true
}

export interface PassFacts {
  readonly serialNumber?: string
  readonly passTypeIdentifier?: string
  readonly teamIdentifier?: string
  readonly organizationName?: string
  readonly description?: string
  /** `storeCard`, …; the one that counts. */
  readonly style?: string
}
