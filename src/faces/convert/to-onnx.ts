import { GraphBuilder, type GraphValue } from './graph-builder.js'
import { encodeOnnx } from './onnx-file.js'
import type { OperatorContext } from './operator-parts.js'
import { OPERATORS } from './operators.js'
import type { TfjsModel, TfjsNode } from './tfjs-model.js'

export interface ConvertOptions {
  readonly name: string
  /** Nodes to give out; those of the model's signature when undefined. */
  readonly outputs?: readonly string[]
  readonly metadata?: Readonly<Record<string, string>>
}

/**
 * Turns a tfjs graph model into an ONNX file of the same numbers. The input and the outputs keep the layout of the source
 * (channels last) and its names; inside, pictures lie channels first, as ONNX runtimes want them. The batch is free.
 *
 * @throws Error naming the operator when the model uses one that is not known here.
 */
export function convertToOnnx(
  model: TfjsModel,
  { name, outputs = model.outputs, metadata }: ConvertOptions,
): Uint8Array {
  const graph = new GraphBuilder()
  const nodes = new Map(model.nodes.map((node) => [node.name, node]))
  const values = new Map<string, GraphValue>()
  const input = model.nodes.find(({ op }) => op === 'Placeholder')
  if (input === undefined) throw new Error('the model has no input')
  const inputShape = sizesOf(input)
  values.set(input.name, {
    name: graph.add('Transpose', [input.name], { perm: { ints: [0, 3, 1, 2] } }),
    shape: inputShape,
    layout: 'channels-first',
  })

  const context: OperatorContext = {
    graph,
    nodes,
    weights: model.weights,
    value: (node) => visit(node, values, context),
  }
  const shapes = outputs.map((output) => {
    const value = context.value(output)
    graph.add('Identity', [graph.channelsLast(value)], {}, output)
    return { name: output, shape: ['batch', ...value.shape.slice(1)] }
  })
  return encodeOnnx({
    name,
    inputs: [{ name: input.name, shape: ['batch', ...inputShape.slice(1)] }],
    outputs: shapes,
    ...graph.prune(outputs),
    ...(metadata === undefined ? {} : { metadata }),
  })
}

function visit(name: string, values: Map<string, GraphValue>, context: OperatorContext): GraphValue {
  const key = name.replace(/:0$/, '')
  const known = values.get(key)
  if (known) return known
  const node = context.nodes.get(key)
  if (node === undefined) throw new Error(`the model names ${key}, which it does not contain`)
  const operator = OPERATORS[node.op]
  if (operator === undefined) throw new Error(`the model uses the operator ${node.op}, which is not known here`)
  const made = operator(node, context)
  values.set(key, made)
  return made
}

function sizesOf(input: TfjsNode): number[] {
  const sizes = (input.attr?.shape?.shape?.dim ?? []).map(({ size }) => Number(size))
  if (sizes.length !== 4) throw new Error(`the input of the model has ${sizes.length} dimensions; pictures have 4`)
  return [1, ...sizes.slice(1)]
}
