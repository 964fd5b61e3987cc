import { NETWORKS, type Networks } from '../backends/types.js'
import type { Pyramid } from '../picture/pyramid.js'
import { INKS, type Ink, warp } from '../picture/warp.js'
import type { Age, FivePoints, Gender } from '../types.js'
import { ageOf, genderOf } from './attributes.js'
import { faceSquare, mapOf } from './face-crop.js'
import { type FeatureRecipe, meanVector, vectorOf } from './features.js'
import { recogniserMean } from './recogniser-mean.js'
import type { RecogniserName } from './types.js'

/** What Human's recognition network says of a face. */
export interface Described {
  readonly vector: Float32Array
  readonly age: Age
  readonly gender: Gender
}

interface Variant {
  /** Part of the id of the model: vectors of different ids are not comparable. */
  readonly id: string
  readonly ink: Ink
  /** Side of the square, in distances between the eyes. */
  readonly times: number
  /** Whether the square turns with the face. */
  readonly upright: boolean
  readonly recipe: FeatureRecipe
}

/**
 * The network was trained on BGR minus the means of ImageNet (facerec_test.py of HSE's authors); Human gives it RGB. The
 * rest was chosen on photos of the development half of LFW: docs/faces/accuracy.md.
 */
const VARIANTS: Readonly<Record<RecogniserName, () => Variant>> = {
  tessera: () => ({
    id: 'faceres-1',
    ink: { order: 'bgr', mean: [103.939, 116.779, 123.68], scale: [1, 1, 1] },
    times: 3.4,
    upright: true,
    recipe: { power: 0.5, mean: recogniserMean() },
  }),
  human: () => ({
    id: 'faceres-human',
    ink: INKS.plain,
    times: 3.6,
    upright: false,
    recipe: { power: 1, mean: undefined },
  }),
}

/** Faces given to the network at once. */
const BATCH = 8
const { side } = NETWORKS.recogniser
const PIXELS = side * side * 3
export const VECTOR_LENGTH = 1024
const AGES = 100

export interface HumanRecogniser {
  readonly id: string
  describe(pyramid: Pyramid, faces: readonly FivePoints[]): Promise<Described[]>
}

export async function openHumanRecogniser(
  networks: Networks,
  name: RecogniserName,
  {
    mirror = false,
    centre = true,
  }: { readonly mirror?: boolean /** False only to learn the mean. */; readonly centre?: boolean } = {},
): Promise<HumanRecogniser> {
  const network = await networks.open('recogniser')
  const chosen = VARIANTS[name]()
  const variant = centre ? chosen : { ...chosen, recipe: { ...chosen.recipe, mean: undefined } }
  const each = mirror ? 2 : 1
  const input = new Float32Array(BATCH * each * PIXELS)

  async function batch(pyramid: Pyramid, faces: readonly FivePoints[]): Promise<Described[]> {
    for (const [index, points] of faces.entries()) {
      const square = faceSquare(points, variant.times)
      const map = mapOf(variant.upright ? square : { ...square, angle: 0 }, side)
      const offset = index * each * PIXELS
      warp(pyramid, map, { width: side, height: side, into: input, offset, ink: variant.ink })
      if (mirror) mirrorRows(input, offset)
    }
    const { features, age, male } = await network.run(input, faces.length * each)
    return faces.map((_face, index) => {
      const shots = Array.from({ length: each }, (_, shot) => index * each + shot)
      const vectors = shots.map((at) =>
        vectorOf(features.subarray(at * VECTOR_LENGTH, (at + 1) * VECTOR_LENGTH), variant.recipe),
      )
      const classes = new Float32Array(AGES)
      for (const at of shots)
        for (let year = 0; year < AGES; year++) classes[year] = (classes[year] ?? 0) + (age[at * AGES + year] ?? 0)
      const years = ageOf(classes)
      const maleness = shots.reduce((sum, at) => sum + (male[at] ?? 0), 0) / each
      return {
        vector: mirror ? meanVector(vectors) : (vectors[0] ?? new Float32Array(VECTOR_LENGTH)),
        age: years,
        gender: genderOf(maleness, years),
      }
    })
  }

  return {
    id: mirror ? `${variant.id}-mirrored` : variant.id,
    async describe(pyramid, faces) {
      const described: Described[] = []
      for (let at = 0; at < faces.length; at += BATCH)
        described.push(...(await batch(pyramid, faces.slice(at, at + BATCH))))
      return described
    },
  }
}

/** Writes the picture at `offset` once more behind itself, left and right exchanged. */
function mirrorRows(input: Float32Array, offset: number): void {
  for (let y = 0; y < side; y++) {
    const row = offset + y * side * 3
    for (let x = 0; x < side; x++) {
      const from = row + (side - 1 - x) * 3
      input.copyWithin(PIXELS + row + x * 3, from, from + 3)
    }
  }
}
