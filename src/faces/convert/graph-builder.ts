import type { OnnxAttribute, OnnxConstant, OnnxNode } from './onnx-file.js'

/** How a value lies in the ONNX graph: pictures as channels first, everything else as in the source. */
export type Layout = 'channels-first' | 'plain'

export interface GraphValue {
  /** Name in the ONNX graph. */
  readonly name: string
  /** Shape in the source, where channels are last. The first size is the batch, 1 here. */
  readonly shape: readonly number[]
  readonly layout: Layout
}

/** Collects nodes and constants of an ONNX graph. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = []
  readonly constants = new Map<string, OnnxConstant>()
  #next = 0

  constant(name: string, shape: readonly number[], data: Float32Array | BigInt64Array): string {
    if (!this.constants.has(name)) this.constants.set(name, { name, shape, data })
    return name
  }

  add(op: string, inputs: readonly string[], attributes?: Record<string, OnnxAttribute>, name?: string): string {
    const output = name ?? `${op}_${this.#next++}`
    this.nodes.push({ op, inputs, outputs: [output], ...(attributes === undefined ? {} : { attributes }) })
    return output
  }

  /** The value with channels last, as the source has it. */
  channelsLast(value: GraphValue): string {
    if (value.layout === 'plain') return value.name
    return this.add('Transpose', [value.name], { perm: { ints: [0, 2, 3, 1] } })
  }

  /** Drops nodes and constants that no output needs. */
  prune(outputs: readonly string[]): { nodes: OnnxNode[]; constants: OnnxConstant[] } {
    const needed = new Set(outputs)
    const nodes: OnnxNode[] = []
    for (const node of this.nodes.toReversed()) {
      if (!node.outputs.some((name) => needed.has(name))) continue
      nodes.unshift(node)
      for (const name of node.inputs) needed.add(name)
    }
    return { nodes, constants: [...this.constants.values()].filter(({ name }) => needed.has(name)) }
  }
}
