import { expect, test } from 'vitest'
import { inOriginal, minFaceIn } from '../../../src/faces/photo/original-places.js'
import type { Photo, PhotoFaces } from '../../../src/faces/types.js'

const photo: Photo = { width: 100, height: 50, data: new Uint8Array(0) }
const shrunk: Photo = { ...photo, original: { width: 400, height: 200 } }
const point = { x: 10, y: 5 }
const found: PhotoFaces = {
  width: 100,
  height: 50,
  turned: 90,
  found: 1,
  model: 'm',
  faces: [
    {
      box: { x: 5, y: 4, width: 20, height: 30 },
      score: 1,
      points: [point, point, point, point, point],
      pose: { yaw: 1, pitch: 2, roll: 3 },
      quality: { score: 1, reasons: [], sharpness: 1, brightness: 1 },
      age: { years: 30, bucket: '25-34' },
      gender: { value: 'unknown', male: 0.5 },
      real: null,
      live: null,
      vector: new Float32Array(2),
    },
  ],
}

test('places are told in pixels of the original', () => {
  expect(inOriginal(found, photo)).toBe(found)
  expect(inOriginal(found, shrunk)).toMatchObject({
    width: 400,
    height: 200,
    turned: 90,
    faces: [
      { box: { x: 20, y: 16, width: 80, height: 120 }, points: Array(5).fill({ x: 40, y: 20 }), pose: { yaw: 1 } },
    ],
  })
})

test('the smallest face is meant in pixels of the original', () => {
  expect(minFaceIn({ minFace: 40 }, photo)).toEqual({ minFace: 40 })
  expect(minFaceIn({ minFace: 40 }, shrunk)).toEqual({ minFace: 10 })
  expect(minFaceIn({}, shrunk)).toEqual({})
})
