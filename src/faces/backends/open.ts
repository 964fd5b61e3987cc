import type { BackendName, Networks } from './types.js'

export interface BackendPlaces {
  /** Where Human's models lie. */
  readonly modelsDir: string
  /** Where converted models are kept. */
  readonly cacheDir: string
  /** A folder from which the user's packages are found, such as tfjs-node. */
  readonly packagesFrom?: string | undefined
}

/**
 * Starts a back end; nothing of the others is loaded.
 *
 * @throws AppError FACE_BACKEND_UNAVAILABLE, FACE_NETWORKS_UNREADABLE
 */
export async function openNetworks(backend: BackendName, places: BackendPlaces): Promise<Networks> {
  switch (backend) {
    case 'onnx': {
      const { openOnnx } = await import('./onnx.js')
      return openOnnx(places)
    }
    case 'wasm': {
      const { openWasm } = await import('./wasm.js')
      return openWasm(places)
    }
    case 'tensorflow': {
      const { openTensorflow } = await import('./tensorflow.js')
      return openTensorflow(places)
    }
  }
}
