import type { Face, PhotoFaces } from '../types.js'

/** Why there is no face of a photo to compare: the reader's reason, or `no-face`. */
export interface PhotoFailure {
  readonly reason: string
  readonly message: string
}

/** Photo -> faces, or why not. Never rejects for a photo that cannot be read. */
export type Describe = (path: string) => Promise<PhotoFaces | PhotoFailure>

export const isFailure = (answer: PhotoFaces | PhotoFailure): answer is PhotoFailure => 'reason' in answer

/**
 * The face that a labelled photo is about: the one nearest to the photo's centre, by the convention of LFW, whose photos
 * are cut around the person named and may show others beside.
 */
export function subjectOf({ width, height, faces }: PhotoFaces): Face | undefined {
  const away = ({ box }: Face): number =>
    Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2)
  let nearest: Face | undefined
  for (const face of faces) if (nearest === undefined || away(face) < away(nearest)) nearest = face
  return nearest
}

/** A photo and the person that it is said to show. */
export interface LabelledPhoto {
  readonly person: string
  readonly path: string
}

/** What of a described photo the measures need. */
export interface Described {
  readonly vector: Float32Array
  /** Years. */
  readonly age: number
  readonly gender: 'male' | 'female' | 'unknown'
}
