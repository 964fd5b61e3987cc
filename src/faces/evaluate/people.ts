import { type Matrix, matrixOf } from './products.js'
import type { Described, LabelledPhoto } from './types.js'

/** Labelled photos with their vectors, where a photo gave one. */
export interface PeopleVectors {
  /** Names; a person's number is the place in this list. */
  readonly people: readonly string[]
  /** Photos of each person, with those that gave no face. */
  readonly photosOf: Uint32Array
  readonly vectors: Matrix
  /** Person of each row of `vectors`. */
  readonly personOf: Uint32Array
  /** Photo of each row of `vectors`. */
  readonly pathOf: readonly string[]
}

/**
 * @param described - path -> what was found; a path that is not there gave no face
 * @param people - order of the people, when another set has it already; others are added behind
 */
export function peopleVectors(
  photos: readonly LabelledPhoto[],
  described: ReadonlyMap<string, Pick<Described, 'vector'>>,
  people: readonly string[] = [],
): PeopleVectors {
  const numbers = new Map(people.map((name, index) => [name, index]))
  for (const { person } of photos) if (!numbers.has(person)) numbers.set(person, numbers.size)
  const photosOf = new Uint32Array(numbers.size)
  const vectors: Float32Array[] = []
  const persons: number[] = []
  const pathOf: string[] = []
  for (const { person, path } of photos) {
    const number = numbers.get(person) ?? 0
    photosOf[number] = (photosOf[number] ?? 0) + 1
    const found = described.get(path)
    if (found === undefined) continue
    vectors.push(found.vector)
    persons.push(number)
    pathOf.push(path)
  }
  return {
    people: [...numbers.keys()],
    photosOf,
    vectors: matrixOf(vectors),
    personOf: Uint32Array.from(persons),
    pathOf,
  }
}
