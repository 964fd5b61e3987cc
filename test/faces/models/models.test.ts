import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeOnnx } from '../../../src/faces/convert/onnx-file.js'
import { alignment, similarityTransform } from '../../../src/faces/models/align.js'
import { similarity } from '../../../src/faces/models/compare.js'
import { openOwnModel } from '../../../src/faces/models/own-model.js'
import { parseRecipe, RECIPES, type Recipe } from '../../../src/faces/models/recipe.js'
import { addModel, findModel, listModels, removeModel } from '../../../src/faces/models/store.js'
import { Pyramid } from '../../../src/faces/picture/pyramid.js'
import { place } from '../../../src/faces/picture/warp.js'
import type { FivePoints, Photo } from '../../../src/faces/types.js'
import { smallRecogniser } from '../../support/small-recogniser.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('models')
const now = new Date('2027-03-01T10:00:00Z')
const small: Recipe = { ...RECIPES.sface }

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(dir, name)
  await writeFile(file, bytes)
  return file
}

/** Colours that change smoothly and differently in both directions. */
function photo(width: number, height: number): Photo {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      data[at] = (255 * x) / width
      data[at + 1] = (255 * y) / height
      data[at + 2] = 127 + 120 * Math.sin(x / 17) * Math.cos(y / 23)
    }
  return { width, height, data }
}

const POINTS: FivePoints = [
  { x: 120, y: 150 },
  { x: 190, y: 152 },
  { x: 155, y: 190 },
  { x: 126, y: 231 },
  { x: 184, y: 233 },
]
const FACE = { points: POINTS, box: { x: 90, y: 90, width: 130, height: 180 } }

describe('alignment', () => {
  test('undoes any turn, size and shift (property)', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(
        number(-Math.PI, Math.PI),
        number(0.2, 5),
        number(-500, 500),
        number(-500, 500),
        (turn, size, x, y) => {
          const [a, c] = [Math.cos(turn) * size, Math.sin(turn) * size]
          const moved = POINTS.map((point) => place({ a, b: -c, tx: x, c, d: a, ty: y }, point))
          const back = similarityTransform(moved, POINTS)
          for (const [at, point] of moved.entries()) {
            expect(place(back, point).x).toBeCloseTo(POINTS[at]?.x ?? Number.NaN, 5)
            expect(place(back, point).y).toBeCloseTo(POINTS[at]?.y ?? Number.NaN, 5)
          }
        },
      ),
    )
  })

  test('never mirrors, and fits no worse than any neighbour', () => {
    const target = POINTS.map(({ x, y }, at) => ({ x: 200 - x + at * 3, y: y + at * at }))
    const found = similarityTransform(POINTS, target)
    expect(found.a * found.d - found.b * found.c).toBeGreaterThan(0)
    const miss = ({ a, c, tx, ty }: { a: number; c: number; tx: number; ty: number }) =>
      POINTS.reduce((sum, point, at) => {
        const { x, y } = place({ a, b: -c, tx, c, d: a, ty }, point)
        return sum + (x - (target[at]?.x ?? 0)) ** 2 + (y - (target[at]?.y ?? 0)) ** 2
      }, 0)
    const best = miss(found)
    for (const key of ['a', 'c', 'tx', 'ty'] as const)
      for (const step of [-1e-3, 1e-3]) expect(miss({ ...found, [key]: found[key] + step })).toBeGreaterThan(best)
  })

  test('brings the points to the published template, by centres of pixels', () => {
    const map = alignment(RECIPES.arcface, { ...FACE, points: POINTS })
    // A face that lies exactly as the template, twice as large, shifted.
    const template: [number, number][] = [
      [38.2946, 51.6963],
      [73.5318, 51.5014],
      [56.0252, 71.7366],
      [41.5493, 92.3655],
      [70.7299, 92.2041],
    ]
    const points = template.map(([x, y]) => ({ x: (x + 0.5) * 2 + 30, y: (y + 0.5) * 2 + 40 })) as unknown as FivePoints
    const exact = alignment(RECIPES.arcface, { ...FACE, points })
    expect(exact.a).toBeCloseTo(2, 9)
    expect(exact.b).toBeCloseTo(0, 9)
    expect([exact.tx, exact.ty]).toEqual([expect.closeTo(30, 9), expect.closeTo(40, 9)])
    expect(map.a).toBeGreaterThan(1)
  })

  test('a box is made square, with its margin around it', () => {
    const map = alignment({ ...small, align: { box: { margin: 0.5 } } }, FACE)
    const corner = place(map, { x: 0, y: 0 })
    const other = place(map, { x: 112, y: 112 })
    expect([corner.x, corner.y]).toEqual([155 - 180, 180 - 180])
    expect([other.x, other.y]).toEqual([155 + 180, 180 + 180])
  })

  test('points that lie in one place give no face but no error either', () => {
    const points = POINTS.map(() => ({ x: 5, y: 5 })) as unknown as FivePoints
    expect(Object.values(alignment(small, { ...FACE, points })).every(Number.isFinite)).toBe(true)
  })
})

