import { compareAll, countPairs, type PairScores } from './metrics/all-pairs.js'
import { bootstrapFnmr, type Interval } from './metrics/bootstrap.js'
import {
  type DetPoint,
  detPoints,
  type EqualError,
  equalError,
  FMR_TARGETS,
  type RateAt,
  rateAt,
} from './metrics/error-rates.js'
import { accuracyAt, bestThreshold, crossValidate, type FoldsResult, type ScoredPair } from './metrics/folds.js'
import { peopleVectors } from './people.js'
import { dotOf } from './products.js'
import { photoKey } from './read/folders.js'
import { isGenuine, type PairsFile } from './read/pairs.js'
import type { ScoreRow } from './scores-file.js'
import type { Described, LabelledPhoto } from './types.js'

/** Error rates over some pairs. */
export interface PairsMeasure {
  readonly people: number
  readonly photos: number
  readonly genuine: PairCount
  readonly impostor: PairCount
  /** By falling FMR. Empty without pairs of both kinds. */
  readonly rates: readonly (RateAt & { readonly interval: Interval | null })[]
  readonly equalError: EqualError | null
  readonly det: readonly DetPoint[]
}

export interface PairCount {
  readonly pairs: number
  /** Pairs with a photo that gave no face: not matched. */
  readonly failed: number
}

/** What the pairs of a file say. */
export interface ListedMeasure extends PairsMeasure {
  /** Null when the file has one fold. */
  readonly folds: FoldsResult | null
  /** Accuracy at the threshold that is best on these very pairs: an upper bound. */
  readonly best: { readonly accuracy: number; readonly threshold: number }
}

export type ListedPair = ScoredPair & Pick<ScoreRow, 'left' | 'right'>

/** Scores of the pairs of a file, in its order. @param places - of {@link photoKey} */
export function scorePairs(
  { pairs }: PairsFile,
  places: ReadonlyMap<string, string>,
  described: ReadonlyMap<string, Described>,
): ListedPair[] {
  return pairs.map((pair) => {
    const left = places.get(photoKey(pair.left)) ?? ''
    const right = places.get(photoKey(pair.right)) ?? ''
    const [a, b] = [described.get(left), described.get(right)]
    const score = a === undefined || b === undefined ? Number.NEGATIVE_INFINITY : dotOf(a.vector, b.vector)
    return { fold: pair.fold, same: isGenuine(pair), score, left, right }
  })
}

/** Labels of the photos that a file of pairs names, each once, sorted by path. */
export function photosOfPairs({ pairs }: PairsFile, places: ReadonlyMap<string, string>): LabelledPhoto[] {
  const photos = new Map<string, string>()
  for (const { left, right } of pairs)
    for (const photo of [left, right]) photos.set(places.get(photoKey(photo)) ?? '', photo.person)
  return [...photos].map(([path, person]) => ({ path, person })).sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function measureListed(file: PairsFile, scored: readonly ListedPair[]): ListedMeasure {
  const people = new Map<string, number>()
  const numberOf = (name: string): number => {
    const number = people.get(name) ?? people.size
    people.set(name, number)
    return number
  }
  const pairs = file.pairs.map(({ left, right }, index) => ({
    left: numberOf(left.person),
    right: numberOf(right.person),
    score: scored[index]?.score ?? Number.NEGATIVE_INFINITY,
  }))
  const photos = new Set(scored.flatMap(({ left, right }) => [left, right])).size
  const threshold = bestThreshold(scored)
  return {
    ...measureScores(countPairs(pairs, people.size), photos),
    folds: crossValidate(scored) ?? null,
    best: { accuracy: accuracyAt(scored, threshold), threshold },
  }
}

export interface MeasureOptions {
  readonly targets?: readonly number[]
  readonly signal?: AbortSignal | undefined
}

/** Every photo compared with every other one. */
export async function measureAll(
  photos: readonly LabelledPhoto[],
  described: ReadonlyMap<string, Described>,
  { targets = FMR_TARGETS, signal }: MeasureOptions = {},
): Promise<PairsMeasure> {
  const scores = await compareAll(peopleVectors(photos, described), { tail: 3 * Math.max(...targets), signal })
  return measureScores(scores, photos.length, targets)
}

export function measureScores(
  scores: PairScores,
  photos: number,
  targets: readonly number[] = FMR_TARGETS,
): PairsMeasure {
  const { genuine, impostor, people } = scores
  const counts = {
    people,
    photos,
    genuine: { pairs: genuine.total, failed: genuine.failed },
    impostor: { pairs: impostor.total, failed: impostor.failed },
  }
  if (genuine.total === 0 || impostor.total === 0) return { ...counts, rates: [], equalError: null, det: [] }
  const intervals = bootstrapFnmr({ ...scores, genuine: scores.genuinePairs, targets })
  const rates = targets.map((target, index) => {
    const { low, high } = intervals[index] ?? { low: Number.NaN, high: Number.NaN }
    const interval = Number.isNaN(low) ? null : { low, high }
    return { ...rateAt(genuine, impostor, target), interval }
  })
  return { ...counts, rates, equalError: equalError(genuine, impostor), det: detPoints(genuine, impostor) }
}
