import { describe, expect, test } from 'vitest'
import { measureAll } from '../../../../src/faces/evaluate/measure-pairs.js'
import { compareAll, countPairs } from '../../../../src/faces/evaluate/metrics/all-pairs.js'
import { bootstrapFnmr } from '../../../../src/faces/evaluate/metrics/bootstrap.js'
import { rateAt } from '../../../../src/faces/evaluate/metrics/error-rates.js'
import { peopleVectors } from '../../../../src/faces/evaluate/people.js'
import { shuffled } from '../../../../src/faces/evaluate/random.js'
import { inventedPeople } from '../invent.js'

const { photos, described } = inventedPeople({ people: 30, each: 4, noise: 1.1 })

describe('all pairs', () => {
  test('are those of one person and of two, each once, with the scores of a plain loop', async () => {
    const set = peopleVectors(photos, described)
    const { genuine, impostor, genuinePairs, impostorTail, people } = await compareAll(set, { tail: 1 })
    expect([people, genuine.total, impostor.total]).toEqual([30, 30 * 6, (120 * 119) / 2 - 180])
    const plain: number[] = []
    for (const [index, a] of photos.entries())
      for (const b of photos.slice(index + 1)) if (a.person !== b.person) plain.push(score(a.path, b.path))
    plain.sort((a, b) => b - a)
    expect(impostorTail.scores).toHaveLength(plain.length)
    for (const [index, value] of impostorTail.scores.entries()) expect(value).toBeCloseTo(plain[index] ?? 9, 5)
    expect(genuinePairs.left).toEqual(genuinePairs.right)
  })

  test('give the same rates by onnxruntime as by the loop, in any order', async () => {
    // 700 × 700 × 64 multiplications are too many for the loop.
    const many = inventedPeople({ people: 175, each: 4, noise: 1.5 })
    const forth = await compareAll(peopleVectors(many.photos, many.described))
    const back = await compareAll(peopleVectors(shuffled(many.photos, 3), many.described))
    const byHand = countPairs(
      many.photos.flatMap((a, index) =>
        many.photos.slice(index + 1).map((b) => ({
          left: Number(a.person),
          right: Number(b.person),
          score: score(a.path, b.path, many.described),
        })),
      ),
      175,
    )
    for (const target of [0.1, 0.01]) {
      const rates = [forth, back, byHand].map(({ genuine, impostor }) => rateAt(genuine, impostor, target))
      for (const rate of rates) {
        expect(rate.threshold).toBeCloseTo(rates[0]?.threshold ?? 9, 5)
        expect(rate.fnmr).toBeCloseTo(rates[0]?.fnmr ?? 9, 2)
      }
      expect(rates[0]?.fnmr).toBeGreaterThan(0.005)
    }
  })

  test('with a photo without a face are not matched, and are told', async () => {
    const [first] = photos
    const without = new Map(described)
    without.delete(first?.path ?? '')
    const measure = await measureAll(photos, without)
    expect(measure.genuine).toEqual({ pairs: 180, failed: 3 })
    expect(measure.impostor).toEqual({ pairs: 6960, failed: 116 })
    expect(measure.rates.every(({ falseNonMatches }) => falseNonMatches >= 3)).toBe(true)
  })
})

describe('intervals', () => {
  test('hold the rate, are the same for a seed, and shrink with more people', async () => {
    const width = async (people: number): Promise<number> => {
      const made = inventedPeople({ people, each: 3, noise: 1.6 })
      const [rate] = (await measureAll(made.photos, made.described, { targets: [0.05] })).rates
      expect(rate?.interval?.low).toBeLessThanOrEqual(rate?.fnmr ?? -1)
      expect(rate?.interval?.high).toBeGreaterThanOrEqual(rate?.fnmr ?? 2)
      return (rate?.interval?.high ?? 0) - (rate?.interval?.low ?? 0)
    }
    const [small, again, large] = [await width(12), await width(12), await width(150)]
    expect(small).toBe(again)
    expect(large).toBeLessThan(small * 0.7)
  })

  test('are as wide as the binomial says where people are independent', () => {
    // 400 people with one genuine pair each, a fifth below the threshold: standard error 0.02.
    const people = 400
    const genuine = Array.from({ length: people }, (_, person) => ({
      left: person,
      right: person,
      score: person % 5 === 0 ? 0.1 : 0.9,
    }))
    const impostor = Array.from({ length: people }, (_, person) => ({
      left: person,
      right: (person + 1) % people,
      score: person % 2 === 0 ? 0.5 : 0.2,
    }))
    const scores = countPairs([...genuine, ...impostor], people)
    const [interval] = bootstrapFnmr({ ...scores, genuine: scores.genuinePairs, targets: [0.01], samples: 500 })
    expect(interval?.low).toBeGreaterThan(0.2 - 3 * 0.02)
    expect(interval?.low).toBeLessThan(0.2 - 1.2 * 0.02)
    expect(interval?.high).toBeGreaterThan(0.2 + 1.2 * 0.02)
    expect(interval?.high).toBeLessThan(0.2 + 3 * 0.02)
  })
})

function score(a: string, b: string, from = described): number {
  const [left, right] = [from.get(a)?.vector ?? [], from.get(b)?.vector ?? []]
  let sum = 0
  for (const [index, value] of left.entries()) sum += value * (right[index] ?? 0)
  return sum
}
