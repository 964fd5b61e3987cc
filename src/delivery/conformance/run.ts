import type { Evidence } from './evidence.js'
import type { ConformanceCard, Exchange } from './types.js'
import type { WalletClient } from './wallet-client.js'

/** What all rules of a run share. */
export interface Run {
  readonly client: WalletClient
  /** Goes on where the run was stopped. */
  readonly cleaner: WalletClient
  readonly signal: AbortSignal | undefined
  readonly evidence: Evidence
  readonly cards: readonly ConformanceCard[]
  /** DER of certificates that the signature of a pass may lead to, beside Apple's. */
  readonly trust: readonly Uint8Array[]
  readonly secure: boolean
  /** Name of the host, without the port. */
  readonly host: string
  /** Milliseconds that a change may take to be seen. */
  readonly settle: number
  readonly update: ((serial: string) => Promise<void>) | undefined
  readonly counts: {
    requests: number
    registrationsLeft: number
    /** Milliseconds that the service asked to wait. */
    waited: number
    /** When a card was changed last; epoch milliseconds. */
    updatedAt: number
  }
  /** What was answered with 5xx, in the order it came. */
  readonly serverErrors: Exchange[]
}
