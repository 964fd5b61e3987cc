import type { BackendName } from '../backends/types.js'
import type { FindOptions } from '../detect/types.js'
import type { OwnModel } from '../models/types.js'
import type { PhotoLimits } from '../photo/types.js'
import type { Photo, PhotoFaces } from '../types.js'

/**
 * Ways to make vectors with Human's recognition network. `tessera`: the input its authors trained it with, and what was
 * measured to help (docs/faces/accuracy.md). `human`: the input that Human gives it, for comparison.
 */
export const RECOGNISERS = ['tessera', 'human'] as const
export type RecogniserName = (typeof RECOGNISERS)[number]

/** All that an engine is made from. Structured-clonable: it goes to worker threads. */
export interface EngineSetup {
  readonly backend: BackendName
  /** Where Human's models lie. */
  readonly modelsDir: string
  /** Where converted models are kept. */
  readonly cacheDir: string
  /** A folder from which the user's packages are found: tfjs-node, for the back end `tensorflow`. */
  readonly packagesFrom?: string
  /** `tessera` when undefined. */
  readonly recogniser?: RecogniserName | OwnModel
  readonly find?: Partial<FindOptions>
  /** Averages each vector with that of the mirrored face: a little better, for a second run of the network. */
  readonly mirror?: boolean
  /** Asks the anti-spoofing and liveness networks too. */
  readonly realLive?: boolean
  readonly limits?: Partial<PhotoLimits>
}

/** Photo -> faces with vectors. One at a time; for many photos at once use a pool. */
export interface FaceEngine {
  readonly backend: BackendName
  readonly model: { readonly id: string; readonly length: number }
  describe(photo: Photo): Promise<PhotoFaces>
  close(): Promise<void>
}
