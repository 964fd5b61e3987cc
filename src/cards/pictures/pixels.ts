import sharp, { type Sharp } from 'sharp'
import type { Rgb } from '../colour/colour.js'

/** A picture in memory: sRGB, 8 bit, four bytes a pixel, alpha not multiplied in. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A pipeline that begins with these pixels. */
export function fromPixels({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false })
}

/** What a pipeline results in. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** A smaller copy that fits into a square; pictures that fit already are returned as they are. */
export async function shrinkToFit(pixels: Pixels, longest: number): Promise<Pixels> {
  if (Math.max(pixels.width, pixels.height) <= longest) return pixels
  return toPixels(fromPixels(pixels).resize(longest, longest, { fit: 'inside' }))
}

export async function cutOut(pixels: Pixels, box: Box): Promise<Pixels> {
  if (box.width === pixels.width && box.height === pixels.height) return pixels
  return toPixels(fromPixels(pixels).extract(box))
}

/** Where something can be seen: the smallest box around all pixels that are not (nearly) transparent. */
export function visibleBox({ width, height, data }: Pixels, least = 16): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let y = 0, at = 3; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      if ((data[at] ?? 0) < least) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/** True when some pixel lets through what is behind it. */
export function hasTransparency({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 255) < 250) return true
  return false
}

/** The colour around a picture, when its edge is opaque and of one colour throughout, as scans and exports have it. */
export function edgeColour({ width, height, data }: Pixels, tolerance = 14): Rgb | undefined {
  const edge: number[] = []
  for (let x = 0; x < width; x++) edge.push(x, (height - 1) * width + x)
  for (let y = 0; y < height; y++) edge.push(y * width, y * width + width - 1)
  const channel = (pixel: number, index: number) => data[pixel * 4 + index] ?? 0
  if (edge.some((pixel) => channel(pixel, 3) < 250)) return undefined
  const middle = [0, 1, 2].map((index) => {
    const sorted = edge.map((pixel) => channel(pixel, index)).sort((a, b) => a - b)
    return sorted[sorted.length >> 1] ?? 0
  })
  const odd = edge.filter((pixel) =>
    middle.some((value, index) => Math.abs(channel(pixel, index) - value) > tolerance),
  ).length
  const [red = 0, green = 0, blue = 0] = middle
  return odd <= edge.length * 0.03 ? [red, green, blue] : undefined
}
