import { isAppError } from '../../kit/errors/index.js'
import type { FaceEngine } from '../engine/types.js'
import { decodePhoto } from '../photo/decode.js'
import { inOriginal } from '../photo/original-places.js'
import { PhotoError, type PhotoLimits, type PhotoProblem, type PhotoSource } from '../photo/types.js'
import type { PhotoFaces } from '../types.js'

/** What becomes of a photo: its faces, or why it could not be looked at. */
export type PhotoOutcome = PhotoFaces | PhotoProblem

export function isProblem(outcome: PhotoOutcome): outcome is PhotoProblem {
  return 'reason' in outcome
}

/**
 * Describes photos with one engine. May be called for the next photo before the last is done: it is decoded meanwhile,
 * in a thread of its own, but the engine gets one at a time.
 */
export function sourceDescriber(
  engine: FaceEngine,
  limits: Partial<PhotoLimits> = {},
): (source: PhotoSource) => Promise<PhotoOutcome> {
  let engineFree: Promise<unknown> = Promise.resolve()
  return async (source) => {
    try {
      const photo = await decodePhoto(source, limits)
      const described = engineFree.then(() => engine.describe(photo))
      engineFree = described.catch(() => undefined)
      return inOriginal(await described, photo)
    } catch (error) {
      if (error instanceof PhotoError) return { reason: error.reason, message: error.message }
      if (isAppError(error) || !(error instanceof Error)) throw error
      // One photo in thousands that brings the engine down must not end the run.
      return { reason: 'engine-failed', message: `The face engine failed on it: ${error.message}.` }
    }
  }
}
