import { expect, test } from 'vitest'
import { internFiles, oncePerFile } from '../../../src/cards/pass/intern-files.js'

const files = (...texts: string[]) => new Map(texts.map((text, index) => [`${index}.png`, Buffer.from(text)]))

test('equal files of two passes are one object, others are not, and contents stay', () => {
  const first = internFiles(files('one', 'two'))
  const second = internFiles(files('two', 'three'))
  expect(second.get('0.png')).toBe(first.get('1.png'))
  expect(second.get('1.png')).not.toBe(first.get('0.png'))
  expect([...second.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual(['two', 'three'])
})

test('a file that lies in an archive does not keep the archive', () => {
  const archive = Buffer.from(new Uint8Array(1_000_000).buffer)
  const inside = archive.subarray(10, 20)
  expect(internFiles(new Map([['a', inside]])).get('a')?.buffer.byteLength).toBe(10)
})

test('what is computed of a file is computed once', () => {
  let count = 0
  const length = oncePerFile((bytes) => {
    count++
    return bytes.length
  })
  const bytes = Buffer.from('abc')
  expect([length(bytes), length(bytes), length(Buffer.from('abc'))]).toEqual([3, 3, 3])
  expect(count).toBe(2)
})
