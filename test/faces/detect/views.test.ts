import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf, decode, SIDE } from '../../../src/faces/detect/blazeface.js'
import { levelsFor, MIN_FACE, SMALLEST } from '../../../src/faces/detect/policy.js'
import { mapOfView, tileViews, wholeView } from '../../../src/faces/detect/views.js'
import { inverse, place } from '../../../src/faces/picture/warp.js'
import type { Turn } from '../../../src/faces/types.js'

const extent = fc.record({ width: fc.integer({ min: 20, max: 6000 }), height: fc.integer({ min: 20, max: 6000 }) })

describe('the anchors of the detector', () => {
  it.each([
    { cells: 16, each: 2, rows: 512 },
    { cells: 8, each: 6, rows: 384 },
  ])('are the centres of $cells × $cells cells', ({ cells, each, rows }) => {
    const anchors = anchorsOf({ cells, each })
    expect(anchors).toHaveLength(rows * 2)
    const stride = SIDE / cells
    fc.assert(
      fc.property(fc.nat(cells - 1), fc.nat(cells - 1), fc.nat(each - 1), (column, row, n) => {
        const at = ((row * cells + column) * each + n) * 2
        expect(anchors[at]).toBe(column * stride + stride / 2)
        expect(anchors[at + 1]).toBe(row * stride + stride / 2)
      }),
    )
  })

  it('turn a row of the answer into a box and points in pixels, for its picture of the batch alone', () => {
    const raw = {
      scores512: new Float32Array(1024).fill(-10),
      boxes512: new Float32Array(1024 * 16),
      scores384: new Float32Array(768).fill(-10),
      boxes384: new Float32Array(768 * 16),
    }
    raw.scores512[512 + 2 * 17] = 2
    raw.boxes512.set([4, -4, 40, 50, -8, -6], (512 + 2 * 17) * 16)
    expect(decode(raw, 0, 0.5)).toEqual([])
    const [one, ...others] = decode(raw, 1, 0.5)
    expect(others).toEqual([])
    expect(one?.box).toEqual({ x: 28 - 20, y: 20 - 25, width: 40, height: 50 })
    expect(one?.score).toBeCloseTo(1 / (1 + Math.exp(-2)))
    expect(one?.points[0]).toEqual({ x: 16, y: 18 })
  })
})

describe('the squares that are looked at', () => {
  it('cover the photo, and any face up to a fifth of a tile stands whole in one of them', () => {
    fc.assert(
      fc.property(
        extent,
        fc.integer({ min: 250, max: 3000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ width, height }, size, across, down) => {
          const face = Math.min(size / 5, width, height)
          const [x, y] = [across * (width - face), down * (height - face)]
          const whole = tileViews({ width, height }, size, 0).some(
            ({ centre }) =>
              x >= centre.x - size / 2 - 1e-6 &&
              y >= centre.y - size / 2 - 1e-6 &&
              x + face <= centre.x + size / 2 + 1e-6 &&
              y + face <= centre.y + size / 2 + 1e-6,
          )
          expect(whole).toBe(true)
        },
      ),
    )
  })

  it('keep the proportions of the photo and turn it around its middle', () => {
    fc.assert(
      fc.property(extent, fc.constantFrom<Turn>(0, 90, 180, 270), ({ width, height }, turn) => {
        const map = mapOfView(wholeView({ width, height }, turn))
        const middle = place(map, { x: SIDE / 2, y: SIDE / 2 })
        expect(middle.x).toBeCloseTo(width / 2)
        expect(middle.y).toBeCloseTo(height / 2)
        for (const corner of [
          { x: 0, y: 0 },
          { x: width, y: height },
        ]) {
          const seen = place(inverse(map), corner)
          expect(Math.min(seen.x, seen.y)).toBeGreaterThanOrEqual(-1e-6)
          expect(Math.max(seen.x, seen.y)).toBeLessThanOrEqual(SIDE + 1e-6)
        }
      }),
    )
  })

  it('shows the top of the photo on the right once it is turned by 90 degrees clockwise', () => {
    const map = inverse(mapOfView(wholeView({ width: 256, height: 256 }, 90)))
    expect(place(map, { x: 128, y: 0 }).x).toBeCloseTo(256)
    expect(place(map, { x: 128, y: 0 }).y).toBeCloseTo(128)
  })
})

describe('how far a photo is searched', () => {
  it('makes the smallest face that is wanted large enough for the detector', () => {
    fc.assert(
      fc.property(extent, fc.integer({ min: 8, max: 400 }), ({ width, height }, minFace) => {
        const levels = levelsFor({ width, height }, { minFace, tiles: 'auto' })
        const last = levels.at(-1)?.size ?? Math.max(width, height)
        expect((minFace * SIDE) / last).toBeGreaterThanOrEqual(SMALLEST - 1e-6)
        expect(levels.some(({ onSigns }) => onSigns)).toBe(false)
        expect(levels.length).toBeLessThan(8)
      }),
    )
  })

  it('is the whole photo alone when that is small, or when tiles are not wanted', () => {
    expect(levelsFor({ width: 250, height: 250 }, { minFace: undefined, tiles: 'auto' })).toEqual([])
    expect(levelsFor({ width: 4000, height: 3000 }, { minFace: 20, tiles: 'never' })).toEqual([])
  })

  it('costs a large photo six tiles without a wish, and goes down to the smallest face where a crowd shows', () => {
    const levels = levelsFor({ width: 4000, height: 3000 }, { minFace: undefined, tiles: 'auto' })
    const [first, ...more] = levels
    expect(first?.onSigns).toBe(false)
    expect(tileViews({ width: 4000, height: 3000 }, first?.size ?? 1, 0)).toHaveLength(6)
    expect(more.every(({ onSigns }) => onSigns)).toBe(true)
    expect((MIN_FACE * SIDE) / (levels.at(-1)?.size ?? 1)).toBeGreaterThanOrEqual(SMALLEST - 1e-6)
  })
})
