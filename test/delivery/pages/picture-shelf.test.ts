import { describe, expect, test } from 'vitest'
import { createPictureShelf } from '../../../src/delivery/pages/picture-shelf.js'

const LIMITS = { bytes: 1000, atOnce: 2, waiting: 3 }

describe('the shelf of pictures', () => {
  test('draws a bounded number at a time and turns away what would wait too long', async () => {
    const shelf = createPictureShelf(LIMITS)
    let working = 0
    let most = 0
    const draw = async () => {
      most = Math.max(most, ++working)
      await new Promise((resolve) => setTimeout(resolve, 10))
      working--
      return Buffer.from('x')
    }
    const replies = await Promise.all(Array.from({ length: 8 }, (_, index) => shelf.get(`${index}`, draw)))
    expect(replies.map((reply) => reply !== undefined)).toEqual([true, true, true, true, true, false, false, false])
    expect(most).toBe(2)
    expect(await shelf.get('7', draw)).toBeDefined()
  })

  test('forgets the oldest when it is full', async () => {
    const shelf = createPictureShelf(LIMITS)
    let drawn = 0
    const draw = async () => {
      drawn++
      return Buffer.alloc(400)
    }
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await shelf.get(name, draw)
    expect(drawn).toBe(4)
  })

  test('does not keep failures, and goes on after them', async () => {
    const shelf = createPictureShelf({ ...LIMITS, atOnce: 1 })
    const fail = () => Promise.reject(new Error('no ink'))
    const both = await Promise.allSettled([shelf.get('a', fail), shelf.get('b', fail), shelf.get('a', fail)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await shelf.get('a', async () => Buffer.from('ink'))).toEqual(Buffer.from('ink'))
  })

  test('a picture that is larger than the shelf is drawn, not kept', async () => {
    const shelf = createPictureShelf(LIMITS)
    expect((await shelf.get('a', async () => Buffer.alloc(5000)))?.length).toBe(5000)
  })
})
