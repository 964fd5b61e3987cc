import { seededRandom } from '../../../src/faces/evaluate/random.js'
import type { Described, LabelledPhoto } from '../../../src/faces/evaluate/types.js'

/** People with photos whose vectors lie around one of their own: `noise` times its length away. Persons are `0`, `1`, … */
export function inventedPeople({ people = 10, each = 3, noise = 1, length = 64, seed = 7 }): {
  photos: LabelledPhoto[]
  described: Map<string, Described>
} {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const photos: LabelledPhoto[] = []
  const described = new Map<string, Described>()
  for (let person = 0; person < people; person++) {
    const own = Array.from({ length }, normal)
    for (let photo = 0; photo < each; photo++) {
      const path = `${person}/${photo}.jpg`
      photos.push({ person: String(person), path })
      described.set(path, { vector: unit(own.map((value) => value + noise * normal())), age: 30, gender: 'unknown' })
    }
  }
  return { photos, described }
}

export function unit(values: readonly number[]): Float32Array {
  const norm = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / norm)
}
