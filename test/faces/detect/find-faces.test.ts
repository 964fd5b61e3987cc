import { describe, expect, it } from 'vitest'
import type { NetworkName, Networks } from '../../../src/faces/backends/types.js'
import { findFaces } from '../../../src/faces/detect/find-faces.js'
import { iou } from '../../../src/faces/detect/overlap.js'
import type { FindOptions, FoundFaces } from '../../../src/faces/detect/types.js'
import { Pyramid } from '../../../src/faces/picture/pyramid.js'
import { inverse, place, squareAround } from '../../../src/faces/picture/warp.js'
import type { Photo, Point } from '../../../src/faces/types.js'
import { canvas, type Pasted, type Placed } from '../../support/face-canvas.js'
import { humanAsset, networks, photoOf } from '../../support/faces.js'

async function find(photo: Photo, options: Partial<FindOptions> = {}): Promise<FoundFaces> {
  return findFaces(new Pyramid(photo), await networks(), options)
}

/** Each pasted face is found once, where it is, and nothing else is. */
function expectFound({ faces }: FoundFaces, placed: readonly Placed[]): void {
  for (const { box, eyes, face } of placed) {
    const same = faces.filter((one) => iou(one.box, box) >= 0.4)
    expect(same, `a face of ${face} pixels at ${box.x}, ${box.y}`).toHaveLength(1)
    for (const n of [0, 1] as const) expect(distance(same[0]?.points[n], eyes[n])).toBeLessThan(0.12 * face)
  }
  expect(faces).toHaveLength(placed.length)
}

const distance = (a: Point | undefined, b: Point): number => Math.hypot((a?.x ?? 0) - b.x, (a?.y ?? 0) - b.y)

describe('faces of all sizes', () => {
  it('are found in one large photo, where they are', async () => {
    const pasted: Pasted[] = [
      { who: 'man', x: 60, y: 40, face: 24 },
      { who: 'woman', x: 3880, y: 2850, face: 32 },
      { who: 'man', x: 2011, y: 1507, face: 40 },
      { who: 'woman', x: 1333, y: 777, face: 60 },
      { who: 'woman', x: 2900, y: 300, face: 120 },
      { who: 'man', x: 700, y: 1500, face: 500 },
      { who: 'woman', x: 2300, y: 1100, face: 900 },
    ]
    const { photo, placed } = await canvas(4000, 3000, pasted)
    expectFound(await find(photo, { minFace: 20 }), placed)
    const large = await find(photo, { minFace: 100 })
    expectFound(
      large,
      placed.filter(({ face }) => face >= 100),
    )
  })

  it('are found across the borders of tiles, once', async () => {
    const pasted = Array.from({ length: 24 }, (_, n) => ({
      who: n % 2 ? ('man' as const) : ('woman' as const),
      x: 20 + (n % 6) * 251,
      y: 20 + Math.floor(n / 6) * 270,
      face: 30 + n * 5,
    }))
    const { photo, placed } = await canvas(1600, 1200, pasted)
    expectFound(await find(photo, { minFace: 20 }), placed)
  })

  it('show a crowd, which is then searched for smaller ones without being asked', async () => {
    const pasted: Pasted[] = [
      { who: 'man', x: 200, y: 200, face: 64 },
      { who: 'woman', x: 900, y: 300, face: 30 },
      { who: 'man', x: 1900, y: 1400, face: 26 },
    ]
    const { photo, placed } = await canvas(2400, 1800, pasted)
    expectFound(await find(photo), placed)
  })

  it('are all boxed on the sheet of the Human package: 18 × 6 faces but for one behind mirrored glasses', async () => {
    const { faces, turned } = await find(await photoOf(humanAsset('screenshot-facematch.jpg')))
    expect(turned).toBe(0)
    const missing: string[] = []
    for (let row = 0; row < 6; row++)
      for (let column = 0; column < 18; column++) {
        const [left, top] = [column * 106.65, 284 + row * 112.4]
        const inCell = faces.filter(({ box }) => {
          const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
          return x > left && x < left + 106.65 && y > top && y < top + 112.4
        })
        if (inCell.length !== 1) missing.push(`${row + 1}/${column + 1}: ${inCell.length}`)
      }
    expect(missing.filter((cell) => cell !== '3/14: 0')).toEqual([])
  })
})

describe('turned photos', () => {
  it.each([0, 90, 180, 270] as const)('shows its face when the photo was turned by %i degrees', async (turn) => {
    const { photo, placed } = await canvas(600, 400, [{ who: 'woman', x: 300, y: 90, face: 130 }], turn)
    const { faces, turned } = await find(photo)
    expect(faces).toHaveLength(1)
    const centre = { x: 300, y: 200 }
    const there = inverse(squareAround(centre, photo.width, (-turn * Math.PI) / 180, photo.width))
    const offset = (photo.width - photo.height) / 2
    for (const n of [0, 1] as const) {
      const eye = place(there, placed[0]?.eyes[n] ?? centre)
      expect(distance(faces[0]?.points[n], { x: eye.x, y: eye.y - offset })).toBeLessThan(12)
    }
    const roll = faces[0]?.pose.roll ?? 0
    expect(Math.cos(((roll - turn) * Math.PI) / 180)).toBeGreaterThan(0.96)
    // A face that lies is found as it is, or by turning; one upside down only by turning.
    if (turn === 0) expect(turned).toBe(0)
    if (turn === 180) expect(turned).toBe(180)
  })

  it('is not turned when that is not wanted', async () => {
    const { photo } = await canvas(600, 400, [{ who: 'woman', x: 300, y: 90, face: 130 }], 180)
    expect((await find(photo, { turns: false })).turned).toBe(0)
  })
})

describe('limits', () => {
  it('finds nothing where nothing is', async () => {
    const { photo } = await canvas(900, 700, [])
    expect(await find(photo)).toEqual({ turned: 0, found: 0, faces: [] })
    for (const [width, height] of [
      [1, 1],
      [3, 900],
      [900, 2],
    ] as const) {
      const empty = { width, height, data: new Uint8Array(width * height * 3) }
      expect((await find(empty)).found).toBe(0)
    }
  })

  it('keeps the largest faces and counts all', async () => {
    const pasted = Array.from({ length: 300 }, (_, n) => ({
      who: n % 2 ? ('man' as const) : ('woman' as const),
      x: 10 + (n % 20) * 78,
      y: 10 + Math.floor(n / 20) * 78,
      face: n < 20 ? 48 : 36,
    }))
    const { photo } = await canvas(1600, 1200, pasted)
    const { faces, found } = await find(photo, { maxFaces: 20 })
    expect(found).toBeGreaterThanOrEqual(290)
    expect(found).toBeLessThanOrEqual(300)
    expect(faces).toHaveLength(20)
    expect(faces.every(({ box }) => box.y < 90)).toBe(true)
  })

  it('costs a small photo with one face one run of each network', async () => {
    const { photo } = await canvas(250, 250, [{ who: 'woman', x: 40, y: 40, face: 110 }])
    const runs: NetworkName[] = []
    const real = await networks()
    const counted: Networks = {
      backend: real.backend,
      close: () => real.close(),
      async open(name) {
        const network = await real.open(name)
        return {
          run(input, batch) {
            for (let n = 0; n < batch; n++) runs.push(name)
            return network.run(input, batch)
          },
        }
      },
    }
    const { found } = await findFaces(new Pyramid(photo), counted)
    expect(found).toBe(1)
    expect(runs).toEqual(['detector', 'mesh'])
  })
})
