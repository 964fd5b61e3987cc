/** From the network's features to a unit vector. All work in place where they can. */

/** How features become a vector, besides being brought to length one. */
export interface FeatureRecipe {
  /** Each feature is raised to this power first; 0.5 evens out a few large ones. */
  readonly power: number
  /** Taken off the unit vector, which is then brought to length one again; the mean of many faces. */
  readonly mean: Float32Array | undefined
}

/** @returns a new vector of length one. */
export function vectorOf(features: Float32Array, { power, mean }: FeatureRecipe): Float32Array {
  const vector = power === 1 ? features.slice() : features.map((value) => Math.max(0, value) ** power)
  toUnit(vector)
  if (mean === undefined) return vector
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) - (mean[index] ?? 0)
  return toUnit(vector)
}

/** The mean of several unit vectors, as a unit vector. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors
  if (first === undefined) throw new Error('no vectors to take the mean of')
  const sum = new Float32Array(first.length)
  for (const vector of vectors)
    for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0)
  return toUnit(sum)
}

/** A vector of zeros stays as it is. */
export function toUnit(vector: Float32Array): Float32Array {
  let squares = 0
  for (const value of vector) squares += value * value
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) * scale
  return vector
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}
