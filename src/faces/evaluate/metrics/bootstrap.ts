import { seededRandom } from '../random.js'

/** Compared pairs as columns; the persons of a pair are numbers from 0. Higher scores first where that is asked for. */
export interface PairColumns {
  readonly scores: Float32Array
  readonly left: Uint32Array
  readonly right: Uint32Array
}

export interface Interval {
  readonly low: number
  readonly high: number
}

export interface BootstrapInput {
  readonly people: number
  /** All genuine pairs; minus infinity where there was no score. */
  readonly genuine: PairColumns
  /** The impostor pairs with the highest scores, falling. Must hold more than the largest target takes. */
  readonly impostorTail: PairColumns
  /** All impostor pairs of a sample in which person p appears weights[p] times. */
  impostorTotal(weights: Uint32Array): number
  readonly targets: readonly number[]
  readonly samples?: number
  readonly seed?: number
}

/**
 * 95 % confidence intervals of FNMR at each FMR by bootstrap over people (percentiles of FNMR over samples of as many
 * people, drawn with replacement): pairs of one person are not independent, so people are drawn and not pairs. A pair
 * counts as often as both its people were drawn: Bolle, Ratha and Pankanti, Error analysis of pattern recognition
 * systems: the subsets bootstrap, CVIU 93 (2004). The threshold is chosen anew in every sample.
 */
export function bootstrapFnmr(input: BootstrapInput): Interval[] {
  const { people, targets, samples = 200, seed = 1 } = input
  const random = seededRandom(seed)
  const rates = targets.map(() => new Float64Array(samples))
  const weights = new Uint32Array(people)
  for (let sample = 0; sample < samples; sample++) {
    weights.fill(0)
    for (let drawn = 0; drawn < people; drawn++) {
      const person = Math.floor(random() * people)
      weights[person] = (weights[person] ?? 0) + 1
    }
    const thresholds = thresholdsOf(input, weights)
    const found = fnmrOf(input.genuine, weights, thresholds)
    for (const [index, rate] of found.entries()) {
      const row = rates[index]
      if (row !== undefined) row[sample] = rate
    }
  }
  return rates.map((row) => {
    const sorted = row.filter((rate) => !Number.isNaN(rate)).sort()
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
    return { low: at(0.025), high: at(0.975) }
  })
}

/** Per target, the score that a pair must exceed: that of the first impostor pair which would be one too many. */
function thresholdsOf({ impostorTail, impostorTotal, targets }: BootstrapInput, weights: Uint32Array): number[] {
  const { scores, left, right } = impostorTail
  const total = impostorTotal(weights)
  // A sample without pairs of two people has no threshold, and says nothing.
  if (total === 0) return targets.map(() => Number.NaN)
  const order = targets
    .map((target, index) => ({ index, allowed: target * total }))
    .sort((a, b) => a.allowed - b.allowed)
  const thresholds = targets.map(() => Number.NEGATIVE_INFINITY)
  let accepted = 0
  let next = 0
  for (let at = 0; at < scores.length && next < order.length; at++) {
    accepted += (weights[left[at] ?? 0] ?? 0) * (weights[right[at] ?? 0] ?? 0)
    for (let goal = order[next]; goal !== undefined && accepted > goal.allowed; goal = order[++next])
      thresholds[goal.index] = scores[at] ?? 0
  }
  return thresholds
}

function fnmrOf({ scores, left }: PairColumns, weights: Uint32Array, thresholds: readonly number[]): number[] {
  const missed = thresholds.map(() => 0)
  let total = 0
  for (let at = 0; at < scores.length; at++) {
    const weight = weights[left[at] ?? 0] ?? 0
    if (weight === 0) continue
    total += weight
    const score = scores[at] ?? 0
    for (let index = 0; index < thresholds.length; index++)
      if (!(score > (thresholds[index] ?? 0))) missed[index] = (missed[index] ?? 0) + weight
  }
  return missed.map((count) => (total === 0 ? Number.NaN : count / total))
}
