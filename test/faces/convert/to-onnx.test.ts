import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { tfjsArtifacts } from '../../../src/faces/backends/tfjs-artifacts.js'
import { wasmDir } from '../../../src/faces/backends/wasm.js'
import { readTfjsModel } from '../../../src/faces/convert/tfjs-model.js'
import { convertToOnnx } from '../../../src/faces/convert/to-onnx.js'
import { tempDir } from '../../support/temp-dir.js'
import { attributes as a, TfjsGraph } from '../../support/tfjs-graphs.js'

const dir = await tempDir('convert')

beforeAll(async () => {
  setWasmPaths(`${wasmDir()}/`)
  await tf.setBackend('wasm')
})

/** What a graph is made of; every layer takes what the one before gave. */
const LAYERS = ['conv', 'fused', 'depthwise', 'pool', 'pad', 'prelu', 'relu6', 'residual', 'concat', 'sigmoid'] as const
const HEADS = ['picture', 'mean', 'kept mean', 'reshape', 'dense', 'softmax'] as const

const layer = fc.record({
  kind: fc.constantFrom(...LAYERS),
  kernel: fc.constantFrom<[number, number]>([1, 1], [3, 3], [2, 2], [5, 3]),
  // WebAssembly kernels of tfjs take one stride for both directions only with some operators.
  stride: fc.constantFrom(1, 2),
  dilation: fc.constantFrom(1, 1, 2),
  padding: fc.constantFrom<'SAME' | 'VALID'>('SAME', 'VALID'),
  channels: fc.integer({ min: 1, max: 5 }),
  activation: fc.constantFrom('', 'Relu', 'Relu6', 'Prelu'),
})
type Layer = typeof layer extends fc.Arbitrary<infer T> ? T : never

const graph = fc.record({
  height: fc.integer({ min: 7, max: 14 }),
  width: fc.integer({ min: 7, max: 14 }),
  layers: fc.array(layer, { minLength: 1, maxLength: 5 }),
  head: fc.constantFrom(...HEADS),
  seed: fc.integer(),
})

describe('a converted graph', () => {
  test('gives what tfjs gives (property)', async () => {
    let next = 0
    const used = new Set<string>()
    await fc.assert(
      fc.asyncProperty(graph, async ({ height, width, layers, head, seed }) => {
        const random = numbers(seed)
        const built = new TfjsGraph(height, width, 3)
        let value: Value = { name: 'input', height, width, channels: 3 }
        for (const entry of layers) {
          value = addLayer(built, value, entry, random)
          used.add(entry.kind)
        }
        const output = addHead(built, value, head, random)
        used.add(head)
        const file = await built.write(dir, `graph${next++}`, [output])
        await expectEqual(file, output, [2, height, width, 3], random)
      }),
      { numRuns: 60, seed: 20270301 },
    )
    expect([...used].sort()).toEqual([...LAYERS, ...HEADS].sort())
  })

  test.each([
    ['min and max as Relu6', [6, 0]],
    ['other limits', [3, -1]],
  ] as const)('%s are a clip', async (name, [high, low]) => {
    const built = new TfjsGraph(4, 5, 3)
    const scaled = built.add('Mul', ['input', built.constant([], [9])])
    const relu = low === 0 ? built.add('Relu', [scaled]) : scaled
    const least = built.add('Minimum', [relu, built.constant([], [high])])
    const most = built.add('Maximum', [least, built.constant([], [low])])
    await expectEqual(await built.write(dir, `clip ${name}`, [most]), most, [2, 4, 5, 3], numbers(1))
  })

  test.each([false, true])('a matrix with bias, transposed: %s', async (transposed) => {
    const random = numbers(5)
    const built = new TfjsGraph(1, 1, 6)
    const flat = built.add('Reshape', ['input', built.constant([2], [-1, 6], 'int32')])
    const data = Float32Array.from({ length: 18 }, () => random() - 0.5)
    const values = Array.from({ length: 24 }, () => Math.fround(random() - 0.5))
    const weights = built.constant(transposed ? [4, 6] : [6, 4], values)
    const bias = built.constant([4], [1, -1, 0.5, 2])
    const dense = built.add('_FusedMatMul', [flat, weights, bias], {
      ...a.fused('BiasAdd', 'Relu'),
      ...a.bool('transpose_a', false),
      ...a.bool('transpose_b', transposed),
    })
    // Worked out here: tfjs's WebAssembly kernel gives other numbers when the matrix is transposed.
    const at = (row: number, column: number) => values[transposed ? column * 6 + row : row * 4 + column] ?? 0
    const expected = Array.from({ length: 12 }, (_, index) => {
      const [face, column] = [Math.floor(index / 4), index % 4]
      const row = Array.from(data.subarray(face * 6, face * 6 + 6))
      return Math.max(
        0,
        row.reduce((sum, value, place) => sum + value * at(place, column), [1, -1, 0.5, 2][column] ?? 0),
      )
    })
    const file = await built.write(dir, `dense${transposed}`, [dense])
    const session = await ort.InferenceSession.create(convertToOnnx(await readTfjsModel(file), { name: 'dense' }))
    const found = (await session.run({ input: new ort.Tensor('float32', data, [3, 1, 1, 6]) }))[dense]
    expect([...(found?.data as Float32Array)]).toEqual(expected.map((value) => expect.closeTo(value, 5)))
    await session.release()
  })
})

