import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detPoints, equalError, rateAt } from '../../../../src/faces/evaluate/metrics/error-rates.js'
import { BINS, ScoreCounts, scoreOfStep, stepOf } from '../../../../src/faces/evaluate/metrics/score-counts.js'

const counts = (...scores: number[]): ScoreCounts => ScoreCounts.of(scores)
const FAILED = Number.NEGATIVE_INFINITY
const scores = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 })
const of = (list: readonly number[]): number[] => list.map((value) => value / 1000)
const few = { numRuns: 25 }

describe('counted scores', () => {
  test('are exact to a millionth, and lie at the ends beyond -1 and 1', () => {
    expect(scoreOfStep(stepOf(0.123456))).toBe(0.123456)
    expect([stepOf(-1.2), stepOf(1.2)]).toEqual([0, BINS - 1])
  })

  test('say how many reach a step, counting the step itself', () => {
    const found = counts(0.5, 0.5, 0.6, FAILED, Number.NaN)
    expect([0.4, 0.5, 0.500001, 0.6, 0.7].map((score) => found.acceptedAt(stepOf(score)))).toEqual([3, 3, 1, 1, 0])
    expect([found.total, found.failed]).toEqual([5, 2])
  })
})

describe('FNMR at an FMR', () => {
  const impostor = counts(...Array.from({ length: 10 }, (_, index) => index / 10))
  test('takes the smallest threshold whose FMR is not above the target', () => {
    // 0.9 alone may be accepted: the threshold is the first step above 0.8.
    const rate = rateAt(counts(0.85, 0.95, 0.5, 0.800001), impostor, 0.1)
    expect(rate).toMatchObject({ fmr: 0.1, falseMatches: 1, falseNonMatches: 1, fnmr: 0.25, few: true })
    expect(rate.threshold).toBeCloseTo(0.800001, 9)
  })

  test('accepts no impostor where not one may be: above the highest, even above 1', () => {
    expect(rateAt(counts(0.95), impostor, 0.05)).toMatchObject({ threshold: 0.900001, fmr: 0, fnmr: 0 })
    expect(rateAt(counts(1), counts(1, 0), 0.1)).toMatchObject({ threshold: 1.000001, fmr: 0, fnmr: 1 })
  })

  test('steps over equal scores together', () => {
    expect(rateAt(counts(0.5), counts(0.5, 0.5, 0.5, 0.1), 0.5)).toMatchObject({ threshold: 0.500001, fmr: 0, fnmr: 1 })
  })

  test('counts pairs without a score as not matched, of one person and of two', () => {
    const rate = rateAt(counts(0.9, FAILED), counts(0.8, FAILED, FAILED, FAILED), 0.25)
    expect(rate).toMatchObject({ threshold: -1, fmr: 0.25, fnmr: 0.5, falseNonMatches: 1 })
  })

  test('is marked where 30 false matches cannot be had', () => {
    const many = counts(...Array.from({ length: 3000 }, (_, index) => index / 3000))
    expect([1e-2, 9e-3].map((target) => rateAt(counts(1), many, target).few)).toEqual([false, true])
  })

  test('of normal distributions is what tables say: 2.5 apart at FMR 0.1, P(z < 1.2816 - 2.5) = 0.1116', () => {
    const normal = Array.from({ length: 20_001 }, (_, index) => quantile((index + 0.5) / 20_001))
    const rate = rateAt(counts(...normal.map((z) => (z + 2.5) / 10)), counts(...normal.map((z) => z / 10)), 0.1)
    expect(rate.fnmr).toBeCloseTo(0.1116, 3)
    // Equal error where the densities cross: P(z > 1.25) = 0.1056.
    const equal = equalError(counts(...normal.map((z) => (z + 2.5) / 10)), counts(...normal.map((z) => z / 10)))
    expect(equal.rate).toBeCloseTo(0.1056, 3)
    expect(equal.threshold).toBeCloseTo(0.125, 3)
  })

  test('never rises with the target, keeps FMR under it, and no smaller threshold would do', () => {
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0.001, max: 1, noNaN: true }), (same, other, target) => {
        const [genuine, impostors] = [counts(...of(same)), counts(...of(other))]
        const rate = rateAt(genuine, impostors, target)
        expect(rate.fmr).toBeLessThanOrEqual(target * (1 + 1e-12))
        expect(rateAt(genuine, impostors, target / 2).fnmr).toBeGreaterThanOrEqual(rate.fnmr)
        const step = stepOf(rate.threshold)
        if (rate.threshold > -1 && rate.threshold <= 1)
          expect(impostors.acceptedAt(step - 1)).toBeGreaterThan(target * other.length)
        expect(of(other).filter((score) => score >= rate.threshold - 1e-9)).toHaveLength(rate.falseMatches)
      }),
      few,
    )
  })

  test('does not depend on the order of pairs', () => {
    fc.assert(
      fc.property(scores, scores, (same, other) => {
        const forth = rateAt(counts(...of(same)), counts(...of(other)), 0.1)
        expect(rateAt(counts(...of(same).toReversed()), counts(...of(other).toReversed()), 0.1)).toEqual(forth)
      }),
      few,
    )
  })
})

describe('the curve', () => {
  test('falls: as FMR rises, the threshold and FNMR do not', () => {
    fc.assert(
      fc.property(scores, scores, (same, other) => {
        const points = detPoints(counts(...of(same)), counts(...of(other)))
        for (const [index, point] of points.entries()) {
          const next = points[index + 1]
          if (next === undefined) continue
          expect(next.fmr).toBeGreaterThan(point.fmr)
          expect(next.threshold).toBeLessThan(point.threshold)
          expect(next.fnmr).toBeLessThanOrEqual(point.fnmr)
        }
        expect(points.at(-1)?.fmr).toBe(1)
      }),
      few,
    )
  })
})

describe('the equal error rate', () => {
  test('is 0 when all pairs are told apart, and lies where the rates meet', () => {
    expect(equalError(counts(0.8, 0.9), counts(0.1, 0.2)).rate).toBe(0)
    expect(equalError(counts(0.3, 0.7, 0.8, 0.9), counts(0.1, 0.2, 0.25, 0.6)).rate).toBe(0.25)
  })
})

/** The normal quantile, by halving. */
function quantile(share: number): number {
  let [low, high] = [-6, 6]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (normalShare(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Share of the standard normal distribution below z (Zelen and Severo, 26.2.17; error below 1e-7). */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z > 0 ? 1 - tail : tail
}
