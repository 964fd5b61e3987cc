import type { GraphValue } from './graph-builder.js'
import {
  activate,
  clip,
  fusedOps,
  inputOf,
  type Operator,
  type OperatorContext,
  operand,
  same,
  weightOf,
} from './operator-parts.js'
import type { TfjsNode } from './tfjs-model.js'
import { convolution, depthwise, maxPool } from './windows.js'

/** Operators of tfjs graph models, as far as Human's networks use them. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  Identity: (node, context) => context.value(inputOf(node, 0)),
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwise,
  FusedDepthwiseConv2dNative: depthwise,
  MaxPool: maxPool,
  Add: elementwise('Add'),
  AddV2: elementwise('Add'),
  BiasAdd: elementwise('Add'),
  Mul: elementwise('Mul'),
  Minimum: elementwise('Min'),
  Maximum: maximum,
  Prelu: elementwise('PRelu'),
  Relu: (node, context) => same(context.value(inputOf(node, 0)), 'Relu', context),
  Relu6: (node, context) => clip(context.value(inputOf(node, 0)), 0, 6, context),
  Sigmoid: (node, context) => same(context.value(inputOf(node, 0)), 'Sigmoid', context),
  Softmax: softmax,
  Pad: pad,
  Mean: mean,
  _FusedMatMul: matMul,
  MatMul: matMul,
  Reshape: reshape,
  ConcatV2: concat,
}

function elementwise(op: string): Operator {
  return (node, context) => {
    const [first, second] = [inputOf(node, 0), inputOf(node, 1)]
    const swapped = context.weights.has(first)
    const value = context.value(swapped ? second : first)
    return { ...value, name: context.graph.add(op, [value.name, operand(swapped ? first : second, value, context)]) }
  }
}

/** `max(min(relu(x), 6), 0)` is how these files write Relu6; as one operator it melts into the convolution before it. */
function maximum(node: TfjsNode, context: OperatorContext): GraphValue {
  const inner = context.nodes.get(inputOf(node, 0))
  const low = context.weights.get(inputOf(node, 1))?.data
  if (inner?.op === 'Minimum' && low?.length === 1) {
    const high = context.weights.get(inputOf(inner, 1))?.data
    const relu = context.nodes.get(inputOf(inner, 0))
    if (high?.length === 1) {
      const through = relu?.op === 'Relu' && low[0] === 0 ? inputOf(relu, 0) : inputOf(inner, 0)
      return clip(context.value(through), low[0] ?? 0, high[0] ?? 0, context)
    }
  }
  return elementwise('Max')(node, context)
}

function softmax(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = context.value(inputOf(node, 0))
  const axis = value.layout === 'plain' ? -1 : 1
  return { ...value, name: context.graph.add('Softmax', [value.name], { axis: { int: axis } }) }
}

function pad(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = context.value(inputOf(node, 0))
  const amounts = weightOf(node, 1, context).data
  const [n = 0, h = 1, w = 2, c = 3] = value.layout === 'plain' ? [] : [0, 1, 2, 3]
  const order = value.layout === 'plain' ? value.shape.map((_size, axis) => axis) : [n, c, h, w]
  const pads = [...order.map((axis) => amounts[axis * 2] ?? 0), ...order.map((axis) => amounts[axis * 2 + 1] ?? 0)]
  const constant = context.graph.constant(`${node.name}/pads`, [pads.length], BigInt64Array.from(pads, BigInt))
  const shape = value.shape.map((size, axis) => size + (amounts[axis * 2] ?? 0) + (amounts[axis * 2 + 1] ?? 0))
  return { ...value, shape, name: context.graph.add('Pad', [value.name, constant]) }
}

/** The mean over height and width, which is what these networks take. */
function mean(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = context.value(inputOf(node, 0))
  const axes = [...weightOf(node, 1, context).data].toSorted()
  const kept = node.attr?.keep_dims?.b === true
  if (value.layout === 'plain' || axes.join() !== '1,2')
    throw new Error(`${node.name} is a mean over axes ${axes.join(', ')}`)
  const pooled = context.graph.add('GlobalAveragePool', [value.name])
  const channels = value.shape[3] ?? 0
  if (kept) return { ...value, shape: [1, 1, 1, channels], name: pooled }
  return { name: context.graph.add('Flatten', [pooled], { axis: { int: 1 } }), shape: [1, channels], layout: 'plain' }
}

function matMul(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = context.value(inputOf(node, 0))
  const { shape, data } = weightOf(node, 1, context)
  const transposed = node.attr?.transpose_b?.b === true
  const columns = (transposed ? shape[0] : shape[1]) ?? 0
  const inputs = [value.name, context.graph.constant(inputOf(node, 1), shape, data)]
  const fused = fusedOps(node)
  if (fused.includes('BiasAdd')) {
    const bias = weightOf(node, 2, context)
    inputs.push(context.graph.constant(inputOf(node, 2), bias.shape, bias.data))
  }
  const name = context.graph.add('Gemm', inputs, transposed ? { transB: { int: 1 } } : {})
  return activate({ name, shape: [1, columns], layout: 'plain' }, node, 3, context)
}

function reshape(node: TfjsNode, context: OperatorContext): GraphValue {
  const value = context.value(inputOf(node, 0))
  const wanted = [...weightOf(node, 1, context).data].slice(1)
  const size = value.shape.reduce((product, count) => product * count, 1)
  const known = wanted.filter((count) => count >= 0).reduce((product, count) => product * count, 1)
  const rest = wanted.map((count) => (count < 0 ? size / known : count))
  if (rest.reduce((product, count) => product * count, 1) !== size)
    throw new Error(`${node.name} reshapes across the batch`)
  // Zero keeps the batch as it is.
  const shape = context.graph.constant(
    `${node.name}/sizes`,
    [rest.length + 1],
    BigInt64Array.from([0, ...rest], BigInt),
  )
  const name = context.graph.add('Reshape', [context.graph.channelsLast(value), shape])
  return { name, shape: [1, ...rest], layout: 'plain' }
}

function concat(node: TfjsNode, context: OperatorContext): GraphValue {
  const count = (node.input?.length ?? 0) - 1
  const values = Array.from({ length: count }, (_, index) => context.value(inputOf(node, index)))
  const [first] = values
  if (first === undefined) throw new Error(`${node.name} puts nothing together`)
  const raw = weightOf(node, count, context).data[0] ?? 0
  const axis = raw < 0 ? raw + first.shape.length : raw
  const shape = first.shape.map((size, at) =>
    at === axis ? values.reduce((sum, value) => sum + (value.shape[at] ?? 0), 0) : size,
  )
  const place = first.layout === 'plain' ? axis : ([0, 2, 3, 1][axis] ?? axis)
  const name = context.graph.add(
    'Concat',
    values.map((value) => value.name),
    { axis: { int: place } },
  )
  return { ...first, shape, name }
}