describe('models that cannot be converted', () => {
  const convert = async (file: string, outputs?: string[]) =>
    convertToOnnx(await readTfjsModel(file), { name: 'bad', ...(outputs && { outputs }) })

  test.each<[string, (built: TfjsGraph) => string, RegExp]>([
    ['an unknown operator', (built) => built.add('Einsum', ['input']), /operator Einsum, which is not known/],
    ['an input that is not there', (built) => built.add('Relu', ['nobody']), /names nobody/],
    ['no input', (built) => built.add('Relu', []), /has no input 0/],
    [
      'weights that are not there',
      (built) => built.add('Conv2D', ['input', 'input'], a.padding('SAME')),
      /needs constant input/,
    ],
    [
      'an unknown padding',
      (built) => built.add('MaxPool', ['input'], { ...a.sizes('ksize', 2, 2), padding: { s: 'RVhQTElDSVQ=' } }),
      /pads by EXPLICIT/,
    ],
    [
      'pooling what was padded, which onnxruntime gets wrong',
      (built) =>
        built.add('MaxPool', [built.add('Pad', ['input', built.constant([4, 2], [0, 0, 1, 1, 1, 1, 0, 0], 'int32')])], {
          ...a.sizes('ksize', 2, 2),
          ...a.padding('VALID'),
        }),
      /pools what was just padded/,
    ],
    [
      'a mean over channels',
      (built) => built.add('Mean', ['input', built.constant([1], [3], 'int32')]),
      /mean over axes 3/,
    ],
    [
      'a reshape across the batch',
      (built) => built.add('Reshape', ['input', built.constant([2], [-1, 7], 'int32')]),
      /reshapes across the batch/,
    ],
    [
      'an unknown activation',
      (built) =>
        built.add('_FusedConv2D', ['input', built.constant([1, 1, 3, 1], [1, 1, 1])], {
          ...a.padding('SAME'),
          ...a.fused('Elu'),
        }),
      /fused with Elu/,
    ],
  ])('say why: %s', async (name, build, message) => {
    const built = new TfjsGraph(6, 6, 3)
    const file = await built.write(dir, `bad ${name}`, [build(built)])
    await expect(convert(file)).rejects.toThrow(message)
  })

  test('weights that are cut short, files that are missing or are no model', async () => {
    const built = new TfjsGraph(6, 6, 3)
    const added = built.add('BiasAdd', ['input', built.constant([3], [1, 2, 3])])
    const file = await built.write(dir, 'cut', [added])
    await truncate(path.join(dir, 'cut.bin'), 8)
    await expect(convert(file)).rejects.toThrow(/the weights end inside const0/)
    await expect(convert(path.join(dir, 'none.json'))).rejects.toThrow(/ENOENT/)
    await writeFile(path.join(dir, 'text.json'), 'no JSON')
    await expect(convert(path.join(dir, 'text.json'))).rejects.toThrow(/JSON/)
    const whole = JSON.parse(await readFile(file, 'utf8'))
    whole.weightsManifest[0].weights[0].dtype = 'complex64'
    await writeFile(path.join(dir, 'odd.json'), JSON.stringify(whole))
    await expect(convert(path.join(dir, 'odd.json'))).rejects.toThrow(/complex64, which is not understood/)
    await mkdir(path.join(dir, 'folder.json'))
    await expect(convert(path.join(dir, 'folder.json'))).rejects.toThrow(/EISDIR/)
  })
})

interface Value {
  readonly name: string
  readonly height: number
  readonly width: number
  readonly channels: number
}

