/** What operators share: their inputs and weights, fused activations, second operands. */
import type { GraphBuilder, GraphValue } from './graph-builder.js'
import type { TfjsNode, TfjsWeight } from './tfjs-model.js'

export interface OperatorContext {
  readonly graph: GraphBuilder
  readonly nodes: ReadonlyMap<string, TfjsNode>
  readonly weights: ReadonlyMap<string, TfjsWeight>
  /** The value of a node, made when first asked for. */
  value(name: string): GraphValue
}

export type Operator = (node: TfjsNode, context: OperatorContext) => GraphValue

export function inputOf(node: TfjsNode, index: number): string {
  const name = node.input?.[index]
  if (name === undefined) throw new Error(`${node.op} ${node.name} has no input ${index}`)
  return name.replace(/:0$/, '')
}

export function weightOf(node: TfjsNode, index: number, { weights }: OperatorContext): TfjsWeight {
  const name = inputOf(node, index)
  const weight = weights.get(name)
  if (weight === undefined)
    throw new Error(`${node.op} ${node.name} needs constant ${name}, which the weights do not have`)
  return weight
}

/** What is done to the sum of a fused operator, in order: `BiasAdd`, then an activation. */
export function fusedOps(node: TfjsNode): string[] {
  return (node.attr?.fused_ops?.list?.s ?? []).map((text) => Buffer.from(text, 'base64').toString('latin1'))
}

/** Applies the activations of a fused operator. Input `alphaAt` holds the slope of a Prelu. */
export function activate(value: GraphValue, node: TfjsNode, alphaAt: number, context: OperatorContext): GraphValue {
  let result = value
  for (const op of fusedOps(node)) {
    if (op === 'BiasAdd') continue
    if (op === 'Relu' || op === 'Sigmoid') result = same(result, op, context)
    else if (op === 'Relu6') result = clip(result, 0, 6, context)
    else if (op === 'Prelu')
      result = {
        ...result,
        name: context.graph.add('PRelu', [result.name, operand(inputOf(node, alphaAt), result, context)]),
      }
    else throw new Error(`${node.name} is fused with ${op}, which is not known here`)
  }
  return result
}

export function same(value: GraphValue, op: string, { graph }: OperatorContext): GraphValue {
  return { ...value, name: graph.add(op, [value.name]) }
}

export function clip(value: GraphValue, low: number, high: number, { graph }: OperatorContext): GraphValue {
  const bound = (number: number) => graph.constant(`bound_${number}`, [], Float32Array.of(number))
  return { ...value, name: graph.add('Clip', [value.name, bound(low), bound(high)]) }
}

/** A second operand: a node, or a constant in the layout of the first. */
export function operand(name: string, beside: GraphValue, context: OperatorContext): string {
  const weight = context.weights.get(name)
  if (weight === undefined) {
    const value = context.value(name)
    if (value.layout !== beside.layout) throw new Error(`${name} lies in another layout than what it is combined with`)
    return value.name
  }
  const { shape, data } = weight
  if (beside.layout === 'plain' || shape.length === 0) return context.graph.constant(name, shape, data)
  if (data.length !== beside.shape[3]) throw new Error(`${name} is not one number per channel`)
  return context.graph.constant(`${name}/channels`, [data.length, 1, 1], data)
}
