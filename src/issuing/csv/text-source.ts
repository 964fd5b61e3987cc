import { createReadStream, type ReadStream } from 'node:fs'
import { TextDecoder } from 'node:util'
import type { CsvFile } from './inspect.js'

const CARRIAGE_RETURN = 0x0d
const LINE_FEED = 0x0a
/** A line is cut after so many bytes, so that a file without line breaks does not end up in memory. */
const LONGEST_LINE = 1 << 20

/**
 * The text of a file as UTF-8 without a byte order mark, read piece by piece. Bytes stay here until they are taken, so
 * that a reader who had looked ahead can go back and begin anew where it went wrong.
 */
export class TextSource {
  readonly #stream: ReadStream
  readonly #chunks: AsyncIterator<Buffer>
  readonly #decoder: TextDecoder | undefined
  #held: Buffer = Buffer.alloc(0)
  /** Bytes received of the file, and of the text that they hold as UTF-8. */
  #fileBytes = 0
  #textBytes = 0
  #first = true
  #ended = false

  constructor(file: CsvFile) {
    this.#stream = createReadStream(file.path, { highWaterMark: 256 * 1024 })
    this.#chunks = this.#stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    this.#decoder = file.encoding === 'utf-8' ? undefined : new TextDecoder(file.encoding)
  }

  /** Bytes of the file that were taken so far, for progress: reading is ahead of them. */
  get bytesTaken(): number {
    return this.#textBytes === 0 ? 0 : Math.round(this.#fileBytes * (1 - this.#held.length / this.#textBytes))
  }

  /** What was read and not yet taken. */
  get held(): Buffer {
    return this.#held
  }

  /** Reads on. @returns false at the end of the file. */
  async more(): Promise<boolean> {
    if (this.#ended) return false
    const { done, value } = await this.#chunks.next()
    this.#ended = done === true
    const text = this.#decode(done === true ? undefined : value)
    this.#fileBytes += value?.length ?? 0
    this.#textBytes += text.length
    this.#held = this.#held.length === 0 ? text : Buffer.concat([this.#held, text])
    return !this.#ended || text.length > 0
  }

  #decode(chunk: Buffer | undefined): Buffer {
    let text = chunk ?? Buffer.alloc(0)
    if (this.#decoder) text = Buffer.from(this.#decoder.decode(chunk, { stream: chunk !== undefined }), 'utf8')
    const marked = this.#first && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf
    this.#first = false
    return marked ? text.subarray(3) : text
  }

  /** Gives away the first bytes held. */
  take(length: number): Buffer {
    const taken = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return taken
  }

  /** Takes the first line that is not empty, with its line break and the empty lines before it. */
  async takeLine(): Promise<Buffer> {
    while (true) {
      const start = leadingBreaks(this.#held).bytes
      const end = this.#held.subarray(start).findIndex((byte) => byte === LINE_FEED || byte === CARRIAGE_RETURN) + start
      // What follows a carriage return says whether it is the whole line break.
      if (end >= start && end + 2 < this.#held.length) {
        const both = this.#held[end] === CARRIAGE_RETURN && this.#held[end + 1] === LINE_FEED
        return this.take(end + (both ? 2 : 1))
      }
      if (this.#held.length - start > LONGEST_LINE || !(await this.more())) return this.take(this.#held.length)
    }
  }

  close(): void {
    this.#stream.destroy()
  }
}

/** How many line breaks there are: LF, CR LF or CR. */
export function lineBreaks(bytes: Buffer): number {
  let lines = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) lines++
  }
  return lines
}

/** The line breaks that a text begins with. */
export function leadingBreaks(bytes: Buffer): { readonly bytes: number; readonly lines: number } {
  let length = 0
  while (bytes[length] === LINE_FEED || bytes[length] === CARRIAGE_RETURN) length++
  return { bytes: length, lines: lineBreaks(bytes.subarray(0, length)) }
}
