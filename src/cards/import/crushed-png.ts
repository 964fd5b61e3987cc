import { inflateRawSync } from 'node:zlib'

/** Pixels in reading order, four bytes each: red, green, blue, alpha, not multiplied. */
export interface RawPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const SIGNATURE_LENGTH = 8
/** The largest that is unpacked: a screenshot of the largest phone has half of it. */
const MAX_PIXELS = 16_000_000

/**
 * True for the PNGs that Apple's build tools make for their own devices (`CgBI`): only Apple's software shows them, so
 * a pass taken from an app may hold some.
 */
export function isCrushedPng(bytes: Uint8Array): boolean {
  return (
    bytes.length > 16 && bytes[0] === 0x89 && bytes[1] === 0x50 && chunkName(view(bytes), SIGNATURE_LENGTH) === 'CgBI'
  )
}

/**
 * Unpacks a crushed PNG. Against the standard its data has no zlib header, its channels are blue, green, red, and
 * colours are multiplied by alpha.
 *
 * @returns undefined when it is damaged, interlaced, or of a kind that the tool does not make
 */
export function readCrushedPng(bytes: Uint8Array): RawPicture | undefined {
  const data = view(bytes)
  let header: { width: number; height: number; channels: 3 | 4 } | undefined
  const parts: Uint8Array[] = []
  for (let at = SIGNATURE_LENGTH; at + 12 <= bytes.length; ) {
    const length = data.getUint32(at)
    if (at + 12 + length > bytes.length) return undefined
    const name = chunkName(data, at)
    if (name === 'IHDR') header = readHeader(data, at + 8, length)
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length))
    if (name === 'IEND') break
    at += 12 + length
  }
  if (header === undefined) return undefined
  const { width, height, channels } = header
  const stride = width * channels
  let rows: Buffer
  try {
    rows = inflateRawSync(Buffer.concat(parts), { maxOutputLength: (stride + 1) * height })
  } catch {
    return undefined
  }
  if (rows.length !== (stride + 1) * height || !unfilter(rows, stride, channels)) return undefined
  return { width, height, pixels: toStraightRgba(rows, header) }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function chunkName(data: DataView, at: number): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((offset) => data.getUint8(at + offset)))
}

function readHeader(data: DataView, at: number, length: number) {
  if (length < 13) return undefined
  const [width, height] = [data.getUint32(at), data.getUint32(at + 4)]
  const [depth, type, interlaced] = [data.getUint8(at + 8), data.getUint8(at + 9), data.getUint8(at + 12)]
  if (depth !== 8 || (type !== 2 && type !== 6) || interlaced !== 0) return undefined
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) return undefined
  return { width, height, channels: type === 6 ? (4 as const) : (3 as const) }
}

/** Undoes the filters of PNG (RFC 2083, section 6) in place. False for a filter that does not exist. */
function unfilter(rows: Buffer, stride: number, channels: number): boolean {
  for (let start = 0; start < rows.length; start += stride + 1) {
    const filter = rows[start] ?? 0
    if (filter > 4) return false
    const above = start - stride - 1
    for (let index = 1; index <= stride; index++) {
      const left = index > channels ? (rows[start + index - channels] ?? 0) : 0
      const up = above >= 0 ? (rows[above + index] ?? 0) : 0
      const corner = above >= 0 && index > channels ? (rows[above + index - channels] ?? 0) : 0
      rows[start + index] = (rows[start + index] ?? 0) + predict(filter, left, up, corner)
    }
  }
  return true
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const estimate = left + up - corner
  const [byLeft, byUp, byCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner
}

function toStraightRgba(rows: Buffer, { width, height, channels }: { width: number; height: number; channels: 3 | 4 }) {
  const pixels = new Uint8Array(width * height * 4)
  let to = 0
  for (let row = 0; row < height; row++) {
    let from = row * (width * channels + 1) + 1
    for (let column = 0; column < width; column++) {
      const alpha = channels === 4 ? (rows[from + 3] ?? 0) : 255
      for (const offset of [2, 1, 0]) {
        const value = rows[from + offset] ?? 0
        pixels[to++] = alpha === 255 ? value : alpha === 0 ? 0 : Math.min(255, Math.round((value * 255) / alpha))
      }
      pixels[to++] = alpha
      from += channels
    }
  }
  return pixels
}
