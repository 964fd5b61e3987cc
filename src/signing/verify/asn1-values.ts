import { type Asn1Element, Asn1Error, isUniversal, TAG } from './asn1.js'

/** A SEQUENCE's or SET's children, or an error that names what was expected. */
export function childrenOf(element: Asn1Element | undefined, tag: number, what: string): readonly Asn1Element[] {
  if (!isUniversal(element, tag) || !element.constructed) throw new Asn1Error(`${what} is missing or malformed`)
  return element.children
}

/** Dotted text of an OBJECT IDENTIFIER. */
export function oidOf(element: Asn1Element | undefined, what: string): string {
  if (!isUniversal(element, TAG.oid) || element.constructed) throw new Asn1Error(`${what} is not an object identifier`)
  const { content } = element
  if (content.length === 0 || content.length > 64 || ((content.at(-1) ?? 0) & 0x80) !== 0) {
    throw new Asn1Error(`${what} is a malformed object identifier`)
  }
  // Object identifiers repeat: of the short ones the text is kept.
  const key = content.length <= 16 ? Buffer.from(content).toString('latin1') : undefined
  const known = key === undefined ? undefined : KNOWN.get(key)
  if (known !== undefined) return known
  const dotted = dottedOf(content)
  if (key !== undefined && KNOWN.size < 500) KNOWN.set(key, dotted)
  return dotted
}

const KNOWN = new Map<string, string>()

function dottedOf(content: Uint8Array): string {
  const arcs: bigint[] = []
  let value = 0n
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 0x7f)
    if ((byte & 0x80) === 0) {
      arcs.push(value)
      value = 0n
    }
  }
  const [first = 0n, ...rest] = arcs
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [root, first - root * 40n, ...rest].join('.')
}

/** The octets of an OCTET STRING, joined when it was sent in pieces (BER). Also for `[n] IMPLICIT OCTET STRING`. */
export function octetsOf(element: Asn1Element): Uint8Array {
  if (!element.constructed) return element.content
  return Buffer.concat(element.children.map(octetsOf))
}

/** Lower-case hex of an INTEGER without leading zero octets, as certificates' serial numbers are compared. */
export function integerHex(element: Asn1Element | undefined, what: string): string {
  if (!isUniversal(element, TAG.integer) || element.constructed || element.content.length === 0) {
    throw new Asn1Error(`${what} is not an integer`)
  }
  return Buffer.from(element.content)
    .toString('hex')
    .replace(/^(00)+(?=..)/, '')
}

/** A small non-negative INTEGER, such as a version. */
export function smallInteger(element: Asn1Element | undefined, what: string): number {
  const hex = integerHex(element, what)
  if (hex.length > 6) throw new Asn1Error(`${what} is too large`)
  return Number.parseInt(hex, 16)
}

const TELETEX = 20
const BMP = 30
const TEXT_TAGS: ReadonlySet<number> = new Set([TAG.utf8String, 18, 19, TELETEX, 22, 26, BMP])

/** Text of any string type; undefined when the element is no string. */
export function textOf(element: Asn1Element | undefined): string | undefined {
  if (element?.tagClass !== 'universal' || element.constructed || !TEXT_TAGS.has(element.tag)) return undefined
  const bytes = Buffer.from(element.content)
  if (element.tag === BMP) return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : undefined
  return bytes.toString(element.tag === TELETEX ? 'latin1' : 'utf8')
}

/** Epoch milliseconds of a UTCTime or GeneralizedTime in UTC; undefined when it is neither. */
export function timeOf(element: Asn1Element | undefined): number | undefined {
  const utc = isUniversal(element, TAG.utcTime)
  if (!utc && !isUniversal(element, TAG.generalizedTime)) return undefined
  const text = Buffer.from(element.content).toString('latin1')
  const match = (
    utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?Z$/
  ).exec(text)
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  // RFC 5280: two-digit years below 50 are of this century.
  const fullYear = utc ? year + (year < 50 ? 2000 : 1900) : year
  const date = new Date(0)
  date.setUTCFullYear(fullYear, month - 1, day)
  date.setUTCHours(hour, minute, second)
  // The 30th of February and 25 o'clock would have become another day.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && minute < 60 ? date.getTime() : undefined
}

/**
 * The element again with definite, shortest lengths and strings in one piece: what a signature over BER is computed on.
 * The order of a SET is kept as it was sent.
 */
export function definite(element: Asn1Element): Buffer {
  const isString = element.tagClass === 'universal' && element.constructed && element.tag === TAG.octetString
  const content = isString
    ? Buffer.from(octetsOf(element))
    : element.constructed
      ? Buffer.concat(element.children.map(definite))
      : Buffer.from(element.content)
  const tagBytes = element.raw.subarray(0, tagLength(element.raw))
  const tag = Buffer.from(tagBytes)
  if (isString) tag.writeUInt8((tag[0] ?? 0) & ~0x20, 0)
  return Buffer.concat([tag, lengthBytes(content.length), content])
}

function tagLength(raw: Uint8Array): number {
  if (((raw[0] ?? 0) & 0x1f) !== 0x1f) return 1
  let length = 2
  while (((raw[length - 1] ?? 0) & 0x80) !== 0) length += 1
  return length
}

/** The shortest form of a length. */
export function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const octets = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets])
}
