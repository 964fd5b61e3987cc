import { describe, expect, test } from 'vitest'
import { addressKey, Counter } from '../../src/http/limits.js'

describe('a counter', () => {
  test('lets so many through in a minute and tells how long to wait', () => {
    let now = 1_000_000 * 60_000
    const counter = new Counter(2, () => now)
    expect([counter.count('a'), counter.count('a')]).toEqual([0, 0])
    expect(counter.check('a')).toBe(60)
    now += 45_000
    expect(counter.count('a')).toBe(15)
    expect(counter.count('b')).toBe(0)
    now += 15_000
    expect(counter.count('a')).toBe(0)
  })

  test('lets everything through when there is no limit', () => {
    const counter = new Counter(0, () => 0)
    for (let index = 0; index < 1000; index++) expect(counter.count('a')).toBe(0)
  })

  test('forgets rather than growing without end', () => {
    const counter = new Counter(1, () => 0)
    const before = process.memoryUsage().heapUsed
    for (let index = 0; index < 1_000_000; index++) counter.count(`key-${index}`)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000)
  })
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key)
})
