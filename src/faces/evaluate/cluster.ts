import { AppError } from '../../kit/errors/index.js'
import { type Matrix, tilesOf } from './products.js'

/** Most faces that may hang together by pairs above the threshold: their scores are held in memory, 1 GB. */
const LARGEST = 16_000

/**
 * Groups vectors: two groups are joined while the mean score of all pairs between them is at least the threshold, the
 * most similar first (agglomerative clustering with average linkage, UPGMA). Exact: groups that no pair above the
 * threshold connects are never joined, so each connected part is clustered for itself, by chains of nearest neighbours
 * (Murtagh, A survey of recent advances in hierarchical clustering algorithms, 1983) in time and memory of the square of
 * its size.
 *
 * @returns number of the cluster of each row, from 0 in the order of their first rows
 * @throws AppError FACES_FOLDER_UNREADABLE when more than 16,000 faces hang together
 */
export async function clusterVectors(vectors: Matrix, threshold: number, signal?: AbortSignal): Promise<Uint32Array> {
  const union = new Union(vectors.rows)
  for await (const tile of tilesOf(vectors, vectors, { triangle: true, signal })) {
    for (let row = 0; row < tile.rows; row++) {
      const left = tile.fromRow + row
      for (let column = Math.max(0, left + 1 - tile.fromColumn); column < tile.columns; column++)
        if ((tile.products[row * tile.columns + column] ?? 0) >= threshold) union.join(left, tile.fromColumn + column)
    }
  }
  const parts = Map.groupBy(
    Array.from({ length: vectors.rows }, (_, row) => row),
    (row) => union.rootOf(row),
  )
  const joined = new Union(vectors.rows)
  for (const rows of parts.values()) {
    if (rows.length === 1) continue
    if (rows.length > LARGEST) {
      throw new AppError(
        'FACES_FOLDER_UNREADABLE',
        `${rows.length} faces hang together at a threshold of ${threshold}; at most ${LARGEST} can be clustered.`,
        { hints: ['Give a higher --threshold, or fewer photos.'] },
      )
    }
    const own = { rows: rows.length, length: vectors.length, data: new Float32Array(rows.length * vectors.length) }
    for (const [at, row] of rows.entries())
      own.data.set(vectors.data.subarray(row * vectors.length, (row + 1) * vectors.length), at * vectors.length)
    for (const [a, b] of await joinsOf(own, threshold, signal)) joined.join(rows[a] ?? 0, rows[b] ?? 0)
  }
  const numbers = new Map<number, number>()
  return Uint32Array.from({ length: vectors.rows }, (_, row) => {
    const root = joined.rootOf(row)
    const number = numbers.get(root) ?? numbers.size
    numbers.set(root, number)
    return number
  })
}

/** Pairs of rows whose groups are joined, all of a mean score >= threshold. */
async function joinsOf(vectors: Matrix, threshold: number, signal?: AbortSignal): Promise<[number, number][]> {
  const count = vectors.rows
  const scores = new Float32Array(count * count)
  for await (const tile of tilesOf(vectors, vectors, { signal })) {
    for (let row = 0; row < tile.rows; row++)
      scores.set(
        tile.products.subarray(row * tile.columns, (row + 1) * tile.columns),
        (tile.fromRow + row) * count + tile.fromColumn,
      )
  }
  // Tiles may round differently; the chain below wants one score for a pair, whichever way it is looked at.
  for (let row = 0; row < count; row++)
    for (let column = 0; column < row; column++) scores[row * count + column] = scores[column * count + row] ?? 0
  const sizes = new Uint32Array(count).fill(1)
  const alive = new Uint8Array(count).fill(1)
  const joins: [number, number][] = []
  const chain: number[] = []
  for (let start = 0; start < count; ) {
    const top = chain.at(-1)
    if (top === undefined) {
      if (alive[start] === 1) chain.push(start)
      else start++
      continue
    }
    const before = chain.at(-2)
    const nearest = nearestOf(scores, alive, top, before)
    // Nothing above the threshold can come to this group any more: means between groups only fall when others join.
    if (nearest === undefined || (scores[top * count + nearest] ?? 0) < threshold) {
      alive[top] = 0
      chain.length = 0
      continue
    }
    if (nearest !== before) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    joins.push([nearest, top])
    merge(scores, { alive, sizes, keep: nearest, drop: top })
  }
  return joins
}

/** The most similar living group; the one that the chain came from where it is as similar as any. */
function nearestOf(
  scores: Float32Array,
  alive: Uint8Array,
  of: number,
  preferred: number | undefined,
): number | undefined {
  const count = alive.length
  let nearest = preferred
  let most = preferred === undefined ? Number.NEGATIVE_INFINITY : (scores[of * count + preferred] ?? 0)
  for (let other = 0; other < count; other++) {
    if (alive[other] === 0 || other === of) continue
    const score = scores[of * count + other] ?? 0
    if (score > most) [nearest, most] = [other, score]
  }
  return nearest
}

interface Merge {
  readonly alive: Uint8Array
  readonly sizes: Uint32Array
  readonly keep: number
  readonly drop: number
}

/** Mean scores of the joined group with all others, by the sizes of the two. */
function merge(scores: Float32Array, { alive, sizes, keep, drop }: Merge): void {
  const count = alive.length
  const [a, b] = [sizes[keep] ?? 0, sizes[drop] ?? 0]
  alive[drop] = 0
  sizes[keep] = a + b
  for (let other = 0; other < count; other++) {
    if (alive[other] === 0 || other === keep) continue
    const mean = (a * (scores[keep * count + other] ?? 0) + b * (scores[drop * count + other] ?? 0)) / (a + b)
    scores[keep * count + other] = mean
    scores[other * count + keep] = mean
  }
}

class Union {
  readonly #parents: Uint32Array

  constructor(size: number) {
    this.#parents = Uint32Array.from({ length: size }, (_, index) => index)
  }

  rootOf(index: number): number {
    let root = index
    for (let parent = this.#parents[root] ?? root; parent !== root; parent = this.#parents[root] ?? root) {
      this.#parents[root] = this.#parents[parent] ?? parent
      root = parent
    }
    return root
  }

  join(a: number, b: number): void {
    const [left, right] = [this.rootOf(a), this.rootOf(b)]
    if (left !== right) this.#parents[Math.max(left, right)] = Math.min(left, right)
  }
}