function addLayer(built: TfjsGraph, value: Value, entry: Layer, random: () => number): Value {
  const { kind, stride, dilation, padding, channels, activation } = entry
  const kernel = entry.kernel.map((size) => Math.min(size, 3)) as [number, number]
  const reach = (size: number) => (size - 1) * dilation + 1
  const fits = padding === 'SAME' || (reach(kernel[0]) <= value.height && reach(kernel[1]) <= value.width)
  const [kh, kw] = fits ? kernel : [1, 1]
  const steps = dilation > 1 ? 1 : stride
  const after = (size: number, window: number) =>
    padding === 'SAME' ? Math.ceil(size / steps) : Math.floor((size - window) / steps) + 1
  const slid = { height: after(value.height, reach(kh)), width: after(value.width, reach(kw)) }
  const window = {
    ...a.padding(padding),
    ...a.sizes('strides', steps, steps),
    ...a.sizes('dilations', dilation, dilation),
    ...a.channelsLast,
  }
  const weights = (...shape: number[]) =>
    built.constant(
      shape,
      Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => random() - 0.5),
    )
  switch (kind) {
    case 'conv': {
      const name = built.add('Conv2D', [value.name, weights(kh, kw, value.channels, channels)], window)
      return { name, ...slid, channels }
    }
    case 'fused':
    case 'depthwise': {
      const deep = kind === 'depthwise'
      const out = deep ? value.channels : channels
      const filter = deep ? weights(kh, kw, value.channels, 1) : weights(kh, kw, value.channels, channels)
      const slope = activation === 'Prelu' ? [weights(1, 1, out)] : []
      const name = built.add(
        deep ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D',
        [value.name, filter, weights(out), ...slope],
        { ...window, ...a.fused('BiasAdd', ...(activation === '' ? [] : [activation])) },
      )
      return { name, ...slid, channels: out }
    }
    case 'pool': {
      const size = padding === 'SAME' || Math.min(value.height, value.width) >= 2 ? 2 : 1
      const pooled = (length: number) =>
        padding === 'SAME' ? Math.ceil(length / stride) : Math.floor((length - size) / stride) + 1
      // What was just padded is refused: another layer in between.
      const before = value.name.startsWith('Pad') ? built.add('Relu', [value.name]) : value.name
      const name = built.add('MaxPool', [before], {
        ...a.padding(padding),
        ...a.sizes('strides', stride, stride),
        ...a.sizes('ksize', size, size),
        ...a.channelsLast,
      })
      return { name, height: pooled(value.height), width: pooled(value.width), channels: value.channels }
    }
    case 'pad': {
      const pads = built.constant([4, 2], [0, 0, 1, 2, 0, 1, 0, stride - 1], 'int32')
      const name = built.add('Pad', [value.name, pads])
      const { height, width, channels: before } = value
      return { name, height: height + 3, width: width + 1, channels: before + stride - 1 }
    }
    case 'prelu':
      return { ...value, name: built.add('Prelu', [value.name, weights(1, 1, value.channels)]) }
    case 'relu6':
      return { ...value, name: built.add('Relu6', [built.add('Mul', [value.name, built.constant([], [8])])]) }
    case 'sigmoid':
      return { ...value, name: built.add('Sigmoid', [value.name]) }
    case 'residual':
      return { ...value, name: built.add('AddV2', [value.name, built.add('Relu', [value.name])]) }
    case 'concat': {
      const axis = built.constant([], [stride === 1 ? 3 : -1], 'int32')
      const name = built.add('ConcatV2', [value.name, built.add('Relu', [value.name]), axis], { N: { i: '2' } })
      return { ...value, name, channels: value.channels * 2 }
    }
  }
}

function addHead(built: TfjsGraph, value: Value, head: (typeof HEADS)[number], random: () => number): string {
  const { height, width, channels } = value
  const mean = (keep: boolean) =>
    built.add('Mean', [value.name, built.constant([2], [1, 2], 'int32')], a.bool('keep_dims', keep))
  switch (head) {
    case 'picture':
      return built.add('Identity', [value.name])
    case 'mean':
      return mean(false)
    case 'kept mean':
      return mean(true)
    case 'reshape':
      return built.add('Reshape', [value.name, built.constant([3], [-1, height * width, channels], 'int32')])
    case 'softmax':
      return built.add('Softmax', [mean(false)])
    case 'dense': {
      const weights = built.constant([channels, 3], Array.from({ length: channels * 3 }, random))
      const plain = { ...a.bool('transpose_a', false), ...a.bool('transpose_b', false) }
      return built.add('MatMul', [mean(false), weights], plain)
    }
  }
}

/** Runs both on the same numbers. */
async function expectEqual(file: string, output: string, shape: number[], random: () => number): Promise<void> {
  const data = Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => random() * 2 - 1)
  const model = await loadGraphModel({ load: () => tfjsArtifacts(file) })
  const input = tf.tensor(data, shape, 'float32')
  const result = model.execute(input, output) as tf.Tensor
  const expected = await result.data()
  const session = await ort.InferenceSession.create(convertToOnnx(await readTfjsModel(file), { name: 'graph' }))
  const found = (await session.run({ input: new ort.Tensor('float32', data, shape) }))[output]
  expect(found?.dims).toEqual(result.shape)
  const miss = Float32Array.from(
    expected,
    (value, at) => Math.abs(value - Number(found?.data[at])) / (1 + Math.abs(value)),
  )
  expect(miss.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(1e-4)
  expect(expected.every(Number.isFinite)).toBe(true)
  tf.dispose([input, result])
  model.dispose()
  await session.release()
}

/** Mulberry32: the same numbers from 0 to 1 for the same seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
