import type { EngineSetup } from '../engine/types.js'
import type { PhotoSource } from '../photo/types.js'
import type { PhotoOutcome } from './describe-source.js'

/** What a worker is started with. */
export interface FaceWorkerData {
  readonly setup: EngineSetup
  /** Module that exports `openEngine`; the engine itself when undefined. */
  readonly engineModule?: string | undefined
}

/** One photo, or a question about the engine. */
export type FaceTask = { readonly photo: PhotoSource } | { readonly about: 'model' }

export interface EngineModel {
  readonly id: string
  /** Numbers in a vector. */
  readonly length: number
}

export type FaceResult = { readonly outcome: PhotoOutcome } | { readonly model: EngineModel }