describe('recipes', () => {
  test('are read from YAML, with defaults', () => {
    const text =
      'input: {width: 96, height: 112, channels: bgr, mean: [1, 2, 3]}\noutput: {length: 128}\nlicense: mine\n'
    expect(parseRecipe(text, 'r.yaml')).toEqual({
      input: { width: 96, height: 112, channels: 'bgr', layout: 'nchw', mean: [1, 2, 3], scale: 1 },
      output: { length: 128 },
      align: 'arcface',
      mirror: false,
      license: 'mine',
    })
  })

  test.each([
    ['input: {width: 112', /r\.yaml is no YAML/],
    ['', /r\.yaml: the recipe/],
    ['input: {width: 0, height: 9, channels: rgb}\noutput: {length: 9}', /input\.width/],
    ['input: {width: 9, height: 9, channels: grb}\noutput: {length: 9}', /input\.channels/],
    ['input: {width: 9, height: 9, channels: rgb}\noutput: {length: 9}\nalgin: sface', /algin/],
    ['input: {width: 9, height: 9, channels: rgb}\noutput: {length: 9}\nalign: {points: [[1, 2]]}', /align/],
  ])('say what is wrong: %s', (text, message) => {
    expect(() => parseRecipe(text, 'r.yaml')).toThrowError(
      expect.objectContaining({ code: 'FACE_MODEL_RECIPE', message: expect.stringMatching(message) }),
    )
  })
})

