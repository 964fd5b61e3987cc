import { NETWORKS, type Network, type Networks, type OutputsOf } from '../backends/types.js'
import type { Pyramid } from '../picture/pyramid.js'
import { INKS, place, squareAround, warp } from '../picture/warp.js'
import type { Point } from '../types.js'
import type { Candidate } from './detector.js'
import { boxOfMesh, fivePoints, poseOf, rollOf, rollOfPoints } from './landmarks.js'
import type { FoundFace } from './types.js'

const { side: SIDE } = NETWORKS.mesh
const PIXELS = SIDE * SIDE * 3
const VALUES = 468 * 3
const BATCH = 4

/** The square shown to the network, in longer sides of the box: 1.5, as MediaPipe trained it. */
const ENLARGE = 1.5
/** A mesh whose square was off by more than this is made again, from where the first says that the face is. */
const OFF = { turn: (12 * Math.PI) / 180, centre: 0.08, size: 1.25 }

interface Square {
  readonly centre: Point
  readonly size: number
  readonly angle: number
}

/** Puts 468 points on faces that the detector found, and says how sure it is that they are faces. */
export class Mesher {
  readonly #network: Network<OutputsOf<'mesh'>>
  readonly #input = new Float32Array(BATCH * PIXELS)

  private constructor(network: Network<OutputsOf<'mesh'>>) {
    this.#network = network
  }

  static async open(networks: Networks): Promise<Mesher> {
    return new Mesher(await networks.open('mesh'))
  }

  /** One face for each candidate, in their order, whether it is believed to be a face or not. */
  async faces(pyramid: Pyramid, candidates: readonly Candidate[]): Promise<FoundFace[]> {
    const faces = await this.#squares(pyramid, candidates.map(squareOfCandidate), candidates)
    const again = [...faces.entries()].filter(([, face]) => isOff(face))
    if (again.length === 0) return faces
    const better = await this.#squares(
      pyramid,
      again.map(([, face]) => squareOfMesh(face)),
      again.map(([, { score }]) => ({ score })),
    )
    for (const [at, [index, first]] of again.entries()) {
      const second = better[at]
      if (second !== undefined && second.meshScore >= first.meshScore * 0.8) faces[index] = second
    }
    return faces
  }

  async #squares(
    pyramid: Pyramid,
    squares: readonly Square[],
    scored: readonly { readonly score: number }[],
  ): Promise<FoundFace[]> {
    const faces: FoundFace[] = []
    for (let from = 0; from < squares.length; from += BATCH) {
      const some = squares.slice(from, from + BATCH)
      for (const [index, { centre, size, angle }] of some.entries()) {
        const target = { width: SIDE, height: SIDE, into: this.#input, offset: index * PIXELS, ink: INKS.unit }
        warp(pyramid, squareAround(centre, size, angle, SIDE), target)
      }
      const { points, face } = await this.#network.run(this.#input, some.length)
      for (const [index, square] of some.entries()) {
        const own = points.subarray(index * VALUES, (index + 1) * VALUES)
        faces.push(found(own, square, face[index] ?? 0, scored[from + index]?.score ?? 0))
      }
    }
    return faces
  }
}

function found(points: Float32Array, square: Square, meshScore: number, score: number): FoundFace {
  const { centre, size, angle } = square
  const map = squareAround(centre, size, angle, SIDE)
  const step = size / SIDE
  const mesh = new Float32Array(VALUES)
  for (let at = 0; at < VALUES; at += 3) {
    const { x, y } = place(map, { x: points[at] ?? 0, y: points[at + 1] ?? 0 })
    mesh[at] = x
    mesh[at + 1] = y
    mesh[at + 2] = (points[at + 2] ?? 0) * step
  }
  const five = fivePoints(mesh)
  const roll = rollOfPoints(five)
  const box = boxOfMesh(mesh)
  return {
    box,
    score,
    points: five,
    pose: poseOf(mesh, roll),
    meshScore,
    angle: roll,
    mesh,
    crop: { centre, size, angle },
  }
}

function squareOfCandidate({ box, points }: Candidate): Square {
  const [left, right, , mouth] = points
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const angle = left && right && mouth ? rollOf(left, right, mouth) : 0
  return { centre, size: Math.max(box.width, box.height) * ENLARGE, angle }
}

/** Around the mesh as it lies once the face is upright. */
function squareOfMesh({ mesh, angle }: FoundFace): Square {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const upright = mesh.slice()
  for (let at = 0; at < mesh.length; at += 3) {
    const [x, y] = [mesh[at] ?? 0, mesh[at + 1] ?? 0]
    upright[at] = x * cos + y * sin
    upright[at + 1] = y * cos - x * sin
  }
  const box = boxOfMesh(upright)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const centre = { x: x * cos - y * sin, y: y * cos + x * sin }
  return { centre, size: Math.max(box.width, box.height) * ENLARGE, angle }
}

function isOff(face: FoundFace): boolean {
  const { crop, angle } = face
  const better = squareOfMesh(face)
  const turn = Math.abs(Math.atan2(Math.sin(angle - crop.angle), Math.cos(angle - crop.angle)))
  const ratio = better.size / crop.size
  const moved = Math.hypot(better.centre.x - crop.centre.x, better.centre.y - crop.centre.y) / crop.size
  return turn > OFF.turn || moved > OFF.centre || ratio > OFF.size || ratio < 1 / OFF.size
}
