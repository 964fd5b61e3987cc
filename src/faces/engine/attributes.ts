import { AGE_BUCKETS, type Age, type AgeBucket, type Gender } from '../types.js'

/** First year of each bucket. */
const FROM: readonly number[] = [0, 13, 18, 25, 35, 45, 55]

export function bucketOf(years: number): AgeBucket {
  const at = FROM.findLastIndex((from) => years >= from)
  return AGE_BUCKETS[Math.max(0, at)] ?? '0-12'
}

/**
 * The expected age from the network's 100 classes, class 0 being one year. The expectation errs less than the two most
 * probable classes that the authors use, and less than Human's reading (docs/faces/accuracy.md).
 */
export function ageOf(classes: Float32Array): Age {
  let years = 0
  let sum = 0
  for (const [index, probability] of classes.entries()) {
    years += (index + 1) * probability
    sum += probability
  }
  const rounded = Math.round((years / (sum || 1)) * 10) / 10
  return { years: rounded, bucket: bucketOf(rounded) }
}

/** Below this the network is not sure enough of either. */
const SURE = 0.65
/** Gender of small children is guessed hardly better than by a coin. */
const CHILD = 13

export function genderOf(male: number, age: Age): Gender {
  const sure = age.years >= CHILD && Math.max(male, 1 - male) >= SURE
  return { value: sure ? (male >= 0.5 ? 'male' : 'female') : 'unknown', male: Math.round(male * 1000) / 1000 }
}
