/** What the face engine tells of a photo. All places are in pixels of the upright photo, from its upper left corner. */

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Centre of the eye on the left of the upright photo (the person's right eye), the other eye, tip of the nose, corner of
 * the mouth on the left, the other corner. The order of ArcFace's and SFace's alignment templates.
 */
export type FivePoints = readonly [Point, Point, Point, Point, Point]

/** Degrees. Yaw: positive when the face looks to the right of the photo; pitch: up; roll: turned clockwise in the photo. */
export interface Pose {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
}

export const QUALITY_REASONS = [
  'too-small',
  'small',
  'blurred',
  'dark',
  'bright',
  'turned-away',
  'uncertain',
  'cut-off',
] as const
/** Why a face is a poor one to be recognised by. */
export type QualityReason = (typeof QUALITY_REASONS)[number]

export interface Quality {
  /** 0 to 1. */
  readonly score: number
  readonly reasons: readonly QualityReason[]
  /** Variance of the Laplacian of the grey face at 112 px, grey 0 to 255: below about 40 is blurred. */
  readonly sharpness: number
  /** Mean grey of the face, 0 to 255. */
  readonly brightness: number
}

export const AGE_BUCKETS = ['0-12', '13-17', '18-24', '25-34', '35-44', '45-54', '55+'] as const
export type AgeBucket = (typeof AGE_BUCKETS)[number]

export interface Age {
  readonly years: number
  readonly bucket: AgeBucket
}

export interface Gender {
  /** Unknown below a score, and for children. */
  readonly value: 'male' | 'female' | 'unknown'
  /** 0 to 1: how sure the network is that the person is male. */
  readonly male: number
}

export interface Face {
  readonly box: Box
  /** 0 to 1: how sure the detector is that this is a face. */
  readonly score: number
  readonly points: FivePoints
  readonly pose: Pose
  readonly quality: Quality
  readonly age: Age
  readonly gender: Gender
  /** 0 to 1, advice only: not a photo of a photo (anti-spoofing network). Null when it was not asked for. */
  readonly real: number | null
  /** 0 to 1, advice only: a living face (liveness network). Null when it was not asked for. */
  readonly live: number | null
  /** Unit length; compare by dot product, and only with vectors of the same model. */
  readonly vector: Float32Array
}

export type Turn = 0 | 90 | 180 | 270

/** The faces of one photo, largest first. */
export interface PhotoFaces {
  readonly width: number
  readonly height: number
  /** Degrees clockwise by which the photo was turned before faces were found; places are in the photo as it was. */
  readonly turned: Turn
  readonly faces: readonly Face[]
  /** Faces found. More than `faces` when the limit of faces per photo was reached. */
  readonly found: number
  /** Id of the recognition model that made the vectors. */
  readonly model: string
}

/** An upright photo, RGB, 8 bits per channel, rows from the top, channels last. */
export interface Photo {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  /** Size of the upright photo in its file, when it was shrunk while it was decoded. */
  readonly original?: { readonly width: number; readonly height: number }
}
