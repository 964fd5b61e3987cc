import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProtoWriter } from '../../../src/faces/convert/protobuf.js'
import { halfToNumber, readTfjsModel } from '../../../src/faces/convert/tfjs-model.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('encoding')

test('all 65,536 half floats are what their definition says', () => {
  const view = new DataView(new ArrayBuffer(4))
  for (let bits = 0; bits < 65536; bits++) {
    const exponent = (bits >> 10) & 31
    const fraction = bits & 1023
    if (exponent === 0) continue
    // The same number as a 32-bit float: exponent shifted by 127 − 15, fraction by 13 bits.
    const wide = exponent === 31 ? 255 : exponent + 112
    view.setUint32(0, ((bits >> 15) << 31) | (wide << 23) | (fraction << 13))
    const value = halfToNumber(bits)
    if (!Object.is(value, view.getFloat32(0))) expect([bits, value]).toEqual([bits, view.getFloat32(0)])
  }
  // Those too small for an exponent are steps of 2^-24.
  expect(halfToNumber(1)).toBe(2 ** -24)
  expect(halfToNumber(0x3ff)).toBe(1023 * 2 ** -24)
  expect(halfToNumber(0x8001)).toBe(-(2 ** -24))
  expect(halfToNumber(0x8000)).toBe(-0)
})

test('what is written as a message is read back (property)', () => {
  const int = fc.record({
    kind: fc.constant('int' as const),
    value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  })
  const bytes = fc.record({ kind: fc.constant('bytes' as const), value: fc.uint8Array({ maxLength: 300 }) })
  const float = fc.record({ kind: fc.constant('float' as const), value: fc.float({ noNaN: true }) })
  const ints = fc.record({
    kind: fc.constant('ints' as const),
    value: fc.array(fc.integer({ min: -5, max: 2 ** 31 - 1 }), { maxLength: 20 }),
  })
  const field = fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.oneof(int, bytes, float, ints))
  fc.assert(
    fc.property(fc.array(field, { maxLength: 20 }), (fields) => {
      const writer = new ProtoWriter()
      writer.message(9, (inner) => {
        for (const [number, entry] of fields) {
          if (entry.kind === 'int') inner.int(number, entry.value)
          else if (entry.kind === 'float') inner.float(number, entry.value)
          else if (entry.kind === 'ints') inner.ints(number, entry.value)
          else inner.bytes(number, entry.value)
        }
      })
      const [outer] = decode(writer.finish())
      expect(outer?.number).toBe(9)
      const read = decode(outer?.value as Uint8Array)
      expect(read.map(({ number }) => number)).toEqual(fields.map(([number]) => number))
      for (const [at, [, entry]] of fields.entries()) {
        const value = read[at]?.value
        if (entry.kind === 'int') expect(value).toBe(entry.value)
        else if (entry.kind === 'float') expect(value).toBe(entry.value)
        else if (entry.kind === 'bytes') expect(value).toEqual(entry.value)
        else expect(varints(value as Uint8Array)).toEqual(entry.value.map(BigInt))
      }
    }),
  )
})

test('quantised weights become numbers again: value × scale + least', async () => {
  const weights = [
    { name: 'a', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
    { name: 'b', shape: [1, 2], dtype: 'float32', quantization: { dtype: 'uint16', scale: 0.25, min: 3 } },
    { name: 'c', shape: [2], dtype: 'float32', quantization: { dtype: 'float16' } },
    { name: 'd', shape: [], dtype: 'int32' },
    { name: 'e', shape: [1], dtype: 'float32' },
  ]
  const parts = [
    Uint8Array.of(0, 255),
    new Uint8Array(Uint16Array.of(4, 65535).buffer),
    new Uint8Array(Uint16Array.of(0x3c00, 0xc100).buffer),
    new Uint8Array(Int32Array.of(-7).buffer),
    new Uint8Array(Float32Array.of(1.5).buffer),
  ]
  const bytes = Buffer.concat(parts)
  // Weights may go on in the next file, in the middle of a number.
  await writeFile(path.join(dir, 'one.bin'), bytes.subarray(0, 5))
  await writeFile(path.join(dir, 'two.bin'), bytes.subarray(5))
  const model = { modelTopology: { node: [] }, weightsManifest: [{ paths: ['one.bin', 'two.bin'], weights }] }
  await writeFile(path.join(dir, 'model.json'), JSON.stringify(model))
  const read = (await readTfjsModel(path.join(dir, 'model.json'))).weights
  expect([...read].map(([name, { data }]) => [name, ...data])).toEqual([
    ['a', -1, 126.5],
    ['b', 4, 16386.75],
    ['c', 1, -2.5],
    ['d', -7],
    ['e', 1.5],
  ])
})

interface Field {
  readonly number: number
  readonly value: bigint | number | Uint8Array
}

/** A reader of its own, by https://protobuf.dev/programming-guides/encoding/ */
function decode(bytes: Uint8Array): Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asIntN(64, value)
    }
  }
  while (at < bytes.length) {
    const tag = Number(varint())
    const number = tag >> 3
    if ((tag & 7) === 0) fields.push({ number, value: varint() })
    else if ((tag & 7) === 5) {
      fields.push({ number, value: new DataView(bytes.buffer, bytes.byteOffset + at).getFloat32(0, true) })
      at += 4
    } else if ((tag & 7) === 2) {
      const length = Number(varint())
      fields.push({ number, value: bytes.slice(at, at + length) })
      at += length
    } else throw new Error(`wire type ${tag & 7}`)
  }
  expect(at).toBe(bytes.length)
  return fields
}

function varints(bytes: Uint8Array): bigint[] {
  const values: bigint[] = []
  let [value, shift] = [0n, 0n]
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift
    shift += 7n
    if (byte >= 128) continue
    values.push(BigInt.asIntN(64, value))
    value = 0n
    shift = 0n
  }
  return values
}
