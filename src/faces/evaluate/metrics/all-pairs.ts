import type { PeopleVectors } from '../people.js'
import { tilesOf } from '../products.js'
import type { PairColumns } from './bootstrap.js'
import { ScoreCounts, scoreOfStep } from './score-counts.js'

/** Scores of pairs of photos, counted, and what the bootstrap wants of them. */
export interface PairScores {
  readonly people: number
  readonly genuine: ScoreCounts
  readonly impostor: ScoreCounts
  readonly genuinePairs: PairColumns
  /** The highest scores, falling. */
  readonly impostorTail: PairColumns
  impostorTotal(weights: Uint32Array): number
}

export interface AllPairsOptions {
  /** Share of the impostor pairs kept for the bootstrap: several times the largest FMR of interest. */
  readonly tail?: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Compares every photo with every other one. Pairs are counted as they come; kept are the genuine ones and the impostor
 * pairs of the highest scores, which takes a second pass. Pairs with a photo that gave no face are counted as failed.
 */
export async function compareAll(
  set: PeopleVectors,
  { tail = 0.03, signal }: AllPairsOptions = {},
): Promise<PairScores> {
  const { vectors, personOf, photosOf } = set
  const found = new Uint32Array(photosOf.length)
  for (const person of personOf) found[person] = (found[person] ?? 0) + 1
  const genuineTotal = sum(photosOf, pairsAmong)
  const genuineFound = sum(found, pairsAmong)
  const [genuine, impostor] = [new ScoreCounts(), new ScoreCounts()]
  const pairs = columnsOf(genuineTotal)
  let next = 0
  const eachPair = async (visit: (score: number, left: number, right: number) => void): Promise<void> => {
    for await (const { products, fromRow, rows, fromColumn, columns } of tilesOf(vectors, vectors, {
      triangle: true,
      signal,
    })) {
      for (let row = 0; row < rows; row++) {
        const left = personOf[fromRow + row] ?? 0
        for (let column = Math.max(0, fromRow + row + 1 - fromColumn); column < columns; column++)
          visit(products[row * columns + column] ?? 0, left, personOf[fromColumn + column] ?? 0)
      }
    }
  }
  await eachPair((score, left, right) => {
    if (left !== right) impostor.add(score)
    else {
      genuine.add(score)
      put(pairs, next++, score, left, right)
    }
  })
  genuine.addFailed(genuineTotal - genuineFound)
  for (const [person, photos] of photosOf.entries()) {
    const missing = pairsAmong(photos) - pairsAmong(found[person] ?? 0)
    for (let pair = 0; pair < missing; pair++) put(pairs, next++, Number.NEGATIVE_INFINITY, person, person)
  }
  const impostorTotal = pairsAmong(sum(photosOf, (photos) => photos)) - genuineTotal
  impostor.addFailed(impostorTotal - impostor.total)

  const step = impostor.firstStepAccepting(Math.ceil(tail * impostorTotal))
  const tailColumns = columnsOf(impostor.acceptedAt(step))
  const lowest = scoreOfStep(step) - 0.5e-6
  let kept = 0
  await eachPair((score, left, right) => {
    if (left !== right && score >= lowest && kept < tailColumns.scores.length)
      put(tailColumns, kept++, score, left, right)
  })
  return {
    people: photosOf.length,
    genuine,
    impostor,
    genuinePairs: pairs,
    impostorTail: falling(tailColumns, kept),
    impostorTotal(weights) {
      let [all, own] = [0, 0]
      for (const [person, photos] of photosOf.entries()) {
        const drawn = photos * (weights[person] ?? 0)
        all += drawn
        own += drawn * drawn
      }
      return (all * all - own) / 2
    },
  }
}

export interface PersonPair {
  readonly left: number
  readonly right: number
  /** Minus infinity when a photo gave no face. */
  readonly score: number
}

/** The same of listed pairs; whether a pair is genuine say its people. */
export function countPairs(pairs: readonly PersonPair[], people: number): PairScores {
  const isGenuine = ({ left, right }: PersonPair): boolean => left === right
  const genuine = pairs.filter(isGenuine)
  const impostor = pairs.filter((pair) => !isGenuine(pair))
  const columns = (list: readonly PersonPair[]): PairColumns => {
    const made = columnsOf(list.length)
    for (const [index, { score, left, right }] of list.entries()) put(made, index, score, left, right)
    return made
  }
  return {
    people,
    genuine: ScoreCounts.of(genuine.map(({ score }) => score)),
    impostor: ScoreCounts.of(impostor.map(({ score }) => score)),
    genuinePairs: columns(genuine),
    impostorTail: falling(columns(impostor), impostor.length),
    impostorTotal: (weights) =>
      impostor.reduce((total, { left, right }) => total + (weights[left] ?? 0) * (weights[right] ?? 0), 0),
  }
}

function columnsOf(rows: number): PairColumns {
  return { scores: new Float32Array(rows), left: new Uint32Array(rows), right: new Uint32Array(rows) }
}

function put({ scores, left, right }: PairColumns, at: number, score: number, a: number, b: number): void {
  scores[at] = score
  left[at] = a
  right[at] = b
}

function falling(columns: PairColumns, rows: number): PairColumns {
  const { scores, left, right } = columns
  const order = Uint32Array.from({ length: rows }, (_, index) => index)
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
  const sorted = columnsOf(rows)
  for (const [at, from] of order.entries()) put(sorted, at, scores[from] ?? 0, left[from] ?? 0, right[from] ?? 0)
  return sorted
}

const pairsAmong = (photos: number): number => (photos * (photos - 1)) / 2

function sum(values: Uint32Array, of: (value: number) => number): number {
  let total = 0
  for (const value of values) total += of(value)
  return total
}
