import type { PassSource } from './pass-source.js'

/** What a verifying thread is asked: some sources, answered with the reports of each. */
export interface VerifyTask {
  readonly sources: readonly PassSource[]
}
