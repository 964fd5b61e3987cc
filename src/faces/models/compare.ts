import { AppError } from '../../kit/errors/index.js'

/** A vector and the id of the model that made it. */
export interface ModelVector {
  readonly model: string
  /** Of unit length. */
  readonly vector: Float32Array
}

/** Cosine of the angle between two vectors, -1 to 1. @throws AppError FACE_MODELS_DIFFER */
export function similarity(a: ModelVector, b: ModelVector): number {
  if (a.model !== b.model || a.vector.length !== b.vector.length) {
    throw new AppError('FACE_MODELS_DIFFER', `These vectors were made by ${a.model} and by ${b.model}.`, {
      details: { models: [a.model, b.model] },
    })
  }
  let sum = 0
  for (let at = 0; at < a.vector.length; at++) sum += (a.vector[at] ?? 0) * (b.vector[at] ?? 0)
  return sum
}
