import { describe, expect, test } from 'vitest'
import {
  accuracyAt,
  bestThreshold,
  crossValidate,
  type ScoredPair,
} from '../../../../src/faces/evaluate/metrics/folds.js'
import { shuffled } from '../../../../src/faces/evaluate/random.js'

const pair = (fold: number, same: boolean, score: number): ScoredPair => ({ fold, same, score })

describe('the best threshold', () => {
  test('lies in the middle of the gap that tells most pairs right', () => {
    expect(bestThreshold([pair(0, true, 0.8), pair(0, true, 0.6), pair(0, false, 0.2), pair(0, false, 0.4)])).toBe(0.5)
  })

  test('of pairs of one kind accepts or refuses all', () => {
    const same = [pair(0, true, 0.2), pair(0, true, 0.4)]
    const different = [pair(0, false, 0.2), pair(0, false, 0.4)]
    expect(accuracyAt(same, bestThreshold(same))).toBe(1)
    expect(accuracyAt(different, bestThreshold(different))).toBe(1)
  })

  test('keeps equal scores on one side', () => {
    const pairs = [pair(0, true, 0.5), pair(0, false, 0.5), pair(0, true, 0.7)]
    expect(accuracyAt(pairs, bestThreshold(pairs))).toBeCloseTo(2 / 3)
  })
})

describe('accuracy over folds', () => {
  // Each fold is told with the threshold of the other: 0.5 for fold 1 and 0.45 for fold 0.
  const pairs = [
    pair(0, true, 0.7),
    pair(0, true, 0.6),
    pair(0, false, 0.4),
    pair(0, false, 0.3),
    pair(1, true, 0.8),
    pair(1, true, 0.45),
    pair(1, false, 0.4),
    pair(1, false, 0.1),
  ]

  test('uses the threshold of the others, and tells the standard error of the mean', () => {
    const result = crossValidate(pairs)
    expect(result?.folds.map(({ accuracy }) => accuracy)).toEqual([1, 0.75])
    expect(result?.folds[0]?.threshold).toBeCloseTo(0.425)
    expect(result?.folds[1]?.threshold).toBe(0.5)
    expect(result?.accuracy).toBe(0.875)
    // Standard deviation of 1 and 0.75 is 0.1768; over the root of 2: 0.125.
    expect(result?.standardError).toBeCloseTo(0.125)
  })

  test('does not depend on the order of pairs', () => {
    for (let seed = 0; seed < 20; seed++) expect(crossValidate(shuffled(pairs, seed))).toEqual(crossValidate(pairs))
  })

  test('counts a pair of one person without a score as wrong, and one of two people as right', () => {
    const more = [...pairs, pair(0, true, Number.NEGATIVE_INFINITY), pair(1, false, Number.NEGATIVE_INFINITY)]
    expect(crossValidate(more)?.folds.map(({ accuracy }) => accuracy)).toEqual([0.8, 0.8])
  })

  test('there is none with one fold', () => {
    expect(crossValidate(pairs.filter(({ fold }) => fold === 0))).toBeUndefined()
  })
})
