import type { InferenceSession } from 'onnxruntime-node'
import { type OnnxPlaces, onnxModel } from './onnx-models.js'
import { NETWORKS, type Network, type NetworkName, type Networks, type OutputsOf } from './types.js'

/**
 * One thread per session and no pauses between runs: the pool runs one worker per core, which is faster than splitting
 * one small network over cores. The arena is off because batches of different sizes would make it grow.
 */
export const SESSION_OPTIONS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
} as const satisfies InferenceSession.SessionOptions

/** Human's networks on onnxruntime, converted once. The default back end. */
export async function openOnnx(places: OnnxPlaces): Promise<Networks> {
  const ort = await import('onnxruntime-node')
  const sessions = new Map<NetworkName, Promise<InferenceSession>>()
  const create = (source: string | Uint8Array): Promise<InferenceSession> =>
    typeof source === 'string'
      ? ort.InferenceSession.create(source, SESSION_OPTIONS)
      : ort.InferenceSession.create(source, SESSION_OPTIONS)
  const start = async (name: NetworkName): Promise<InferenceSession> => {
    const { source, again } = await onnxModel(name, places)
    try {
      return await create(source)
    } catch (error) {
      if (typeof source !== 'string') throw error
      // What is kept was cut short or damaged: it is made once more.
      return create(await again())
    }
  }
  const load = (name: NetworkName): Promise<InferenceSession> => {
    const known = sessions.get(name) ?? start(name)
    sessions.set(name, known)
    return known
  }
  return {
    backend: 'onnx',
    async open<Name extends NetworkName>(name: Name): Promise<Network<OutputsOf<Name>>> {
      const session = await load(name)
      const { side, outputs } = NETWORKS[name]
      const input = session.inputNames[0] ?? ''
      return {
        async run(data, batch) {
          const tensor = new ort.Tensor('float32', data.subarray(0, batch * side * side * 3), [batch, side, side, 3])
          const results = await session.run({ [input]: tensor })
          const named = Object.entries(outputs).map(([from, to]) => [to, results[from]?.data])
          return Object.fromEntries(named) as Record<OutputsOf<Name>, Float32Array>
        },
      }
    },
    async close() {
      const opened = await Promise.allSettled(sessions.values())
      sessions.clear()
      for (const session of opened) if (session.status === 'fulfilled') await session.value.release()
    },
  }
}
