import path from 'node:path'
import type { GraphModel } from '@tensorflow/tfjs-converter'
import type { Tensor } from '@tensorflow/tfjs-core'
import { tfjsArtifacts } from './tfjs-artifacts.js'
import { type BackendName, NETWORKS, type Network, type NetworkName, type Networks, type OutputsOf } from './types.js'

/** What is needed of TensorFlow.js, whichever package it comes from. */
export interface Tfjs {
  tensor(values: Float32Array, shape: number[], dtype: 'float32'): Tensor
  dispose(container: Tensor | Tensor[]): void
  getBackend(): string
  setBackend(name: string): Promise<boolean>
  loadGraphModel(source: { load(): Promise<object> }): Promise<GraphModel>
}

export interface TfjsPlaces {
  /** Where Human's models lie. */
  readonly modelsDir: string
}

/** Which back end tfjs uses is one setting per thread. Who needs it a certain way waits until the one before is done. */
let turn: Promise<unknown> = Promise.resolve()

function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = turn.then(task)
  turn = result.catch(() => undefined)
  return result
}

/**
 * Human's networks run by TensorFlow.js, as they are. One picture at a time, whatever the batch: one core gains nothing
 * by larger ones, and memory that WebAssembly took for a large shape is never given back.
 *
 * @param kernels - Name of the registered tfjs back end that does the arithmetic.
 */
export function openTfjs(tf: Tfjs, backend: BackendName, kernels: string, { modelsDir }: TfjsPlaces): Networks {
  const models = new Map<NetworkName, Promise<GraphModel>>()

  async function use(): Promise<void> {
    if (tf.getBackend() === kernels || (await tf.setBackend(kernels))) return
    throw new Error(`TensorFlow.js could not start its ${kernels} back end`)
  }

  const load = (name: NetworkName): Promise<GraphModel> =>
    inTurn(async () => {
      await use()
      const file = path.join(modelsDir, `${NETWORKS[name].file}.json`)
      return tf.loadGraphModel({ load: () => tfjsArtifacts(file) })
    })

  const runOne = (model: GraphModel, input: Float32Array, side: number, names: string[]): Promise<Float32Array[]> =>
    inTurn(async () => {
      await use()
      const picture = tf.tensor(input, [1, side, side, 3], 'float32')
      const outputs: Tensor[] = []
      try {
        outputs.push(...[model.execute(picture, names)].flat())
        // A copy: the back end may hand out the memory that it works in.
        return await Promise.all(outputs.map(async (output) => Float32Array.from(await output.data())))
      } finally {
        tf.dispose([picture, ...outputs])
      }
    })

  return {
    backend,
    async open<Name extends NetworkName>(name: Name): Promise<Network<OutputsOf<Name>>> {
      const loading = models.get(name) ?? load(name)
      models.set(name, loading)
      const model = await loading
      const { side, outputs } = NETWORKS[name]
      const size = side * side * 3
      return {
        async run(data, batch) {
          const results: Float32Array[][] = []
          for (let at = 0; at < batch; at++) {
            const input = data.subarray(at * size, (at + 1) * size)
            results.push(await runOne(model, input, side, Object.keys(outputs)))
          }
          const named = Object.values(outputs).map((to, index) => [to, joined(results.map((all) => all[index]))])
          return Object.fromEntries(named) as Record<OutputsOf<Name>, Float32Array>
        },
      }
    },
    async close() {
      const opened = await Promise.allSettled(models.values())
      models.clear()
      for (const model of opened) if (model.status === 'fulfilled') model.value.dispose()
    },
  }
}

function joined(parts: readonly (Float32Array | undefined)[]): Float32Array {
  const known = parts.filter((part) => part !== undefined)
  const whole = new Float32Array(known.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of known) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
