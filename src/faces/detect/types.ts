import type { Box, FivePoints, Point, Pose, Turn } from '../types.js'

export interface FindOptions {
  /**
   * The smallest face to find: longer side of its box, in pixels of the photo. Undefined: 20, and large photos are
   * searched for faces of a 48th of their longer side first, and for smaller ones only where such small ones showed up.
   */
  readonly minFace: number | undefined
  /** How sure the detector must be, 0 to 1. 0.5 when not told. */
  readonly minScore: number
  /** The largest so many are kept. 200 when not told. */
  readonly maxFaces: number
  /** `never`: only the whole photo is looked at, at 256 pixels. */
  readonly tiles: 'auto' | 'never'
  /** Whether a photo in which nothing was found is turned and looked at again. */
  readonly turns: boolean
}

export interface FoundFace {
  /** Around the mesh: forehead to chin, cheek to cheek. May reach over the border of the photo. */
  readonly box: Box
  /** 0 to 1: how sure the detector is. */
  readonly score: number
  readonly points: FivePoints
  readonly pose: Pose
  /** 0 to 1: how sure the mesh network is that this is a face. */
  readonly meshScore: number
  /** Radians: how far the face is turned clockwise in the photo. */
  readonly angle: number
  /** 468 points × (x, y, z), pixels of the photo; z grows away from the camera. */
  readonly mesh: Float32Array
  /** The square that was shown to the mesh network. */
  readonly crop: { readonly centre: Point; readonly size: number; readonly angle: number }
}

export interface FoundFaces {
  /** Degrees clockwise by which the photo had to be turned. Places are in the photo as it was. */
  readonly turned: Turn
  /** Faces found, with those beyond the limit. */
  readonly found: number
  /** Largest first. */
  readonly faces: readonly FoundFace[]
}
