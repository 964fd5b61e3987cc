/**
 * A small reader of BER, the encoding rules of X.690 that certificates (always DER) and Apple's own sample signatures
 * (often indefinite-length BER) are written in. It reads bytes from strangers: every length is checked before use, and
 * depth, size and number of elements are limited.
 */

export type TagClass = 'universal' | 'application' | 'context' | 'private'

/** One element. Byte arrays are views into the input, never copies. */
export interface Asn1Element {
  readonly tagClass: TagClass
  readonly tag: number
  readonly constructed: boolean
  /** True when the length was given by an end-of-contents marker. */
  readonly indefinite: boolean
  /** The whole element, header and end marker included. */
  readonly raw: Uint8Array
  /** Content octets without header and end marker. */
  readonly content: Uint8Array
  /** Empty for primitive elements. */
  readonly children: readonly Asn1Element[]
}

export interface Asn1Limits {
  readonly depth: number
  readonly elements: number
  readonly bytes: number
  /** Whether the children of what is found here are left unread, because the caller reads them in another way. */
  readonly isOpaque?: (depth: number, parent: Asn1Tag) => boolean
}

type Asn1Tag = Pick<Asn1Element, 'tagClass' | 'tag' | 'constructed'>

export const ASN1_LIMITS: Asn1Limits = { depth: 40, elements: 20_000, bytes: 4 * 1024 * 1024 }

export const TAG = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  utf8String: 12,
  sequence: 16,
  set: 17,
  utcTime: 23,
  generalizedTime: 24,
} as const

/** The bytes are not what they should be. The offset is in bytes from the start of the input. */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error'
  readonly offset: number
  constructor(message: string, offset = 0) {
    super(message)
    this.offset = offset
  }
}

const CLASSES: readonly TagClass[] = ['universal', 'application', 'context', 'private']

interface Reader {
  readonly bytes: Uint8Array
  readonly limits: Asn1Limits
  count: number
}

/**
 * Reads exactly one element.
 * @throws {Asn1Error} for anything malformed, beyond the limits, or followed by further bytes.
 */
export function readAsn1(bytes: Uint8Array, limits: Asn1Limits = ASN1_LIMITS): Asn1Element {
  const { element, length } = readFirstAsn1(bytes, limits)
  if (length !== bytes.length) throw new Asn1Error('bytes follow the element', length)
  return element
}

/**
 * Reads the element that the bytes begin with; `length` bytes belong to it.
 * @throws {Asn1Error} for anything malformed or beyond the limits.
 */
export function readFirstAsn1(bytes: Uint8Array, limits: Asn1Limits): { element: Asn1Element; length: number } {
  if (bytes.length > limits.bytes)
    throw new Asn1Error(`${bytes.length} bytes are more than the limit of ${limits.bytes}`)
  const element = readElement({ bytes, limits, count: 0 }, { start: 0, end: bytes.length, depth: 0 }, ROOT)
  return { element, length: element.end }
}

const ROOT: Asn1Tag = { tagClass: 'universal', tag: 0, constructed: true }

interface Span {
  readonly start: number
  readonly end: number
  readonly depth: number
}

interface Extent {
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
}

/** Cuts its views out of the input when they are asked for: most are not. */
class Element implements Asn1Element {
  readonly tagClass: TagClass
  readonly tag: number
  readonly constructed: boolean
  readonly indefinite: boolean
  readonly children: readonly Element[]
  readonly #bytes: Uint8Array
  readonly #extent: Extent

  constructor(bytes: Uint8Array, header: Header, extent: Extent, children: readonly Element[]) {
    this.tagClass = header.tagClass
    this.tag = header.tag
    this.constructed = header.constructed
    this.indefinite = header.length === undefined
    this.children = children
    this.#bytes = bytes
    this.#extent = extent
  }

  get end(): number {
    return this.#extent.end
  }

  get raw(): Uint8Array {
    return this.#bytes.subarray(this.#extent.start, this.#extent.end)
  }

  get content(): Uint8Array {
    return this.#bytes.subarray(this.#extent.contentStart, this.#extent.contentEnd)
  }
}

function readElement(reader: Reader, span: Span, parent: Asn1Tag): Element {
  if (span.depth > reader.limits.depth) throw new Asn1Error('elements are nested too deeply', span.start)
  if (++reader.count > reader.limits.elements) throw new Asn1Error('there are too many elements', span.start)
  const header = readHeader(reader.bytes, span)
  const { contentStart, length } = header
  if (length === undefined) {
    if (!header.constructed) throw new Asn1Error('a primitive element has no length', span.start)
    return readIndefinite(reader, header, span)
  }
  const end = contentStart + length
  if (end > span.end) throw new Asn1Error('an element is longer than what contains it', span.start)
  const isRead = header.constructed && reader.limits.isOpaque?.(span.depth, parent) !== true
  const children = isRead ? readChildren(reader, header, { start: contentStart, end, depth: span.depth + 1 }) : []
  return new Element(reader.bytes, header, { start: span.start, contentStart, contentEnd: end, end }, children)
}

function readChildren(reader: Reader, parent: Header, span: Span): Element[] {
  const children: Element[] = []
  let at = span.start
  while (at < span.end) {
    const element = readElement(reader, { ...span, start: at }, parent)
    children.push(element)
    at = element.end
  }
  return children
}

function readIndefinite(reader: Reader, header: Header, span: Span): Element {
  const children: Element[] = []
  let at = header.contentStart
  for (;;) {
    if (at + 2 > span.end) throw new Asn1Error('the end-of-contents marker is missing', span.start)
    if (reader.bytes[at] === 0 && reader.bytes[at + 1] === 0) break
    const element = readElement(reader, { start: at, end: span.end, depth: span.depth + 1 }, header)
    children.push(element)
    at = element.end
  }
  const extent = { start: span.start, contentStart: header.contentStart, contentEnd: at, end: at + 2 }
  return new Element(reader.bytes, header, extent, children)
}

interface Header {
  readonly tagClass: TagClass
  readonly tag: number
  readonly constructed: boolean
  readonly contentStart: number
  /** Undefined for the indefinite form. */
  readonly length: number | undefined
}

function readHeader(bytes: Uint8Array, span: Span): Header {
  let at = span.start
  const next = (): number => {
    const byte = at < span.end ? bytes[at] : undefined
    if (byte === undefined) throw new Asn1Error('the input ends inside an element', at)
    at += 1
    return byte
  }
  const first = next()
  let tag = first & 0x1f
  if (tag === 0x1f) {
    tag = 0
    for (let octets = 0; ; octets++) {
      if (octets === 3) throw new Asn1Error('a tag number is too large', span.start)
      const byte = next()
      tag = (tag << 7) | (byte & 0x7f)
      if ((byte & 0x80) === 0) break
    }
  }
  const lengthByte = next()
  let length: number | undefined = lengthByte
  if (lengthByte === 0x80) length = undefined
  else if (lengthByte > 0x80) {
    const octets = lengthByte & 0x7f
    if (octets > 4) throw new Asn1Error('a length is too large', span.start)
    length = 0
    for (let index = 0; index < octets; index++) length = length * 256 + next()
  }
  return {
    tagClass: CLASSES[first >> 6] ?? 'universal',
    tag,
    constructed: (first & 0x20) !== 0,
    contentStart: at,
    length,
  }
}

export function isUniversal(element: Asn1Element | undefined, tag: number): element is Asn1Element {
  return element !== undefined && element.tagClass === 'universal' && element.tag === tag
}

export function isContext(element: Asn1Element | undefined, tag: number): element is Asn1Element {
  return element !== undefined && element.tagClass === 'context' && element.tag === tag
}
