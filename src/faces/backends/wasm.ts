import { createRequire } from 'node:module'
import path from 'node:path'
import { openTfjs, type TfjsPlaces } from './tfjs.js'
import type { Networks } from './types.js'

/** Human's networks on TensorFlow.js in WebAssembly: nothing native, so it runs wherever Node does. */
export async function openWasm(places: TfjsPlaces): Promise<Networks> {
  const core = await import('@tensorflow/tfjs-core')
  const [{ loadGraphModel }, wasm] = await Promise.all([
    import('@tensorflow/tfjs-converter'),
    import('@tensorflow/tfjs-backend-wasm'),
  ])
  // Only before the first start; a second opening in this thread finds it running.
  if (core.getBackend() !== 'wasm' && core.findBackend('wasm') === null) {
    wasm.setWasmPaths(`${wasmDir()}${path.sep}`)
    wasm.setThreadsCount(1)
  }
  return openTfjs({ ...core, loadGraphModel: (source) => loadGraphModel(source) }, 'wasm', 'wasm', places)
}

/** Where the `.wasm` files lie. */
export function wasmDir(): string {
  return path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
}
