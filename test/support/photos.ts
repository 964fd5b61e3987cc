import { fileURLToPath } from 'node:url'
import sharp, { type Sharp } from 'sharp'

/** A sheet of one man's face, many times, and other pictures that come with the Human package. */
export const HUMAN_ASSETS = fileURLToPath(new URL('../../node_modules/@vladmandic/human/assets/', import.meta.url))
export const SHEET = `${HUMAN_ASSETS}samples.jpg`

/** Four quarters, so that turning and mirroring show: red, green / blue, black. */
export const QUARTERS = {
  red: [230, 20, 20],
  green: [20, 200, 20],
  blue: [20, 20, 230],
  black: [5, 5, 5],
} as const

export function quarters(width = 64, height = 48): Sharp {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [left, right] = y < height / 2 ? [QUARTERS.red, QUARTERS.green] : [QUARTERS.blue, QUARTERS.black]
      data.set(x < width / 2 ? left : right, (y * width + x) * 3)
    }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
