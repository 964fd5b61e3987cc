import { detPoints, RULE_OF_30 } from '../evaluate/metrics/error-rates.js'
import { type ScoreCounts, scoreOfStep } from '../evaluate/metrics/score-counts.js'

/** What a score of a model means: how often two people reach it. */
export interface Calibration {
  /** Id of the recognition model; scores of others mean something else. */
  readonly model: string
  /** When it was measured, ISO 8601. */
  readonly measured: string
  readonly people: number
  readonly photos: number
  readonly impostorPairs: number
  readonly genuinePairs: number
  /** By rising score and falling FMR; each rests on 30 false matches or more, apart from a table of few pairs. */
  readonly points: readonly CalibrationPoint[]
}

export interface CalibrationPoint {
  readonly score: number
  readonly fmr: number
  readonly fnmr: number
}

export interface CalibrationFacts {
  readonly model: string
  readonly measured: string
  readonly people: number
  readonly photos: number
}

/**
 * The table from counted scores of all pairs of labelled photos. It ends where fewer than 30 false matches are left; with
 * so few pairs that hardly anything would stay, it keeps all.
 */
export function calibrate(facts: CalibrationFacts, genuine: ScoreCounts, impostor: ScoreCounts): Calibration {
  const all = detPoints(genuine, impostor, 10)
    .toReversed()
    .filter(({ fmr }) => fmr > 0)
  const sound = all.filter(({ fmr }) => fmr * impostor.total >= RULE_OF_30 - 0.5)
  const kept = sound.length >= 10 ? sound : all
  const points: CalibrationPoint[] = []
  for (const { fmr } of kept) {
    // The score of the last pair of two people that is accepted; pairs of one person below it are missed.
    const step = impostor.firstStepAccepting(Math.round(fmr * impostor.total) - 1) - 1
    const score = scoreOfStep(step)
    const fnmr = 1 - genuine.acceptedAt(step) / genuine.total
    const last = points.at(-1)
    if (last !== undefined && (score <= last.score || fmr >= last.fmr)) continue
    points.push({ score, fmr: significant(fmr), fnmr: significant(fnmr) })
  }
  return { ...facts, impostorPairs: impostor.total, genuinePairs: genuine.total, points }
}

export interface Estimate<Value = number> {
  readonly value: Value
  /** Beyond what was measured: continued from the last tenfold fall of FMR, and less certain the further away. */
  readonly extrapolated: boolean
}

/** Nothing is said to be rarer. */
const LOWEST_FMR = 1e-12

/** The false match rate of a threshold: between measured points log-linear, never rising with the score. */
export function fmrAt({ points }: Calibration, score: number): Estimate {
  const [first, last] = ends(points)
  if (score <= first.score) return { value: first.fmr, extrapolated: score < first.score && first.fmr < 1 }
  if (score > last.score) {
    const log = Math.log10(last.fmr) + slopeOf(points) * (score - last.score)
    return { value: Math.max(LOWEST_FMR, 10 ** log), extrapolated: true }
  }
  const at = points.findIndex((point) => point.score >= score)
  const [below, above] = [points[at - 1] ?? first, points[at] ?? last]
  const share = (score - below.score) / (above.score - below.score)
  return { value: 10 ** mix(Math.log10(below.fmr), Math.log10(above.fmr), share), extrapolated: false }
}

/** The threshold of a false match rate, the inverse of {@link fmrAt}. @param fmr - above 0, at most 1 */
export function thresholdFor({ points }: Calibration, fmr: number): Estimate {
  const [first, last] = ends(points)
  const wanted = Math.max(LOWEST_FMR, fmr)
  if (wanted >= first.fmr) return { value: first.score, extrapolated: wanted > first.fmr }
  if (wanted < last.fmr) {
    const away = (Math.log10(wanted) - Math.log10(last.fmr)) / slopeOf(points)
    return { value: last.score + away, extrapolated: true }
  }
  const at = points.findIndex((point) => point.fmr <= wanted)
  const [below, above] = [points[at - 1] ?? first, points[at] ?? last]
  const [from, to] = [Math.log10(below.fmr), Math.log10(above.fmr)]
  return { value: mix(below.score, above.score, (Math.log10(wanted) - from) / (to - from)), extrapolated: false }
}

/** `about 1 false match in 2,400`: of comparisons of two people, how many reach the score. */
export function fmrText({ value, extrapolated }: Estimate): string {
  const said = extrapolated ? ', beyond what was measured' : ''
  if (value > 0.5) return `hardly better than chance${said}`
  const among = 1 / value
  const digits = Math.max(0, Math.floor(Math.log10(among)) - 1)
  const rounded = Math.round(among / 10 ** digits) * 10 ** digits
  return `about 1 false match in ${rounded.toLocaleString('en')}${said}`
}

/** Change of log10 of FMR per score over the last tenfold fall; always below 0. */
function slopeOf(points: readonly CalibrationPoint[]): number {
  const [first, last] = ends(points)
  const from = points.findLast(({ fmr }) => fmr >= last.fmr * 9.99) ?? first
  // A table of one point has no slope: ten times rarer per tenth of the score is what face models do, roughly.
  if (from.score >= last.score || from.fmr <= last.fmr) return -10
  return (Math.log10(last.fmr) - Math.log10(from.fmr)) / (last.score - from.score)
}

function ends(points: readonly CalibrationPoint[]): [CalibrationPoint, CalibrationPoint] {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) throw new Error('a calibration has at least one point')
  return [first, last]
}

const mix = (from: number, to: number, share: number): number => from + (to - from) * share
const significant = (value: number): number => Number(value.toPrecision(4))
