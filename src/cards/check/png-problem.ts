import { crc32, inflateSync } from 'node:zlib'
import { KIND_NAMES, pictureKind } from '../pictures/picture-kind.js'
import { pngSize } from '../pictures/picture-size.js'

/** Pixels above which a picture is not opened: more than any phone or screen shows. */
export const MOST_PIXELS = 25_000_000
/** Larger pictures are trusted to hold what their header says. */
const UNPACKED_PIXELS = 4_000_000

/** Cards of one design share their pictures, so each is looked at once. */
const looked = new WeakMap<Uint8Array, { readonly problem: string | undefined }>()

/** What is wrong with the bytes of a PNG, completing `icon.png …`; undefined for good ones. */
export function pngProblem(bytes: Uint8Array): string | undefined {
  const known = looked.get(bytes) ?? { problem: problemOf(bytes) }
  looked.set(bytes, known)
  return known.problem
}

/** Walks over the chunks up to the end; the pixels are unpacked no further than the header says they go. */
function problemOf(bytes: Uint8Array): string | undefined {
  const kind = pictureKind(bytes)
  if (kind !== 'png') return kind === 'unknown' ? 'is no PNG' : `is no PNG but ${KIND_NAMES[kind]}`
  const size = pngSize(bytes)
  if (size === undefined) return 'is cut off'
  if (size.width === 0 || size.height === 0) return 'has no pixels'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pixels: Uint8Array[] = []
  let crushed = false
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (at + 12 + length > bytes.length) return 'is cut off'
    if (view.getUint32(at + 8 + length) !== crc32(bytes.subarray(at + 4, at + 8 + length)))
      return `is damaged: the checksum of its chunk ${JSON.stringify(type)} is wrong`
    if (type === 'CgBI') crushed = true
    if (type === 'IDAT') pixels.push(bytes.subarray(at + 8, at + 8 + length))
    if (type === 'IEND') return crushed ? undefined : dataProblem(bytes, size, pixels)
    at += 12 + length
  }
  return 'is cut off'
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

function dataProblem(
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  pixels: readonly Uint8Array[],
): string | undefined {
  const [depth = 0, colour = 0] = bytes.subarray(24)
  const channels = CHANNELS[colour]
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth)) return 'has a header that no reader knows'
  if (pixels.length === 0) return 'has no picture data'
  if (width * height > UNPACKED_PIXELS) return undefined
  const line = Math.ceil((width * channels * depth) / 8) + 1
  const interlaced = bytes[28] === 1
  // Interlaced lines begin anew in each of seven passes.
  const most = line * height + (interlaced ? 8 * (width + height + 16) * channels * 2 : 0)
  try {
    const { length } = inflateSync(Buffer.concat(pixels), { maxOutputLength: Math.max(most, 64) })
    return !interlaced && length < line * height ? 'is damaged: part of its picture data is missing' : undefined
  } catch (error) {
    // Readers stop where the picture is complete.
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    return 'is damaged: its picture data cannot be unpacked'
  }
}
