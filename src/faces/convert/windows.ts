/** Operators that slide a window over a picture. */
import type { GraphValue } from './graph-builder.js'
import type { OnnxAttribute } from './onnx-file.js'
import { activate, fusedOps, inputOf, type OperatorContext, weightOf } from './operator-parts.js'
import type { TfjsNode } from './tfjs-model.js'

type Pair = readonly [number, number]

export function convolution(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = pictureOf(node, context)
  const { shape, data } = weightOf(node, 1, context)
  const [height = 1, width = 1, input = 1, output = 1] = shape
  const filter = new Float32Array(data.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let i = 0; i < input; i++)
        for (let o = 0; o < output; o++)
          filter[((o * input + i) * height + y) * width + x] = data[((y * width + x) * input + i) * output + o] ?? 0
  const groups = (value.shape[3] ?? 0) / input
  return convolve(node, value, { filter, sizes: [output, input, height, width], groups }, context)
}

export function depthwise(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = pictureOf(node, context)
  const { shape, data } = weightOf(node, 1, context)
  const [height = 1, width = 1, channels = 1, times = 1] = shape
  const output = channels * times
  const filter = new Float32Array(data.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let o = 0; o < output; o++) filter[(o * height + y) * width + x] = data[(y * width + x) * output + o] ?? 0
  return convolve(node, value, { filter, sizes: [output, 1, height, width], groups: channels }, context)
}

interface Filter {
  readonly filter: Float32Array
  /** Output channels, input channels per group, height, width. */
  readonly sizes: readonly [number, number, number, number]
  readonly groups: number
}

function convolve(
  node: TfjsNode,
  value: GraphValue,
  { filter, sizes, groups }: Filter,
  context: OperatorContext,
): GraphValue {
  const [output, , height, width] = sizes
  const dilations = pairOf(node, 'dilations')
  const spread: Pair = [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1]
  const { attributes, shape } = slide(node, value, spread, output)
  const inputs = [value.name, context.graph.constant(`${inputOf(node, 1)}/oihw`, sizes, filter)]
  const biased = fusedOps(node).includes('BiasAdd')
  if (biased) {
    const bias = weightOf(node, 2, context)
    inputs.push(context.graph.constant(inputOf(node, 2), [output], bias.data))
  }
  const name = context.graph.add('Conv', inputs, {
    ...attributes,
    dilations: { ints: [...dilations] },
    kernel_shape: { ints: [height, width] },
    group: { int: groups },
  })
  return activate({ name, shape, layout: 'channels-first' }, node, biased ? 3 : 2, context)
}

export function maxPool(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = pictureOf(node, context)
  // onnxruntime (1.30) makes the zeros of a Pad part of the pooling after it, which pads by minus infinity: other numbers.
  if (context.graph.nodes.some(({ op, outputs }) => op === 'Pad' && outputs.includes(value.name)))
    throw new Error(`${node.name} pools what was just padded, which onnxruntime does wrong`)
  const kernel = pairOf(node, 'ksize')
  const { attributes, shape } = slide(node, value, kernel, value.shape[3] ?? 0)
  const name = context.graph.add('MaxPool', [value.name], { ...attributes, kernel_shape: { ints: [...kernel] } })
  return { name, shape, layout: 'channels-first' }
}

/** Strides, paddings and the resulting shape. `SAME` pads the odd pixel at the end, as TensorFlow does. */
function slide(node: TfjsNode, value: GraphValue, window: Pair, channels: number) {
  const padding = Buffer.from(node.attr?.padding?.s ?? '', 'base64').toString('latin1')
  if (padding !== 'SAME' && padding !== 'VALID') throw new Error(`${node.name} pads by ${padding || 'nothing known'}`)
  const strides = pairOf(node, 'strides')
  const [, height = 0, width = 0] = value.shape
  const down = along(height, window[0], strides[0], padding)
  const across = along(width, window[1], strides[1], padding)
  const attributes: Record<string, OnnxAttribute> = {
    strides: { ints: [...strides] },
    pads: { ints: [down.before, across.before, down.after, across.after] },
  }
  return { attributes, shape: [1, down.size, across.size, channels] }
}

function along(size: number, window: number, stride: number, padding: 'SAME' | 'VALID') {
  if (padding === 'VALID') return { size: Math.floor((size - window) / stride) + 1, before: 0, after: 0 }
  const out = Math.ceil(size / stride)
  const missing = Math.max(0, (out - 1) * stride + window - size)
  const before = Math.floor(missing / 2)
  return { size: out, before, after: missing - before }
}

function pairOf(node: TfjsNode, name: string): Pair {
  const list = node.attr?.[name]?.list?.i
  return [Number(list?.[1] ?? 1), Number(list?.[2] ?? 1)]
}

function pictureOf(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = context.value(inputOf(node, 0))
  if (value.layout !== 'channels-first') throw new Error(`${node.op} ${node.name} wants a picture`)
  return value
}
