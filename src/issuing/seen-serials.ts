/**
 * Which serials a file has had so far, and on which line: 64 bits of hash and a line number in typed arrays, 24 bytes a
 * serial at most, where a Map of strings takes over 100. Two different serials of a 5,000,000-row file meet with a
 * probability of one in a million.
 */
export class SeenSerials {
  #high = new Uint32Array(1 << 12)
  #low = new Uint32Array(1 << 12)
  /** 0 marks a free place; lines count from 1. */
  #line = new Uint32Array(1 << 12)
  #size = 0

  /** Line on which the serial was first seen; undefined, and remembered, when it is new. */
  firstLine(serial: string, line: number): number | undefined {
    const place = this.#placeOf(serial)
    const found = this.#line[place] as number
    if (found !== 0) return found
    this.#line[place] = line
    return undefined
  }

  /** Remembers the line, whatever was remembered before. */
  setLine(serial: string, line: number): void {
    this.#line[this.#placeOf(serial)] = line
  }

  /** The remembered line. */
  lineOf(serial: string): number | undefined {
    return this.#line[this.#placeOf(serial)] || undefined
  }

  /** The serial's place, taken for it when it is new; its line is 0 then. */
  #placeOf(serial: string): number {
    if (this.#size * 2 >= this.#line.length) this.#grow()
    const [high, low] = hash64(serial)
    const place = this.#place(high, low)
    if (this.#line[place] === 0) {
      this.#high[place] = high
      this.#low[place] = low
      this.#size++
    }
    return place
  }

  #place(high: number, low: number): number {
    const mask = this.#line.length - 1
    let place = low & mask
    while (this.#line[place] !== 0 && (this.#low[place] !== low || this.#high[place] !== high))
      place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const [high, low, line] = [this.#high, this.#low, this.#line]
    const capacity = line.length * 2
    this.#high = new Uint32Array(capacity)
    this.#low = new Uint32Array(capacity)
    this.#line = new Uint32Array(capacity)
    for (let from = 0; from < line.length; from++) {
      if (line[from] === 0) continue
      const to = this.#place(high[from] as number, low[from] as number)
      this.#high[to] = high[from] as number
      this.#low[to] = low[from] as number
      this.#line[to] = line[from] as number
    }
  }
}

/** Two independent 32-bit hashes in the manner of MurmurHash3's finalizer, unsigned. */
function hash64(text: string): [number, number] {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0xcc9e2d51)
    // Products carry upwards only: without this, characters that differ in their high bits would hardly count.
    b ^= b >>> 15
  }
  return [mix(a ^ text.length), mix(b)]
}

function mix(value: number): number {
  let h = value ^ (value >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
