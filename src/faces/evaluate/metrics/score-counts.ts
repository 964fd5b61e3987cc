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

/** Steps to a block; how many scores lie in each block and above is kept too, so that no question looks at all steps. */
const BLOCK = 1024
const BLOCKS = Math.ceil(BINS / BLOCK)

export class ScoreCounts {
  readonly #counts = new Uint32Array(BINS)
  readonly #blocks = new Uint32Array(BLOCKS)
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
      const block = Math.floor(step / BLOCK)
      this.#counts[step] = (this.#counts[step] ?? 0) + 1
      this.#blocks[block] = (this.#blocks[block] ?? 0) + 1
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
    const from = Math.max(0, step)
    const next = Math.floor(from / BLOCK) + 1
    let accepted = this.#cumulated()[next] ?? 0
    for (let at = from; at < Math.min(next * BLOCK, BINS); at++) accepted += this.#counts[at] ?? 0
    return accepted
  }

  /** The first step at which at most so many pairs are accepted; `BINS` where even a score of 1 accepts more. */
  firstStepAccepting(atMost: number): number {
    const above = this.#cumulated()
    // The last block before which more are accepted holds the step, or ends where it is.
    let [low, high] = [0, BLOCKS]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((above[middle] ?? 0) <= atMost) high = middle
      else low = middle + 1
    }
    let accepted = above[low] ?? 0
    let step = Math.min(low * BLOCK, BINS)
    while (step > 0 && accepted + (this.#counts[step - 1] ?? 0) <= atMost) accepted += this.#counts[--step] ?? 0
    return step
  }

  /** Accepted pairs at the beginning of each block, and none past the last. */
  #cumulated(): Float64Array {
    if (this.#above !== undefined) return this.#above
    const above = new Float64Array(BLOCKS + 1)
    for (let block = BLOCKS - 1; block >= 0; block--)
      above[block] = (above[block + 1] ?? 0) + (this.#blocks[block] ?? 0)
    this.#above = above
    return above
  }
}
