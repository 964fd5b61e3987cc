import type { BackendName } from '../../faces/backends/types.js'
import type { PhotoProblem } from '../../faces/photo/types.js'
import type { Face, PhotoFaces, Turn } from '../../faces/types.js'

/** A face as --json tells it: places to a tenth of a pixel, in pixels of the upright photo. */
export interface DetectedFace extends Omit<Face, 'vector'> {
  /** Unit length; only when vectors were asked for. */
  readonly vector?: readonly number[]
}

export interface DetectedPhoto {
  /** As it was named. */
  readonly file: string
  readonly width: number
  readonly height: number
  readonly turned: Turn
  readonly found: number
  readonly faces: readonly DetectedFace[]
}

export interface PhotoFailure extends PhotoProblem {
  readonly file: string
}

export type DetectItem = DetectedPhoto | PhotoFailure

export interface DetectSummary {
  readonly photos: number
  readonly faces: number
  readonly withoutFaces: number
  /** Photos and folders that could not be read. */
  readonly problems: number
  /** Id of the recognition model that the vectors are of; null when the run was stopped before it was known. */
  readonly model: string | null
  readonly backend: BackendName
  readonly milliseconds: number
}

export function toDetected(file: string, found: PhotoFaces, { vectors }: { readonly vectors: boolean }): DetectedPhoto {
  const { width, height, turned, faces } = found
  return { file, width, height, turned, found: found.found, faces: faces.map((face) => toFace(face, vectors)) }
}

function toFace({ vector, box, points, pose, quality, score, ...rest }: Face, vectors: boolean): DetectedFace {
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = points
  return {
    box: { x: tenth(box.x), y: tenth(box.y), width: tenth(box.width), height: tenth(box.height) },
    score: thousandth(score),
    points: [at(leftEye), at(rightEye), at(nose), at(leftMouth), at(rightMouth)],
    pose: { yaw: tenth(pose.yaw), pitch: tenth(pose.pitch), roll: tenth(pose.roll) },
    quality: {
      score: thousandth(quality.score),
      reasons: quality.reasons,
      sharpness: tenth(quality.sharpness),
      brightness: tenth(quality.brightness),
    },
    ...rest,
    // Nine digits tell every number of 32 bits from its neighbours.
    ...(vectors ? { vector: Array.from(vector, (value) => Number(value.toPrecision(9))) } : {}),
  }
}

const at = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: tenth(x), y: tenth(y) })
const tenth = (value: number): number => Math.round(value * 10) / 10
const thousandth = (value: number): number => Math.round(value * 1000) / 1000
