/**
 * Writes Protocol Buffers messages, as far as ONNX files need it: varints, floats, bytes, nested messages.
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
export class ProtoWriter {
  readonly #parts: Uint8Array[] = []
  #length = 0

  /** int32, int64, enum, bool. */
  int(field: number, value: number | bigint): this {
    return this.#add(varint((field << 3) | 0), varint(value))
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setFloat32(0, value, true)
    return this.#add(varint((field << 3) | 5), bytes)
  }

  /** `repeated int64`, packed. */
  ints(field: number, values: readonly number[]): this {
    const packed = new ProtoWriter()
    for (const value of values) packed.#add(varint(value))
    return this.bytes(field, packed.finish())
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#add(varint((field << 3) | 2), varint(value.length), value)
  }

  message(field: number, write: (message: ProtoWriter) => void): this {
    const message = new ProtoWriter()
    write(message)
    return this.bytes(field, message.finish())
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }

  #add(...parts: Uint8Array[]): this {
    for (const part of parts) {
      this.#parts.push(part)
      this.#length += part.length
    }
    return this
  }
}

/** Negative numbers take ten bytes: they are written as 64-bit two's complement. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 0x80)
  } while (rest !== 0n)
  return Uint8Array.from(bytes)
}
