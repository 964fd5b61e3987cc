import { isUtf8 } from 'node:buffer'

/**
 * Counts over a whole file, from which its encoding follows. Candidates are the ones that members' lists come in:
 * UTF-8, UTF-16 (with a mark, or plainly two bytes a character), Windows-1251 and Windows-1252.
 */
export class ByteTally {
  validUtf8 = true
  #start: Buffer = Buffer.alloc(0)
  #carry: Buffer = Buffer.alloc(0)
  #zeros = 0
  #zerosAtOdd = 0
  #bytes = 0
  /** Bytes >= 0x80 with a neighbour >= 0x80, and all such bytes. Letters of Cyrillic words stand side by side. */
  #highPairs = 0
  /** How many such bytes came last, one after another. */
  #run = 0
  #high = 0
  #multibyte = 0
  #invalid = 0

  add(chunk: Buffer): void {
    if (this.#start.length < 2) this.#start = Buffer.concat([this.#start, chunk.subarray(0, 2)])
    const text = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk
    const cut = text.length - incompleteTail(text)
    this.#carry = Buffer.from(text.subarray(cut))
    const whole = text.subarray(0, cut)
    if (whole.length > 0 && isAsciiWithoutZeros(whole)) this.#run = 0
    else this.#count(whole)
    this.#bytes += whole.length
  }

  #count(bytes: Buffer): void {
    const valid = isUtf8(bytes)
    if (!valid) this.validUtf8 = false
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (byte === 0) {
        this.#zeros++
        if ((this.#bytes + at) % 2 === 1) this.#zerosAtOdd++
      }
      this.#run = byte < 0x80 ? 0 : this.#run + 1
      if (byte < 0x80) continue
      this.#high++
      if (this.#run > 1) this.#highPairs += this.#run === 2 ? 2 : 1
      if (valid && byte >= 0xc0) this.#multibyte++
    }
    if (valid) return
    for (let at = 0; at < bytes.length; ) {
      const length = sequenceLength(bytes, at)
      if (length > 1) this.#multibyte++
      else if (length === 0) this.#invalid++
      at += Math.max(length, 1)
    }
  }

  /** The most likely encoding; undefined when this is no text. Call once everything was added. */
  encoding(): string | undefined {
    const [a, b] = this.#start
    if (a === 0xff && b === 0xfe) return 'utf-16le'
    if (a === 0xfe && b === 0xff) return 'utf-16be'
    if (this.#zeros > 0) return this.#twoBytes()
    // A sequence that the file breaks off in is none.
    if (this.#carry.length > 0) {
      this.#count(this.#carry)
      this.#carry = Buffer.alloc(0)
    }
    // A few broken bytes do not make a UTF-8 file a Windows one: those rows are reported instead.
    if (this.validUtf8 || this.#multibyte > this.#invalid) return 'utf-8'
    return this.#highPairs > this.#high / 2 ? 'windows-1251' : 'windows-1252'
  }

  /** In text of two bytes a character zeros are many, and all on one side; in other files with zeros they are not. */
  #twoBytes(): string | undefined {
    if (this.#zeros <= this.#bytes / 4) return undefined
    const odd = this.#zerosAtOdd / this.#zeros
    return odd > 0.9 ? 'utf-16le' : odd < 0.1 ? 'utf-16be' : undefined
  }
}

function isAsciiWithoutZeros(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === 0 || byte >= 0x80) return false
  }
  return true
}

/** Length of the UTF-8 sequence at `at`; 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] as number
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
  if (lead >= 0xf5 || at + length > bytes.length) return 0
  return length > 0 && isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

/** How many bytes at the end may be the beginning of a UTF-8 sequence that the next chunk completes. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needs > back ? back : 0
  }
  return 0
}

/**
 * Encodes text back into the encoding it was read in. Node can only write UTF-8 and UTF-16; the single-byte encodings
 * are inverted from its decoder. Characters that the encoding lacks become `?`.
 */
export function createEncoder(encoding: string): (text: string) => Buffer {
  if (encoding === 'utf-8') return (text) => Buffer.from(text, 'utf8')
  if (encoding === 'utf-16le') return (text) => Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return (text) => Buffer.from(text, 'utf16le').swap16()
  const decoder = new TextDecoder(encoding)
  const codes = new Map<string, number>()
  for (let code = 0; code < 256; code++) codes.set(decoder.decode(Uint8Array.of(code)), code)
  return (text) => Buffer.from(Array.from(text, (character) => codes.get(character) ?? 0x3f))
}

/** Whether {@link createEncoder} can write what was read: not the encodings with several bytes a character. */
export function canEncode(encoding: string): boolean {
  return encoding.startsWith('utf-') || !/^(?:gb|big5|euc-|iso-2022-|shift_jis|replacement)/.test(encoding)
}

/** The mark that a file in this encoding may begin with; empty where there is none. */
export function byteOrderMark(encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from([0xef, 0xbb, 0xbf])
  if (encoding === 'utf-16le') return Buffer.from([0xff, 0xfe])
  if (encoding === 'utf-16be') return Buffer.from([0xfe, 0xff])
  return Buffer.alloc(0)
}
