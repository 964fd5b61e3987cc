import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Asn1Element, Asn1Error, readAsn1 } from '../../../src/signing/verify/asn1.js'
import { definite, integerHex, octetsOf, oidOf, textOf, timeOf } from '../../../src/signing/verify/asn1-values.js'

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')
const read = (text: string): Asn1Element => readAsn1(hex(text))

describe('reading BER', () => {
  test('definite and indefinite length, primitive and constructed', () => {
    const element = read('30 80 02 01 05 24 80 04 02 61 62 04 01 63 00 00 00 00')
    expect(element).toMatchObject({ tag: 16, constructed: true, indefinite: true })
    expect(element.children).toHaveLength(2)
    expect(Buffer.from(octetsOf(element.children[1]!)).toString()).toBe('abc')
    expect(definite(element).toString('hex')).toBe('3008020105040361' + '6263')
  })

  test('long lengths and high tag numbers', () => {
    const element = read(`04 81 80 ${'00'.repeat(128)}`)
    expect(element.content).toHaveLength(128)
    expect(read('bf 8a 6e 02 05 00')).toMatchObject({ tagClass: 'context', tag: 1390, constructed: true })
    expect(definite(read('bf 8a 6e 80 05 00 00 00')).toString('hex')).toBe('bf8a6e020500')
  })

  test.each([
    ['', 'the input ends inside an element'],
    ['30', 'the input ends inside an element'],
    ['30 05 02 01 05', 'an element is longer than what contains it'],
    ['30 03 02 05 05', 'an element is longer than what contains it'],
    ['30 80 02 01 05', 'the end-of-contents marker is missing'],
    ['04 80 00 00', 'a primitive element has no length'],
    ['30 85 01 00 00 00 00', 'a length is too large'],
    ['1f ff ff ff 01 00', 'a tag number is too large'],
    ['05 00 05 00', 'bytes follow the element'],
  ])('%s is refused: %s', (bytes, message) => {
    expect(() => read(bytes)).toThrow(message)
  })

  test('limits on depth, number and size', () => {
    const deep = Buffer.alloc(200)
    for (let index = 0; index < 100; index++) deep.set([0x30, 0x80], index * 2)
    expect(() => readAsn1(deep)).toThrow('nested too deeply')
    const limits = { depth: 5, elements: 3, bytes: 10 }
    expect(() => readAsn1(hex('30 06 05 00 05 00 05 00'), limits)).toThrow('too many elements')
    expect(() => readAsn1(Buffer.alloc(11), limits)).toThrow('more than the limit')
  })

  test('values', () => {
    expect(oidOf(read('06 09 2a 86 48 86 f7 0d 01 07 02'), 'x')).toBe('1.2.840.113549.1.7.2')
    expect(oidOf(read('06 03 88 37 03'), 'x')).toBe('2.999.3')
    expect(() => oidOf(read('06 02 2a 86'), 'the type')).toThrow('the type is a malformed object identifier')
    expect(integerHex(read('02 03 00 8f ff'), 'x')).toBe('8fff')
    expect(integerHex(read('02 01 00'), 'x')).toBe('00')
    expect(textOf(read('1e 04 00 41 04 1f'))).toBe('AП')
    expect(textOf(read('14 01 e9'))).toBe('é')
    expect(timeOf(readAsn1(Buffer.from('\x17\x0d491231235959Z', 'latin1')))).toBe(Date.UTC(2049, 11, 31, 23, 59, 59))
    expect(timeOf(readAsn1(Buffer.from('\x17\x0d500101000000Z', 'latin1')))).toBe(Date.UTC(1950, 0, 1))
    expect(timeOf(readAsn1(Buffer.from('\x18\x0f20500101000000Z', 'latin1')))).toBe(Date.UTC(2050, 0, 1))
    expect(timeOf(readAsn1(Buffer.from('\x17\x0d491331235959Z', 'latin1')))).toBeUndefined()
  })

  test('any bytes are read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(readAsn1(bytes).raw.length).toBe(bytes.length)
        } catch (error) {
          expect(error).toBeInstanceOf(Asn1Error)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('writing with definite lengths and reading again keeps the tree', () => {
    const tree = fc.letrec<{ node: Buffer; leaf: Buffer; branch: Buffer }>((tie) => ({
      node: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('branch')),
      leaf: fc.uint8Array({ maxLength: 300 }).map((content) => Buffer.concat([header(0x04, content.length), content])),
      branch: fc.tuple(fc.array(tie('node'), { maxLength: 4 }), fc.boolean()).map(([children, open]) => {
        const content = Buffer.concat(children)
        return open
          ? Buffer.concat([Buffer.from([0x30, 0x80]), content, Buffer.from([0, 0])])
          : Buffer.concat([header(0x30, content.length), content])
      }),
    })).node
    const shape = (element: Asn1Element): unknown =>
      element.constructed ? element.children.map(shape) : Buffer.from(element.content).toString('hex')
    fc.assert(
      fc.property(tree, (bytes) => {
        const element = readAsn1(bytes)
        const again = readAsn1(definite(element))
        expect(shape(again)).toEqual(shape(element))
        expect(definite(again).equals(definite(element))).toBe(true)
      }),
    )
  })
})

function header(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length])
  return length < 0x100 ? Buffer.from([tag, 0x81, length]) : Buffer.from([tag, 0x82, length >> 8, length & 0xff])
}
