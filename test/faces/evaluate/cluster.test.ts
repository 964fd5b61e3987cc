import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterVectors } from '../../../src/faces/evaluate/cluster.js'
import { compareClusters } from '../../../src/faces/evaluate/metrics/clustering.js'
import { dotOf, matrixOf } from '../../../src/faces/evaluate/products.js'
import { inventedPeople, unit } from './invent.js'

describe('comparing clusters with people', () => {
  test('is what Bagga and Baldwin’s example gives', () => {
    // Their example: people of 5, 2 and 5; one answer joins the first two, another the first and the last.
    const person = [...Array(5).fill(0), 1, 1, ...Array(5).fill(2)]
    const first = compareClusters(person, [...Array(7).fill(0), ...Array(5).fill(1)])
    const second = compareClusters(person, [...Array(5).fill(0), 1, 1, ...Array(5).fill(0)])
    expect(first.bcubed.precision).toBeCloseTo(0.762, 3)
    expect(second.bcubed.precision).toBeCloseTo(0.583, 3)
    expect([first.bcubed.recall, second.bcubed.recall]).toEqual([1, 1])
    // Pairs: 10 + 1 + 10 right of 21 + 10, and of 45 + 1.
    expect(first.pairwise.precision).toBeCloseTo(21 / 31)
    expect(second.pairwise.precision).toBeCloseTo(21 / 46)
  })

  test('counts people, groups and those of one', () => {
    expect(compareClusters([0, 0, 1, 2], [0, 1, 1, 2])).toMatchObject({
      photos: 4,
      people: 3,
      singlePeople: 2,
      clusters: 3,
      singletons: 2,
      pairwise: { precision: 0, recall: 0, f: 0 },
    })
  })

  test('is perfect for itself under other numbers, and precision and recall change places with the sides', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        const size = Math.min(a.length, b.length)
        const [person, cluster] = [a.slice(0, size), b.slice(0, size)]
        const itself = compareClusters(
          person,
          person.map((label) => 100 - label),
        )
        expect([itself.bcubed.f, itself.pairwise.f]).toEqual([1, 1])
        const [there, back] = [compareClusters(person, cluster), compareClusters(cluster, person)]
        expect(there.bcubed.precision).toBeCloseTo(back.bcubed.recall, 12)
        expect(there.pairwise.precision).toBe(back.pairwise.recall)
      }),
    )
  })
})

describe('clustering', () => {
  test('joins while the mean score of all pairs is high enough, the most similar first', async () => {
    const at = (degrees: number) => unit([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)])
    const vectors = matrixOf([at(0), at(90), at(10), at(32)])
    // 0 and 10 are joined first; their mean score with 32 is (cos 32 + cos 22) / 2 = 0.8876.
    expect([...(await clusterVectors(vectors, 0.88))]).toEqual([0, 1, 0, 0])
    expect([...(await clusterVectors(vectors, 0.89))]).toEqual([0, 1, 0, 2])
    expect([...(await clusterVectors(vectors, -1))]).toEqual([0, 0, 0, 0])
    expect([...(await clusterVectors(matrixOf([]), 0.5))]).toEqual([])
  })

  test('agrees with joining step by step', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { described } = inventedPeople({ people: 8, each: 4, noise: 1.2, length: 8, seed })
      const vectors = [...described.values()].map(({ vector }) => vector)
      for (const threshold of [0.2, 0.4, 0.6])
        expect([...(await clusterVectors(matrixOf(vectors), threshold))]).toEqual(stepByStep(vectors, threshold))
    }
  })

  test('finds people that are far apart', async () => {
    const { photos, described } = inventedPeople({ people: 150, each: 5, noise: 0.5 })
    const clusters = await clusterVectors(matrixOf([...described.values()].map(({ vector }) => vector)), 0.5)
    const { bcubed } = compareClusters(
      photos.map(({ person }) => Number(person)),
      clusters,
    )
    expect(bcubed).toMatchObject({ precision: 1, recall: 1 })
  })
})

/** Average linkage as it is defined: the two groups of the highest mean score are joined, again and again. */
function stepByStep(vectors: readonly Float32Array[], threshold: number): number[] {
  const dot = (a: number, b: number): number =>
    dotOf(vectors[a] ?? new Float32Array(), vectors[b] ?? new Float32Array())
  let groups = vectors.map((_, index) => [index])
  for (;;) {
    let best: { score: number; a: number; b: number } | undefined
    for (const [a, left] of groups.entries())
      for (const [b, right] of groups.entries()) {
        if (b <= a) continue
        const scores = left.flatMap((i) => right.map((j) => dot(i, j)))
        const score = scores.reduce((sum, value) => sum + value, 0) / scores.length
        if (best === undefined || score > best.score) best = { score, a, b }
      }
    if (best === undefined || best.score < threshold) break
    const { a, b } = best
    const joined = [...(groups[a] ?? []), ...(groups[b] ?? [])].sort((i, j) => i - j)
    groups = [...groups.filter((_, index) => index !== a && index !== b), joined]
  }
  groups.sort((left, right) => (left[0] ?? 0) - (right[0] ?? 0))
  return vectors.map((_, index) => groups.findIndex((group) => group.includes(index)))
}
