import { ProtoWriter } from './protobuf.js'

/**
 * An ONNX graph as this project writes it, and its encoding.
 * Source of field numbers: onnx/onnx.proto3, IR version 8, https://onnx.ai/onnx/repo-docs/IR.html
 */
export interface OnnxGraph {
  readonly name: string
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly nodes: readonly OnnxNode[]
  readonly constants: readonly OnnxConstant[]
  /** Kept in the file as metadata. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** A float tensor that goes in or out. A name in `shape` is a size that is known when the network runs. */
export interface OnnxValue {
  readonly name: string
  readonly shape: readonly (number | string)[]
}

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
}

export type OnnxAttribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string }

export interface OnnxConstant {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array | BigInt64Array
}

const IR_VERSION = 8
/** All operators used here are of this version of the standard set; ReduceMean and Pad changed later. */
const OPSET = 13

const FLOAT = 1
const INT64 = 7
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const

/** The bytes of a `.onnx` file. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  const model = new ProtoWriter()
  model.int(1, IR_VERSION).string(2, 'tessera')
  model.message(7, (body) => writeGraph(body, graph))
  model.message(8, (opset) => opset.string(1, '').int(2, OPSET))
  for (const [key, value] of Object.entries(graph.metadata ?? {})) {
    model.message(14, (entry) => entry.string(1, key).string(2, value))
  }
  return model.finish()
}

function writeGraph(body: ProtoWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) body.message(1, (part) => writeNode(part, node))
  body.string(2, graph.name)
  for (const constant of graph.constants) body.message(5, (part) => writeConstant(part, constant))
  for (const value of graph.inputs) body.message(11, (part) => writeValue(part, value))
  for (const value of graph.outputs) body.message(12, (part) => writeValue(part, value))
}

function writeNode(part: ProtoWriter, node: OnnxNode): void {
  for (const name of node.inputs) part.string(1, name)
  for (const name of node.outputs) part.string(2, name)
  part.string(3, node.outputs[0] ?? node.op).string(4, node.op)
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    part.message(5, (attribute) => {
      attribute.string(1, name)
      if ('float' in value) attribute.float(2, value.float).int(20, ATTRIBUTE.float)
      else if ('int' in value) attribute.int(3, value.int).int(20, ATTRIBUTE.int)
      else if ('string' in value) attribute.string(4, value.string).int(20, ATTRIBUTE.string)
      else attribute.ints(8, value.ints).int(20, ATTRIBUTE.ints)
    })
  }
}

function writeConstant(part: ProtoWriter, { name, shape, data }: OnnxConstant): void {
  if (shape.length > 0) part.ints(1, shape)
  part.int(2, data instanceof Float32Array ? FLOAT : INT64)
  part.string(8, name)
  part.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

function writeValue(part: ProtoWriter, { name, shape }: OnnxValue): void {
  part.string(1, name)
  part.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.int(1, FLOAT)
      tensor.message(2, (dims) => {
        for (const size of shape) {
          dims.message(1, (dim) => (typeof size === 'number' ? dim.int(1, size) : dim.string(2, size)))
        }
      })
    }),
  )
}
