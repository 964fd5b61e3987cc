import { expect, test } from 'vitest'
import { oid, TAG, tlv } from '../../../src/signing/der.js'
import { isSameName } from '../../../src/signing/verify/same-name.js'

const UTF8 = 12
const PRINTABLE = 19

/** A distinguished name of one common name. */
function name(text: string, { tag = UTF8, extra = [] }: { tag?: number; extra?: Buffer[] } = {}): Buffer {
  const attribute = tlv(TAG.sequence, oid('2.5.4.3'), tlv(tag, Buffer.from(text)), ...extra)
  return tlv(TAG.sequence, tlv(TAG.set, attribute))
}

test('case, spaces and the type of a string make no other name', () => {
  expect(isSameName(name('Apple  Inc.'), name(' apple inc.', { tag: PRINTABLE }))).toBe(true)
  expect(isSameName(name('Apple Inc.'), name('Apple Inc'))).toBe(false)
})

test('an attribute that is more than a type and a value is in no name', () => {
  const more = name('Apple Inc.', { extra: [tlv(UTF8, Buffer.from('Apple Inc.'))] })
  expect(isSameName(name('Apple Inc.'), more)).toBe(false)
  expect(isSameName(more, more)).toBe(false)
})

test('what is no name is the same as none', () => {
  expect(isSameName(Buffer.from('nonsense'), name('Apple Inc.'))).toBe(false)
})
