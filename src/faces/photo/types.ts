/** What a photo may weigh. Photos beyond are reported, not read. */
export interface PhotoLimits {
  /** Of the file. */
  readonly bytes: number
  /** Of the picture as it is in the file: width × height. */
  readonly pixels: number
  /** Larger photos are shrunk to this longer side while they are read; places are still told in pixels of the original. */
  readonly longerSide: number
  /** Seconds that decoding may take. */
  readonly seconds: number
}

export const PHOTO_LIMITS: PhotoLimits = { bytes: 64_000_000, pixels: 200_000_000, longerSide: 4096, seconds: 60 }

/**
 * Why a photo gave no faces to look at.
 * - `not-found`, `not-a-file` (a folder, pipe or device), `unreadable` (no permission, a circle of links, a failing disk)
 * - `empty`: no bytes. `not-a-picture`: the bytes are of something else. `unsupported`: a picture of a kind that is not
 *   decoded here, such as HEIC. `damaged`: cut short, or its data make no sense.
 * - `too-many-bytes`, `too-many-pixels`, `too-slow`: beyond the limits.
 * - `engine-failed`: the engine threw. `engine-died`: two workers in a row died on it.
 */
export const PHOTO_REASONS = [
  'not-found',
  'not-a-file',
  'unreadable',
  'empty',
  'not-a-picture',
  'unsupported',
  'damaged',
  'too-many-bytes',
  'too-many-pixels',
  'too-slow',
  'engine-failed',
  'engine-died',
] as const
export type PhotoReason = (typeof PHOTO_REASONS)[number]

/** A photo that could not be looked at. */
export interface PhotoProblem {
  readonly reason: PhotoReason
  /** A sentence without the name of the file. */
  readonly message: string
}

export class PhotoError extends Error implements PhotoProblem {
  readonly reason: PhotoReason

  constructor(reason: PhotoReason, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'PhotoError'
    this.reason = reason
  }
}

/** A path, or the bytes of a file. */
export type PhotoSource = string | Uint8Array
