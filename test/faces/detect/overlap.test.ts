import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaOf, iou, mergeSame, overSmaller, shared } from '../../../src/faces/detect/overlap.js'
import type { Box } from '../../../src/faces/types.js'

const box: fc.Arbitrary<Box> = fc.record({
  x: fc.integer({ min: -50, max: 200 }),
  y: fc.integer({ min: -50, max: 200 }),
  width: fc.integer({ min: 1, max: 90 }),
  height: fc.integer({ min: 1, max: 90 }),
})
const scored = fc.record({ box, score: fc.double({ min: 0.1, max: 1, noNaN: true }), points: fc.constant([]) })

describe('how boxes overlap', () => {
  it('is the same from both sides, within 0 and 1, and 1 for a box and itself', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(iou(a, b)).toBeCloseTo(iou(b, a))
        expect(overSmaller(a, b)).toBeCloseTo(overSmaller(b, a))
        expect(iou(a, b)).toBeLessThanOrEqual(overSmaller(a, b) + 1e-12)
        expect(overSmaller(a, b)).toBeLessThanOrEqual(1)
        expect(shared(a, b)).toBeLessThanOrEqual(Math.min(areaOf(a), areaOf(b)))
        expect(iou(a, a)).toBeCloseTo(1)
      }),
    )
  })

  it('is what counting pixels tells', () => {
    const small = fc.record({
      x: fc.integer({ min: 0, max: 8 }),
      y: fc.integer({ min: 0, max: 8 }),
      width: fc.integer({ min: 1, max: 8 }),
      height: fc.integer({ min: 1, max: 8 }),
    })
    const holds = (b: Box, x: number, y: number) => x >= b.x && x < b.x + b.width && y >= b.y && y < b.y + b.height
    fc.assert(
      fc.property(small, small, (a, b) => {
        let [both, any] = [0, 0]
        for (let y = 0; y < 16; y++)
          for (let x = 0; x < 16; x++) {
            if (holds(a, x, y) && holds(b, x, y)) both++
            if (holds(a, x, y) || holds(b, x, y)) any++
          }
        expect(shared(a, b)).toBe(both)
        expect(iou(a, b)).toBeCloseTo(both / any)
      }),
    )
  })
})

describe('merging what tells of the same face', () => {
  it('keeps the best score, invents no box outside of all, and leaves separate boxes as they are', () => {
    fc.assert(
      fc.property(fc.array(scored, { maxLength: 30 }), (found) => {
        const merged = mergeSame(found)
        expect(merged.length).toBeLessThanOrEqual(found.length)
        expect(merged.length === 0).toBe(found.length === 0)
        expect(merged[0]?.score).toBe(found.length === 0 ? undefined : Math.max(...found.map(({ score }) => score)))
        const least = Math.min(...found.map((one) => one.box.x))
        const most = Math.max(...found.map((one) => one.box.x + one.box.width))
        for (const one of merged) {
          expect(one.box.x).toBeGreaterThanOrEqual(least - 1e-6)
          expect(one.box.x + one.box.width).toBeLessThanOrEqual(most + 1e-6)
        }
        const alone = found.filter((a) => found.every((b) => a === b || shared(a.box, b.box) === 0))
        for (const one of alone) expect(merged).toContainEqual(one)
      }),
    )
  })

  it('does not depend on the order in which boxes come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(scored, { maxLength: 15, selector: ({ score }) => score }), (found) => {
        const places = (all: readonly { box: Box }[]) => all.map((one) => Math.round(one.box.x * 1000))
        expect(places(mergeSame(found.toReversed()))).toEqual(places(mergeSame(found)))
      }),
    )
  })

  it('averages by score, and drops a part of a better face', () => {
    const face = { box: { x: 0, y: 0, width: 100, height: 100 }, score: 0.9, points: [{ x: 30, y: 40 }] }
    const again = { box: { x: 10, y: 0, width: 100, height: 100 }, score: 0.3, points: [{ x: 34, y: 40 }] }
    const mouth = { box: { x: 30, y: 60, width: 40, height: 30 }, score: 0.6, points: [{ x: 40, y: 70 }] }
    const merged = mergeSame([mouth, again, face])
    expect(merged).toHaveLength(1)
    expect(merged[0]?.box.x).toBeCloseTo(2.5)
    expect(merged[0]?.points[0]?.x).toBeCloseTo(31)
  })
})
