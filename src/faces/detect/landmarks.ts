import type { Box, FivePoints, Point, Pose } from '../types.js'

/** Numbers of points in MediaPipe's face mesh. */
const EYE_LEFT = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246]
const EYE_RIGHT = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466]
const NOSE_TIP = [1]
const MOUTH_LEFT = [61]
const MOUTH_RIGHT = [291]
const FOREHEAD = 10
const CHIN = 152
const CHEEK_LEFT = 234
const CHEEK_RIGHT = 454

/** Degrees: what the line from chin to forehead tells of faces that look straight ahead. The median of 309 press photos. */
const PITCH_AHEAD = -4

const degrees = (radians: number): number => (radians * 180) / Math.PI

/** The mean of some points of a mesh. */
function mean(mesh: Float32Array, numbers: readonly number[]): Point {
  let [x, y] = [0, 0]
  for (const number of numbers) {
    x += mesh[number * 3] ?? 0
    y += mesh[number * 3 + 1] ?? 0
  }
  return { x: x / numbers.length, y: y / numbers.length }
}

/** The five points: eyes as the means of their contours, which hardly move when an eye closes. */
export function fivePoints(mesh: Float32Array): FivePoints {
  return [
    mean(mesh, EYE_LEFT),
    mean(mesh, EYE_RIGHT),
    mean(mesh, NOSE_TIP),
    mean(mesh, MOUTH_LEFT),
    mean(mesh, MOUTH_RIGHT),
  ]
}

/**
 * Radians by which a face is turned clockwise. From the line of the eyes and the line from eyes to mouth together: of a
 * face seen from the side the eyes lie too close to each other to tell it alone.
 */
export function rollOf(leftEye: Point, rightEye: Point, mouth: Point): number {
  const across = { x: rightEye.x - leftEye.x, y: rightEye.y - leftEye.y }
  const down = { x: mouth.x - (leftEye.x + rightEye.x) / 2, y: mouth.y - (leftEye.y + rightEye.y) / 2 }
  return Math.atan2(across.y - down.x, across.x + down.y)
}

export function rollOfPoints([left, right, , mouthLeft, mouthRight]: FivePoints): number {
  return rollOf(left, right, { x: (mouthLeft.x + mouthRight.x) / 2, y: (mouthLeft.y + mouthRight.y) / 2 })
}

/** Around all points. */
export function boxOfMesh(mesh: Float32Array): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < mesh.length; at += 3) {
    const [x, y] = [mesh[at] ?? 0, mesh[at + 1] ?? 0]
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/**
 * Where a face looks, from the depth of the mesh: of the line from ear to ear for yaw, from chin to forehead for pitch,
 * both after the roll was taken out.
 *
 * @param mesh - x, y and z in one unit; z grows away from the camera.
 */
export function poseOf(mesh: Float32Array, roll: number): Pose {
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)]
  const between = (from: number, to: number): { x: number; y: number; z: number } => {
    const at = (axis: number): number => (mesh[to * 3 + axis] ?? 0) - (mesh[from * 3 + axis] ?? 0)
    const [x, y] = [at(0), at(1)]
    return { x: x * cos + y * sin, y: y * cos - x * sin, z: at(2) }
  }
  const across = between(CHEEK_LEFT, CHEEK_RIGHT)
  const down = between(FOREHEAD, CHIN)
  return {
    yaw: degrees(Math.atan2(across.z, across.x)),
    pitch: degrees(Math.atan2(-down.z, down.y)) - PITCH_AHEAD,
    roll: degrees(roll),
  }
}
