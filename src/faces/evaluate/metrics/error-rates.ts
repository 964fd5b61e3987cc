/**
 * Error rates of one-to-one comparison, as NIST defines them (FRTE 1:1 Verification, section "Metrics"; ISO/IEC 19795-1):
 *
 * - FMR(t): share of impostor pairs (two people) with a score >= t.
 * - FNMR(t): share of genuine pairs (one person) with a score < t. A pair with a photo that gave no face is not matched.
 *   An impostor pair with such a photo counts as rejected.
 */
import { BINS, type ScoreCounts, scoreOfStep } from './score-counts.js'

/** FMR that rates are told at when nothing else is asked for. */
export const FMR_TARGETS = [1e-2, 1e-3, 1e-4] as const

/**
 * Errors that an estimate should rest on: with 30 of them the true rate is within 30 % of the measured one at 90 %
 * confidence (Doddington's rule of 30, ISO/IEC 19795-1 annex B).
 */
export const RULE_OF_30 = 30

export interface RateAt {
  /** The false match rate that was asked for. */
  readonly target: number
  /** The smallest threshold, in steps of a millionth, with FMR <= target. May be above 1, where nothing is accepted. */
  readonly threshold: number
  readonly fmr: number
  readonly fnmr: number
  readonly falseMatches: number
  readonly falseNonMatches: number
  /** There are fewer than 30 false matches to estimate this from: 30 / target impostor pairs are wanted. */
  readonly few: boolean
}

/** @param impostor - must hold at least one pair, and so must `genuine`. */
export function rateAt(genuine: ScoreCounts, impostor: ScoreCounts, target: number): RateAt {
  const atMost = Math.floor(target * impostor.total * (1 + Number.EPSILON * 4))
  const step = impostor.firstStepAccepting(atMost)
  const falseMatches = impostor.acceptedAt(step)
  const falseNonMatches = genuine.total - genuine.acceptedAt(step)
  return {
    target,
    threshold: scoreOfStep(step),
    fmr: falseMatches / impostor.total,
    fnmr: falseNonMatches / genuine.total,
    falseMatches,
    falseNonMatches,
    few: atMost < RULE_OF_30,
  }
}

export interface EqualError {
  /** Mean of FMR and FNMR where they are nearest to each other. */
  readonly rate: number
  readonly threshold: number
}

/** The equal error rate: where FMR(t) = FNMR(t). A footnote only; no one works there. */
export function equalError(genuine: ScoreCounts, impostor: ScoreCounts): EqualError {
  const gap = (step: number): number => fnmrAt(genuine, step) - fmrAt(impostor, step)
  // The gap grows with the threshold: the first step at which it is not negative, or the one before.
  let [low, high] = [0, BINS]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (gap(middle) >= 0) high = middle
    else low = middle + 1
  }
  const step = low > 0 && Math.abs(gap(low - 1)) < Math.abs(gap(low)) ? low - 1 : low
  return { rate: (fnmrAt(genuine, step) + fmrAt(impostor, step)) / 2, threshold: scoreOfStep(step) }
}

export interface DetPoint {
  readonly threshold: number
  readonly fmr: number
  readonly fnmr: number
}

/**
 * Points of the curve of detection error trade-off: FMR from the lowest that can be measured to 1, `perDecade` to each
 * power of ten, by falling threshold. Equal points are told once.
 */
export function detPoints(genuine: ScoreCounts, impostor: ScoreCounts, perDecade = 20): DetPoint[] {
  const points: DetPoint[] = []
  const lowest = Math.log10(1 / impostor.total)
  const count = Math.max(1, Math.ceil(-lowest * perDecade))
  let last = -1
  for (let index = 0; index <= count; index++) {
    const { threshold, fmr, fnmr, falseMatches } = rateAt(genuine, impostor, 10 ** (lowest * (1 - index / count)))
    if (falseMatches === last) continue
    last = falseMatches
    points.push({ threshold, fmr, fnmr })
  }
  return points
}

const fmrAt = (impostor: ScoreCounts, step: number): number => impostor.acceptedAt(step) / impostor.total
const fnmrAt = (genuine: ScoreCounts, step: number): number => 1 - genuine.acceptedAt(step) / genuine.total
