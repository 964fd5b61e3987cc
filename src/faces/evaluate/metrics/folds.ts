/** A pair of a file of pairs, compared. */
export interface ScoredPair {
  /** From 0. */
  readonly fold: number
  readonly same: boolean
  /** Minus infinity when a photo gave no face. */
  readonly score: number
}

export interface FoldResult {
  readonly threshold: number
  /** Share of the fold's pairs that were told right. */
  readonly accuracy: number
}

export interface FoldsResult {
  readonly folds: readonly FoldResult[]
  /** Mean of the folds. */
  readonly accuracy: number
  /** Standard error of the mean: standard deviation of the folds (n - 1) over the root of their number. */
  readonly standardError: number
}

/**
 * LFW's View 2: each fold is judged with the threshold that is best on the pairs of all other folds, and the mean of the
 * folds is told with its standard error (Huang et al., Labeled Faces in the Wild, UMass TR 07-49, section 3; ten folds
 * there, any number from two on here). A pair with a photo without a face is told to be different.
 *
 * @returns undefined with fewer than two folds
 */
export function crossValidate(pairs: readonly ScoredPair[]): FoldsResult | undefined {
  const numbers = [...new Set(pairs.map(({ fold }) => fold))].sort((a, b) => a - b)
  if (numbers.length < 2) return undefined
  const folds = numbers.map((number): FoldResult => {
    const threshold = bestThreshold(pairs.filter(({ fold }) => fold !== number))
    return {
      threshold,
      accuracy: accuracyAt(
        pairs.filter(({ fold }) => fold === number),
        threshold,
      ),
    }
  })
  const accuracy = folds.reduce((sum, fold) => sum + fold.accuracy, 0) / folds.length
  const squares = folds.reduce((sum, fold) => sum + (fold.accuracy - accuracy) ** 2, 0)
  return { folds, accuracy, standardError: Math.sqrt(squares / (folds.length - 1) / folds.length) }
}

/** Share of pairs told right when those with a score >= threshold are said to show one person. */
export function accuracyAt(pairs: readonly ScoredPair[], threshold: number): number {
  return pairs.filter(({ same, score }) => same === score >= threshold).length / pairs.length
}

/**
 * The threshold that tells most pairs right. Between two neighbouring scores all thresholds are equally good, and their
 * middle is taken; of several best gaps, the one in the middle of the list.
 */
export function bestThreshold(pairs: readonly ScoredPair[]): number {
  const scored = pairs.filter(({ score }) => score > -2).sort((a, b) => a.score - b.score)
  // Right when everything is accepted that has a score.
  let right = scored.filter(({ same }) => same).length
  let best = right
  let gaps: number[] = [0]
  for (let index = 0; index < scored.length; index++) {
    right += scored[index]?.same === true ? -1 : 1
    const atGap = index + 1
    if (scored[index]?.score === scored[atGap]?.score) continue
    if (right > best) [best, gaps] = [right, []]
    if (right === best) gaps.push(atGap)
  }
  const gap = gaps[gaps.length >> 1] ?? 0
  const [below, above] = [scored[gap - 1]?.score, scored[gap]?.score]
  if (below === undefined) return above ?? 0
  return above === undefined ? below + 1e-6 : (below + above) / 2
}