describe('own models', () => {
  const models = path.join(dir, 'store')

  test('are added, found by name and id, listed and removed', async () => {
    const file = await written('one.onnx', smallRecogniser())
    const added = await addModel(models, { name: 'one', file, recipe: small, now })
    expect(added.id).toMatch(/^one@[0-9a-f]{12}$/)
    expect(await findModel([models], 'one')).toEqual(added)
    expect(await findModel([path.join(dir, 'nowhere'), models], added.id)).toEqual(added)
    expect(await listModels([models])).toEqual([added])
    expect(await readdir(models)).toEqual(['one'])
    await expect(addModel(models, { name: 'one', file, recipe: small, now })).rejects.toMatchObject({
      code: 'FACE_MODEL_EXISTS',
    })
    const other = await addModel(models, { name: 'other', file, recipe: { ...small, mirror: true }, now })
    // The same file by another recipe makes other vectors; the note on the licence makes none.
    expect(other.id.split('@')[1]).not.toBe(added.id.split('@')[1])
    const noted = await addModel(models, { name: 'noted', file, recipe: { ...small, license: 'mine' }, now })
    expect(noted.id.split('@')[1]).toBe(added.id.split('@')[1])
    await removeModel([models], 'one')
    await expect(findModel([models], 'one')).rejects.toMatchObject({ code: 'FACE_MODEL_NOT_FOUND' })
    await expect(removeModel([models], '../store')).rejects.toMatchObject({ code: 'FACE_MODEL_NOT_FOUND' })
  })

  test('that are changed or damaged are told as such', async () => {
    const file = await written('two.onnx', smallRecogniser({ seed: 2 }))
    const { file: kept } = await addModel(models, { name: 'two', file, recipe: small, now })
    await appendFile(kept, 'x')
    await expect(findModel([models], 'two')).rejects.toMatchObject({ code: 'FACE_MODEL_DAMAGED' })
    await mkdir(path.join(models, 'empty'))
    await writeFile(path.join(models, 'two.calibration.json'), '{}')
    const listed = await listModels([models])
    expect(listed.find(({ name }) => name === 'empty')).toMatchObject({
      problem: expect.stringContaining('model.json'),
    })
    expect(listed.map(({ name }) => name)).not.toContain('two.calibration.json')
    await removeModel([models], 'empty')
    await removeModel([models], 'two')
  })

  const identity = (value: number) =>
    encodeOnnx({
      name: 'constant',
      inputs: [{ name: 'data', shape: ['batch', 3, 112, 112] }],
      outputs: [{ name: 'vector', shape: ['batch', 128] }],
      constants: [{ name: 'w', shape: [3, 128], data: new Float32Array(384).fill(value) }],
      nodes: [
        { op: 'GlobalAveragePool', inputs: ['data'], outputs: ['pooled'] },
        { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'], attributes: { axis: { int: 1 } } },
        { op: 'Gemm', inputs: ['flat', 'w'], outputs: ['vector'] },
      ],
    })

  test.each<[string, Uint8Array, Recipe, RegExp]>([
    ['no ONNX', Buffer.from('hello'), small, /cannot be run by onnxruntime/],
    ['cut short', smallRecogniser().subarray(0, 2000), small, /cannot be run by onnxruntime/],
    ['another length', smallRecogniser({ length: 64 }), small, /gives 64 numbers as vector; the recipe says 128/],
    ['another size', smallRecogniser({ width: 96 }), small, /does not run on an input of 1 × 3 × 112 × 112 floats/],
    ['another layout', smallRecogniser(), { ...small, input: { ...small.input, layout: 'nhwc' } }, /1 × 112 × 112 × 3/],
    ['two outputs', smallRecogniser({ second: true }), small, /has 2 outputs \(vector, cells\)/],
    ['no such output', smallRecogniser(), { ...small, output: { length: 128, tensor: 'fc1' } }, /no output named fc1/],
    ['no such input', smallRecogniser(), { ...small, input: { ...small.input, tensor: 'x' } }, /no input named x/],
    ['numbers beyond all', identity(Number.POSITIVE_INFINITY), small, /not finite/],
    ['zeros', identity(0), small, /a vector of zeros/],
  ])('that do not do what the recipe says are refused: %s', async (_what, bytes, recipe, message) => {
    const file = await written('bad.onnx', bytes)
    await expect(addModel(models, { name: 'bad', file, recipe, now })).rejects.toMatchObject({
      code: 'FACE_MODEL_INVALID',
      message: expect.stringMatching(message),
    })
    expect((await readdir(models)).filter((name) => name.includes('bad'))).toEqual([])
  })

  test('a missing file and a name that cannot be are errors', async () => {
    const missing = { name: 'x', file: path.join(dir, 'none.onnx'), recipe: small, now }
    await expect(addModel(models, missing)).rejects.toMatchObject({ code: 'FACE_MODEL_INVALID' })
    await expect(addModel(models, { ...missing, name: '../x' })).rejects.toMatchObject({ code: 'FACE_MODEL_NAME' })
  })

  test('vectors are of unit length, stay when the photo is turned and scaled, and differ between places', async () => {
    const file = await written('three.onnx', smallRecogniser({ seed: 3, batch: 1 }))
    const recipe: Recipe = { ...RECIPES.arcface, output: { length: 128 } }
    const own = await openOwnModel({ name: 'three', id: 'three@0', file, recipe })
    const pyramid = new Pyramid(photo(320, 360))
    const vector = await own.embed(pyramid, FACE)
    expect(own).toMatchObject({ id: 'three@0', length: 128 })
    expect(dot(vector, vector)).toBeCloseTo(1, 5)
    expect(await own.embed(pyramid, FACE)).toEqual(vector)
    // The same photo on its side: a quarter turn clockwise maps (x, y) to (height − y, x).
    const turned = await own.embed(new Pyramid(quarterTurn(pyramid.photo)), {
      ...FACE,
      points: POINTS.map(({ x, y }) => ({ x: 360 - y, y: x })) as unknown as FivePoints,
    })
    expect(dot(vector, turned)).toBeGreaterThan(0.9999)
    const elsewhere = POINTS.map(({ x, y }) => ({ x: x - 70, y: y + 60 })) as unknown as FivePoints
    expect(dot(vector, await own.embed(pyramid, { ...FACE, points: elsewhere }))).toBeLessThan(0.999)
    await own.close()
  })

  test('channels, means and scales are those of the recipe; a mirrored average is the same for the mirrored face', async () => {
    const file = await written('four.onnx', smallRecogniser({ seed: 4 }))
    const pyramid = new Pyramid(photo(320, 360))
    const embed = async (recipe: Recipe, picture = pyramid, face = FACE) => {
      const own = await openOwnModel({ name: 'four', id: 'four@0', file, recipe })
      const vector = await own.embed(picture, face)
      await own.close()
      return vector
    }
    const input = { ...small.input, mean: [10, 20, 30] as [number, number, number], scale: 0.01 }
    const plain = await embed({ ...small, input })
    expect(dot(plain, await embed({ ...small, input: { ...input, channels: 'bgr' } }))).toBeLessThan(0.999)
    // A network without offsets sees no difference when all its numbers are a hundred times larger.
    expect(dot(plain, await embed({ ...small, input: { ...input, scale: 1 } }))).toBeCloseTo(1, 5)
    const box: Recipe = { ...small, mirror: true, align: { box: { margin: 0.1 } } }
    const mirroredFace = { ...FACE, box: { ...FACE.box, x: 320 - FACE.box.x - FACE.box.width } }
    const mirrored = await embed(box, new Pyramid(mirror(pyramid.photo)), mirroredFace)
    expect(dot(await embed(box), mirrored)).toBeGreaterThan(0.9999)
  })

  test('vectors of different models are not compared', () => {
    const a = { model: 'a@1', vector: Float32Array.of(0.6, 0.8) }
    expect(similarity(a, { model: 'a@1', vector: Float32Array.of(0.8, 0.6) })).toBeCloseTo(0.96, 6)
    for (const other of [
      { ...a, model: 'a@2' },
      { ...a, vector: Float32Array.of(1) },
    ])
      expect(() => similarity(a, other)).toThrowError(expect.objectContaining({ code: 'FACE_MODELS_DIFFER' }))
  })
})

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? Number.NaN), 0)
}

function remapped(
  from: Photo,
  width: number,
  height: number,
  source: (x: number, y: number) => [number, number],
): Photo {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [sx, sy] = source(x, y)
      const at = (sy * from.width + sx) * 3
      data.set(from.data.subarray(at, at + 3), (y * width + x) * 3)
    }
  return { width, height, data }
}

const quarterTurn = (from: Photo): Photo => remapped(from, from.height, from.width, (x, y) => [y, from.height - 1 - x])
const mirror = (from: Photo): Photo => remapped(from, from.width, from.height, (x, y) => [from.width - 1 - x, y])
