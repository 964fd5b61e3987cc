import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { numberSvg, numberWidth } from '../../../src/faces/draw/digits.js'
import { type DrawnFace, drawFaces } from '../../../src/faces/draw/draw-faces.js'
import type { Photo } from '../../../src/faces/types.js'

const grey = (width: number, height: number): Photo => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(90),
})

function faceAt(x: number, y: number, side: number, reasons: DrawnFace['quality']['reasons'] = []): DrawnFace {
  const at = (right: number, below: number) => ({ x: x + side * right, y: y + side * below })
  return {
    box: { x, y, width: side, height: side },
    points: [at(0.3, 0.4), at(0.7, 0.4), at(0.5, 0.6), at(0.35, 0.8), at(0.65, 0.8)],
    quality: { score: 1, reasons, sharpness: 100, brightness: 100 },
  }
}

interface Pixels {
  readonly width: number
  readonly height: number
  at(x: number, y: number): number[]
}

async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number): number[] => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ]
  return { width: info.width, height: info.height, at }
}

const isGreen = ([red = 0, green = 0]: number[]): boolean => green > 200 && red < 120
const isAmber = ([red = 0, , blue = 255]: number[]): boolean => red > 200 && blue < 120

describe('drawn faces', () => {
  test('are boxed on all four sides, green or amber by quality; the photo stays', async () => {
    const faces = [faceAt(40, 60, 80), faceAt(180, 60, 80, ['blurred'])]
    const { width, height, at } = await pixelsOf(await drawFaces(grey(300, 200), faces, 'png'))
    expect([width, height]).toEqual([300, 200])
    for (const [x, y] of [
      [80, 60],
      [80, 140],
      [40, 100],
      [120, 100],
    ] as const)
      expect({ x, y, green: isGreen(at(x, y)) }).toEqual({ x, y, green: true })
    expect(isAmber(at(220, 140))).toBe(true)
    expect(at(80, 80)).toEqual([90, 90, 90])
    expect(at(290, 190)).toEqual([90, 90, 90])
  })

  test('have their five points, eyes unlike mouth', async () => {
    const { at } = await pixelsOf(await drawFaces(grey(300, 200), [faceAt(40, 60, 80)], 'png'))
    const [eye, nose, mouth] = [at(64, 92), at(80, 108), at(68, 124)]
    expect(eye[2]).toBeGreaterThan(200)
    expect(nose[0]).toBeGreaterThan(200)
    expect(mouth[0]).toBeGreaterThan(200)
    expect(mouth[2]).toBeLessThan(150)
  })

  test('lie where they are in the original when the photo was shrunk', async () => {
    const photo: Photo = { ...grey(300, 200), original: { width: 3000, height: 2000 } }
    const { at } = await pixelsOf(await drawFaces(photo, [faceAt(400, 600, 800)], 'png'))
    expect(isGreen(at(80, 140))).toBe(true)
  })

  test('keep their number inside the photo', async () => {
    const { at } = await pixelsOf(await drawFaces(grey(200, 200), [faceAt(-10, -10, 100), faceAt(150, -30, 90)], 'png'))
    expect(isGreen(at(1, 1)) || isGreen(at(2, 3))).toBe(true)
  })

  test.each(['png', 'jpeg', 'webp'] as const)('as %s', async (format) => {
    const bytes = await drawFaces(grey(50, 40), [], format)
    expect(await sharp(bytes).metadata()).toMatchObject({ format, width: 50, height: 40 })
  })
})

test('every digit is a shape of its own, as wide as told', async () => {
  const shapes = new Set<string>()
  for (let digit = 0; digit < 10; digit++) {
    const number = numberSvg(digit, { x: 10, y: 10, height: 60, colour: '#fff' })
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="80">${number}</svg>`
    const { info } = await sharp(Buffer.from(svg)).trim().toBuffer({ resolveWithObject: true })
    expect(info.height).toBeGreaterThan(60)
    expect(info.height).toBeLessThan(76)
    expect(info.width).toBeLessThan(numberWidth(digit, 60) + 14)
    shapes.add((await sharp(Buffer.from(svg)).resize(12, 16).raw().toBuffer()).toString('hex'))
  }
  expect(shapes.size).toBe(10)
  expect(numberWidth(12, 60)).toBe(100)
})
