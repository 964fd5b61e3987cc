import { areaOf, iou, overSmaller, shared } from './overlap.js'
import type { FoundFace } from './types.js'

/** The mesh network's own opinion: real faces get more than 0.9, even small ones; most other things less than 0.1. */
const FACE = 0.7
/** At most this share of a face may lie outside the photo. */
const OUTSIDE = 0.5

/** Whether both networks believe it, and most of it lies in the photo. */
export function isFace(face: FoundFace, photo: { readonly width: number; readonly height: number }): boolean {
  if (!(face.meshScore >= FACE)) return false
  const inside = shared(face.box, { x: 0, y: 0, ...size(photo) })
  return inside >= (1 - OUTSIDE) * areaOf(face.box)
}

const size = ({ width, height }: { readonly width: number; readonly height: number }) => ({ width, height })

/**
 * How much speaks for a face that stands as it was found, 0 to 20: the mesh network's log-odds, weighted by the detector's
 * score. The detector takes upside-down faces for upright ones (score 0.74 in the middle, of 155), and the mesh network
 * gives those 0.98; but upright ones get 0.99999 and more from it.
 */
export function evidence({ score, meshScore }: FoundFace): number {
  return score * Math.max(0, Math.min(20, Math.log(meshScore / (1 - meshScore + 1e-9))))
}

const SURE = 8.5
/** At least this share of the faces must be sure, or the photo is turned to look for better ones. */
const SURE_SHARE = 0.25

/** Whether the photo need not be turned. */
export function areSure(faces: readonly FoundFace[]): boolean {
  const sure = faces.filter((face) => evidence(face) >= SURE)
  return sure.length > 0 && sure.length >= faces.length * SURE_SHARE
}

/** Two meshes of one face: they lie on each other. */
const SAME_IOU = 0.4
const SAME_PART = 0.7

/** Without those that tell of a face again; the more certain one stays, and the larger one where a part was taken for a face. */
export function distinct(faces: readonly FoundFace[]): FoundFace[] {
  const kept: FoundFace[] = []
  for (const face of faces.toSorted((a, b) => evidence(b) - evidence(a)))
    if (kept.every(({ box }) => iou(box, face.box) < SAME_IOU && overSmaller(box, face.box) < SAME_PART))
      kept.push(face)
  return kept
}

export function largestFirst(faces: readonly FoundFace[]): FoundFace[] {
  return faces.toSorted((a, b) => areaOf(b.box) - areaOf(a.box))
}
