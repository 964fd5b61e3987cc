/** Just enough DER (ITU-T X.690) to write a CMS signature and to pick the issuer and serial out of a certificate. */

export const TAG = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** [0] constructed: IMPLICIT over a SEQUENCE/SET, or EXPLICIT. */
  context0: 0xa0,
} as const

/** One tag-length-value element around the given contents. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(length)]), ...contents])
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

/** Encodes a dotted object identifier. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octets: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc % 128]
    for (let high = Math.floor(arc / 128); high > 0; high = Math.floor(high / 128)) group.unshift(0x80 | (high % 128))
    octets.push(...group)
  }
  return tlv(TAG.oid, Buffer.from(octets))
}

/**
 * Time as RFC 5652 11.3 wants signingTime: UTCTime through 2049, GeneralizedTime after.
 */
export function derTime(when: Date): Buffer {
  const text = `${when.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`
  const year = when.getUTCFullYear()
  return year >= 1950 && year < 2050
    ? tlv(TAG.utcTime, Buffer.from(text.slice(2), 'latin1'))
    : tlv(TAG.generalizedTime, Buffer.from(text, 'latin1'))
}

export interface DerElement {
  readonly tag: number
  /** The element with its header. */
  readonly whole: Buffer
  readonly content: Buffer
}

/**
 * The elements inside a constructed element's content, one level deep.
 *
 * @throws RangeError when lengths do not add up.
 */
export function readElements(content: Buffer): DerElement[] {
  const elements: DerElement[] = []
  for (let at = 0; at < content.length; ) {
    const tag = content.readUInt8(at)
    let length = content.readUInt8(at + 1)
    let header = 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      if (octets === 0 || octets > 4) throw new RangeError('not DER: unsupported length')
      length = content.readUIntBE(at + 2, octets)
      header += octets
    }
    const end = at + header + length
    if (end > content.length) throw new RangeError('not DER: element runs past its container')
    elements.push({ tag, whole: content.subarray(at, end), content: content.subarray(at + header, end) })
    at = end
  }
  return elements
}

/** The issuer's Name and the serial number of a certificate, as they stand in it. */
export function issuerAndSerial(certificate: Buffer): { issuer: Buffer; serial: Buffer } {
  const [outer] = readElements(certificate)
  const [tbs] = readElements(outer?.content ?? Buffer.alloc(0))
  const parts = readElements(tbs?.content ?? Buffer.alloc(0))
  // Certificate (RFC 5280 4.1): an optional [0] version comes before the serial number, then algorithm, then issuer.
  const at = parts[0]?.tag === TAG.context0 ? 1 : 0
  const serial = parts[at]
  const issuer = parts[at + 2]
  if (!serial || !issuer) throw new RangeError('not a certificate')
  return { issuer: issuer.whole, serial: serial.whole }
}
