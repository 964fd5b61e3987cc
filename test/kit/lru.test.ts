import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LruCache } from '../../src/kit/lru.js'

test('forgets what was not asked for longest', () => {
  const cache = new LruCache<string, number>(2)
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3])
})

test('never weighs more than its limit, and always has what was set last, if that fits', () => {
  const entry = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 40 }))
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const cache = new LruCache<number, number>(50, (value) => value)
      for (const [key, value] of entries) {
        cache.set(key, value)
        expect(cache.get(key)).toBe(value)
        const kept = Array.from({ length: 10 }, (_, each) => cache.get(each) ?? 0)
        expect(kept.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(50)
      }
      cache.set(0, 51)
      expect(cache.get(0)).toBeUndefined()
    }),
  )
})
