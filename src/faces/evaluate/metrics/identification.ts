/**
 * Open-set identification, as NIST measures it (FRTE 1:N Identification, section "Metrics"): a probe is looked for in a
 * gallery in which its person may or may not be.
 *
 * - FPIR(N, T): share of searches for people who are not in the gallery of N people that return anyone with a score >= T.
 * - FNIR(N, T): share of searches for people who are in it whose person is not returned with a score >= T.
 * - Rank-1 miss: share of the latter searches whose best candidate is someone else (no threshold: investigation).
 *
 * A probe without a face returns no one. A person none of whose gallery photos gave a face cannot be returned.
 */
import type { PeopleVectors } from '../people.js'
import { tilesOf } from '../products.js'
import { shuffled } from '../random.js'
import { type EqualError, RULE_OF_30 } from './error-rates.js'
import { ScoreCounts, scoreOfStep } from './score-counts.js'

export const FPIR_TARGETS = [0.003, 0.01, 0.1] as const

export interface IdentificationRate {
  readonly target: number
  readonly threshold: EqualError['threshold']
  readonly fpir: number
  readonly fnir: number
  /** Fewer than 30 false positives to estimate this from. */
  readonly few: boolean
}

export interface IdentificationResult {
  /** People in the gallery: N. */
  readonly people: number
  /** Searches for people in the gallery, and for others. */
  readonly mated: number
  readonly nonMated: number
  /** Null without mated searches. */
  readonly rankOneMiss: number | null
  /** Empty without searches of both kinds. */
  readonly rates: readonly IdentificationRate[]
}

export interface Galleries {
  readonly gallery: PeopleVectors
  /** With the gallery's people first: see `peopleVectors`. */
  readonly probes: PeopleVectors
}

/** Sizes of galleries that are tried: 10, 100, … people, and all. */
export function gallerySizes(people: number): number[] {
  const sizes: number[] = []
  for (let size = 10; size < people; size *= 10) sizes.push(size)
  return [...sizes, people]
}

/**
 * Searches for every probe in galleries of growing size; the smaller ones hold people drawn from the whole (`seed`), and
 * whoever is not in one is a stranger to it. A person's score is that of the most similar gallery photo; a probe is not
 * compared with the same file.
 */
export async function identify(
  { gallery, probes }: Galleries,
  { seed = 1, signal, targets = FPIR_TARGETS }: IdentifyOptions = {},
): Promise<IdentificationResult[]> {
  const enrolled = [...gallery.photosOf.keys()]
  const order = shuffled(enrolled, seed)
  /** Person -> place in the order in which galleries grow. */
  const placeOf = new Uint32Array(order.length)
  for (const [place, person] of order.entries()) placeOf[person] = place
  const sizes = gallerySizes(order.length)
  const searches = sizes.map((size) => new Searches(size))
  const best = new Float32Array(order.length)
  let row = 0
  for await (const similar of probeRows(probes, gallery, signal)) {
    best.fill(Number.NEGATIVE_INFINITY)
    for (const [column, score] of similar.entries()) {
      if (gallery.pathOf[column] === probes.pathOf[row]) continue
      const place = placeOf[gallery.personOf[column] ?? 0] ?? 0
      if (score > (best[place] ?? 0)) best[place] = score
    }
    const person = probes.personOf[row] ?? 0
    // Whoever is enrolled by this very photo alone cannot be found by it, and is no stranger either.
    const itself =
      best[placeOf[person] ?? -1] === Number.NEGATIVE_INFINITY && enrolledBy(gallery, person, probes.pathOf[row])
    if (!itself) tell(searches, best, person < placeOf.length ? placeOf[person] : undefined)
    row++
  }
  const found = new Uint32Array(probes.photosOf.length)
  for (const person of probes.personOf) found[person] = (found[person] ?? 0) + 1
  for (const [person, photos] of probes.photosOf.entries())
    for (const search of searches) search.addFailed(photos - (found[person] ?? 0), placeOf[person])
  return searches.map((search) => search.result(targets))
}

export interface IdentifyOptions {
  readonly seed?: number
  readonly signal?: AbortSignal | undefined
  readonly targets?: readonly number[]
}

/** Tells all sizes of a search in one walk over the people in order. */
function tell(searches: readonly Searches[], best: Float32Array, mate: number | undefined): void {
  let other = Number.NEGATIVE_INFINITY
  let place = 0
  for (const search of searches) {
    for (; place < search.size; place++) if (place !== mate) other = Math.max(other, best[place] ?? 0)
    search.add(other, mate !== undefined && mate < search.size ? (best[mate] ?? 0) : undefined)
  }
}

class Searches {
  readonly size: number
  readonly #mates = new ScoreCounts()
  readonly #strangers = new ScoreCounts()
  #missed = 0

  constructor(size: number) {
    this.size = size
  }

  add(other: number, mate: number | undefined): void {
    if (mate === undefined) this.#strangers.add(other)
    else {
      this.#mates.add(mate)
      if (!(mate > other)) this.#missed++
    }
  }

  addFailed(probes: number, place: number | undefined): void {
    if (place === undefined || place >= this.size) this.#strangers.addFailed(probes)
    else {
      this.#mates.addFailed(probes)
      this.#missed += probes
    }
  }

  result(targets: readonly number[]): IdentificationResult {
    const [mated, nonMated] = [this.#mates.total, this.#strangers.total]
    return {
      people: this.size,
      mated,
      nonMated,
      rankOneMiss: mated === 0 ? null : this.#missed / mated,
      rates: mated === 0 || nonMated === 0 ? [] : targets.map((target) => this.#rate(target)),
    }
  }

  #rate(target: number): IdentificationRate {
    const allowed = Math.floor(target * this.#strangers.total * (1 + Number.EPSILON * 4))
    const step = this.#strangers.firstStepAccepting(allowed)
    return {
      target,
      threshold: scoreOfStep(step),
      fpir: this.#strangers.acceptedAt(step) / this.#strangers.total,
      fnir: 1 - this.#mates.acceptedAt(step) / this.#mates.total,
      few: allowed < RULE_OF_30,
    }
  }
}

/** Whether the only photos of a person in the gallery that show a face are this file. */
function enrolledBy(gallery: PeopleVectors, person: number, path: string | undefined): boolean {
  const photos = gallery.pathOf.filter((_path, column) => gallery.personOf[column] === person)
  return photos.length > 0 && photos.every((photo) => photo === path)
}

/** For each probe, its scores with all gallery photos. */
async function* probeRows(
  { vectors }: PeopleVectors,
  gallery: PeopleVectors,
  signal: AbortSignal | undefined,
): AsyncGenerator<Float32Array> {
  const width = gallery.vectors.rows
  if (width === 0) {
    for (let row = 0; row < vectors.rows; row++) yield new Float32Array(0)
    return
  }
  let rows: Float32Array[] = []
  for await (const tile of tilesOf(vectors, gallery.vectors, { signal })) {
    if (tile.fromColumn === 0) rows = Array.from({ length: tile.rows }, () => new Float32Array(width))
    for (const [row, scores] of rows.entries())
      scores.set(tile.products.subarray(row * tile.columns, (row + 1) * tile.columns), tile.fromColumn)
    if (tile.fromColumn + tile.columns === width) yield* rows
  }
}
