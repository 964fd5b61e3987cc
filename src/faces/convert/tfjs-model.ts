import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** A tfjs graph model as it lies on the disk, with its weights as numbers. */
export interface TfjsModel {
  readonly nodes: readonly TfjsNode[]
  readonly weights: ReadonlyMap<string, TfjsWeight>
  /** Names of the output nodes, as its signature lists them. */
  readonly outputs: readonly string[]
  /** The bytes the model was read from, for a hash. */
  readonly files: readonly Uint8Array[]
}

export interface TfjsNode {
  readonly name: string
  readonly op: string
  readonly input?: readonly string[]
  readonly attr?: Readonly<Record<string, TfjsAttribute>>
}

export interface TfjsAttribute {
  readonly b?: boolean
  /** Base64. */
  readonly s?: string
  readonly shape?: { readonly dim?: readonly { readonly size: string }[] }
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] }
}

export interface TfjsWeight {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

interface WeightEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number }
}

interface ModelFile {
  readonly modelTopology: { readonly node: readonly TfjsNode[] }
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightEntry[] }[]
  readonly signature?: Signature
  readonly userDefinedMetadata?: { readonly signature?: Signature }
}

interface Signature {
  readonly outputs?: Readonly<Record<string, { readonly name: string }>>
}

/**
 * @param file - The `model.json`; the weights lie beside it under the names it gives.
 * @throws Error when the files are not a tfjs graph model of a kind that is understood.
 */
export async function readTfjsModel(file: string): Promise<TfjsModel> {
  const text = await readFile(file)
  const model = JSON.parse(text.toString('utf8')) as ModelFile
  const weights = new Map<string, TfjsWeight>()
  const files: Uint8Array[] = [text]
  for (const group of model.weightsManifest) {
    const parts = await Promise.all(group.paths.map((name) => readFile(path.join(path.dirname(file), name))))
    files.push(...parts)
    readWeights(Buffer.concat(parts), group.weights, weights)
  }
  const signature = model.signature ?? model.userDefinedMetadata?.signature
  const outputs = Object.values(signature?.outputs ?? {}).map(({ name }) => name.replace(/:0$/, ''))
  return { nodes: model.modelTopology.node, weights, outputs, files }
}

function readWeights(bytes: Buffer, entries: readonly WeightEntry[], into: Map<string, TfjsWeight>): void {
  let at = 0
  for (const { name, shape, dtype, quantization } of entries) {
    const count = shape.reduce((product, size) => product * size, 1)
    const kind = quantization?.dtype ?? dtype
    const size = SIZES[kind]
    if (size === undefined) throw new Error(`weights of ${name} are ${kind}, which is not understood`)
    const part = bytes.subarray(at, at + count * size)
    if (part.length < count * size) throw new Error(`the weights end inside ${name}`)
    at += count * size
    into.set(name, { shape, data: decode(part, count, kind, quantization) })
  }
}

const SIZES: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 }

function decode(part: Buffer, count: number, kind: string, quantization: WeightEntry['quantization']): Float32Array {
  const data = new Float32Array(count)
  const { scale = 1, min = 0 } = quantization ?? {}
  for (let index = 0; index < count; index++) {
    if (kind === 'float32') data[index] = part.readFloatLE(index * 4)
    else if (kind === 'int32') data[index] = part.readInt32LE(index * 4)
    else if (kind === 'float16') data[index] = halfToNumber(part.readUInt16LE(index * 2))
    else data[index] = (kind === 'uint16' ? part.readUInt16LE(index * 2) : (part[index] ?? 0)) * scale + min
  }
  return data
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
