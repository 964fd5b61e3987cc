/** Small tfjs graph models, written for tests as the converter of TensorFlow.js writes them. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

export interface GraphNode {
  readonly name: string
  readonly op: string
  readonly input?: readonly string[]
  readonly attr?: Readonly<Record<string, unknown>>
}

const text = (value: string): string => Buffer.from(value).toString('base64')

export class TfjsGraph {
  readonly nodes: GraphNode[] = []
  readonly weights: { name: string; shape: number[]; dtype: string; bytes: Buffer }[] = []

  constructor(height: number, width: number, channels: number) {
    const dim = [-1, height, width, channels].map((size) => ({ size: String(size) }))
    this.nodes.push({
      name: 'input',
      op: 'Placeholder',
      attr: { shape: { shape: { dim } }, dtype: { type: 'DT_FLOAT' } },
    })
  }

  /** A constant, floats or whole numbers. Gives its name. */
  constant(shape: number[], values: readonly number[], dtype: 'float32' | 'int32' = 'float32'): string {
    const name = `const${this.weights.length}`
    const bytes = Buffer.from((dtype === 'float32' ? Float32Array : Int32Array).from(values).buffer)
    this.weights.push({ name, shape, dtype, bytes })
    this.nodes.push({
      name,
      op: 'Const',
      attr: { dtype: { type: dtype === 'float32' ? 'DT_FLOAT' : 'DT_INT32' } },
    })
    return name
  }

  add(op: string, input: readonly string[], attr: Readonly<Record<string, unknown>> = {}): string {
    const name = `${op}${this.nodes.length}`
    this.nodes.push({ name, op, input, attr: { T: { type: 'DT_FLOAT' }, ...attr } })
    return name
  }

  /** Writes `NAME.json` and `NAME.bin` and gives the path of the first. */
  async write(dir: string, name: string, outputs: readonly string[]): Promise<string> {
    await mkdir(dir, { recursive: true })
    const model = {
      format: 'graph-model',
      modelTopology: { node: this.nodes, library: {}, versions: {} },
      signature: {
        inputs: { input: { name: 'input:0' } },
        outputs: Object.fromEntries(outputs.map((output) => [output, { name: `${output}:0` }])),
      },
      weightsManifest: [{ paths: [`${name}.bin`], weights: this.weights.map(({ bytes: _, ...weight }) => weight) }],
    }
    const file = path.join(dir, `${name}.json`)
    await writeFile(file, JSON.stringify(model))
    await writeFile(path.join(dir, `${name}.bin`), Buffer.concat(this.weights.map(({ bytes }) => bytes)))
    return file
  }
}

export const attributes = {
  padding: (value: 'SAME' | 'VALID') => ({ padding: { s: text(value) } }),
  sizes: (name: string, height: number, width: number) => ({
    [name]: { list: { i: ['1', String(height), String(width), '1'] } },
  }),
  channelsLast: { data_format: { s: text('NHWC') } },
  fused: (...ops: string[]) => ({
    fused_ops: { list: { s: ops.map(text) } },
    // Operands beside the first two: a bias, and the slope of a Prelu.
    num_args: { i: String(ops.filter((op) => op === 'BiasAdd' || op === 'Prelu').length) },
  }),
  bool: (name: string, value: boolean) => ({ [name]: { b: value } }),
}
