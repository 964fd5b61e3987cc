import { encodeOnnx, type OnnxConstant } from '../../src/faces/convert/onnx-file.js'

interface SmallModel {
  readonly width?: number
  readonly height?: number
  /** Numbers in a vector. */
  readonly length?: number
  readonly seed?: number
  /** Size of the batch in the file: a number, or free. */
  readonly batch?: number | string
  /** Gives the pooled features as a second output. */
  readonly second?: boolean
}

/** An ONNX file of two convolutions, pooling and a matrix: the colours and edges of a picture as a vector. */
export function smallRecogniser(model: SmallModel = {}): Uint8Array {
  const { width = 112, height = 112, length = 128, seed = 1, batch = 'batch', second = false } = model
  const random = numbers(seed)
  const constant = (name: string, shape: readonly number[]): OnnxConstant => {
    const size = shape.reduce((product, count) => product * count, 1)
    return { name, shape, data: Float32Array.from({ length: size }, () => random() - 0.5) }
  }
  const window = (size: number) => ({
    kernel_shape: { ints: [size, size] },
    strides: { ints: [size, size] },
  })
  return encodeOnnx({
    name: 'small',
    inputs: [{ name: 'data', shape: [batch, 3, height, width] }],
    outputs: [
      { name: 'vector', shape: [batch, length] },
      ...(second ? [{ name: 'cells', shape: [batch, 8, Math.floor(height / 16), Math.floor(width / 16)] }] : []),
    ],
    constants: [
      constant('w1', [8, 3, 4, 4]),
      constant('w2', [8, 8, 4, 4]),
      constant('w3', [8 * Math.floor(height / 16) * Math.floor(width / 16), length]),
    ],
    nodes: [
      { op: 'Conv', inputs: ['data', 'w1'], outputs: ['c1'], attributes: window(4) },
      { op: 'Relu', inputs: ['c1'], outputs: ['r1'] },
      { op: 'Conv', inputs: ['r1', 'w2'], outputs: ['cells'], attributes: window(4) },
      { op: 'Flatten', inputs: ['cells'], outputs: ['flat'], attributes: { axis: { int: 1 } } },
      { op: 'Gemm', inputs: ['flat', 'w3'], outputs: ['vector'] },
    ],
  })
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
