import type { KeyObject } from 'node:crypto'

/** A certificate with its key and issuer, loaded and checked to belong together. Keys are never copied anywhere. */
export interface SigningIdentity {
  /** From the leaf's UID. */
  readonly passTypeIdentifier: string
  /** From the leaf's OU. */
  readonly teamIdentifier: string
  /** O of the leaf. */
  readonly organizationName: string
  /** DER of the pass certificate. */
  readonly leaf: Buffer
  /** DER of the intermediate (WWDR) that issued the leaf. */
  readonly issuer: Buffer
  readonly key: KeyObject
  /** Epoch milliseconds. */
  readonly notBefore: number
  readonly notAfter: number
  /** True for certificates of `tessera certs dev`: phones refuse them. */
  readonly development: boolean
}
