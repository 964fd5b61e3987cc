/**
 * Scores of pairs, counted in steps of one millionth from -1 to 1. Cosines of 32-bit floats are no finer than that, and
 * so many millions of pairs take 8 MB and no sorting, and "the smallest threshold with FMR <= target" exists: it is the
 * first step that satisfies it.
 */
const STEPS_PER_UNIT = 1_000_000
export const BINS = 2 * STEPS_PER_UNIT + 1

/** The step of a score; scores outside -1 to 1 are put at the ends. */
export function stepOf(score: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.round((score + 1) * STEPS_PER_UNIT)))
}

export function scoreOfStep(step: number): number {
  return (step - STEPS_PER_UNIT) / STEPS_PER_UNIT
}

export class ScoreCounts {
  readonly #counts = new Uint32Array(BINS)
  #scored = 0
  #failed = 0
  #above: Float64Array | undefined

  static of(scores: Iterable<number>): ScoreCounts {
    const counts = new ScoreCounts()
    for (const score of scores) counts.add(score)
    return counts
  }

  /** Counts a pair. Minus infinity, or NaN: there is no score, since a photo gave no face. */
  add(score: number): void {
    if (score > -2) {
      const step = stepOf(score)
      this.#counts[step] = (this.#counts[step] ?? 0) + 1
      this.#scored++
      this.#above = undefined
    } else this.#failed++
  }

  /** Counts pairs without a score. They are rejected at every threshold. */
  addFailed(pairs: number): void {
    this.#failed += pairs
  }

  /** Pairs, with and without a score. */
  get total(): number {
    return this.#scored + this.#failed
  }

  get failed(): number {
    return this.#failed
  }

  /** Pairs with a score of at least that of the step. `step` may be one past the last. */
  acceptedAt(step: number): number {
    return this.#cumulated()[Math.max(0, step)] ?? 0
  }

  /** The first step at which at most so many pairs are accepted; `BINS` where even a score of 1 accepts more. */
  firstStepAccepting(atMost: number): number {
    const above = this.#cumulated()
    let [low, high] = [0, BINS]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((above[middle] ?? 0) <= atMost) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Accepted pairs at each step, and none one past the last. */
  #cumulated(): Float64Array {
    if (this.#above !== undefined) return this.#above
    const above = new Float64Array(BINS + 1)
    for (let step = BINS - 1; step >= 0; step--) above[step] = (above[step + 1] ?? 0) + (this.#counts[step] ?? 0)
    this.#above = above
    return above
  }
}
