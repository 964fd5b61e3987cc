import { areaOf, iou, overSmaller, shared } from './overlap.js'
import type { FoundFace } from './types.js'

/** The mesh network's own opinion: real faces get more than 0.9, even small ones; most other things less than 0.1. */
const FACE = 0.5
/** At most this share of a face may lie outside the photo. */
const OUTSIDE = 0.5

/** Whether both networks believe it, and most of it lies in the photo. */
export function isFace(face: FoundFace, photo: { readonly width: number; readonly height: number }): boolean {
  if (!(face.meshScore >= FACE)) return false
  const inside = shared(face.box, { x: 0, y: 0, ...size(photo) })
  return inside >= (1 - OUTSIDE) * areaOf(face.box)
}

const size = ({ width, height }: { readonly width: number; readonly height: number }) => ({ width, height })

/** Sure enough that the photo need not be turned to look for better ones. */
export const isSure = ({ score, meshScore }: FoundFace): boolean => score >= 0.7 && meshScore >= 0.8

/** Two meshes of one face: they lie on each other. */
const SAME_IOU = 0.4
const SAME_PART = 0.7

/** Without those that tell of a face again; the more certain one stays, and the larger one where a part was taken for a face. */
export function distinct(faces: readonly FoundFace[]): FoundFace[] {
  const kept: FoundFace[] = []
  for (const face of faces.toSorted((a, b) => certainty(b) - certainty(a)))
    if (kept.every(({ box }) => iou(box, face.box) < SAME_IOU && overSmaller(box, face.box) < SAME_PART))
      kept.push(face)
  return kept
}

const certainty = ({ score, meshScore }: FoundFace): number => score * meshScore

export function largestFirst(faces: readonly FoundFace[]): FoundFace[] {
  return faces.toSorted((a, b) => areaOf(b.box) - areaOf(a.box))
}
