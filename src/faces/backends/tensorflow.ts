import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import util from 'node:util'
import { AppError } from '../../kit/errors/index.js'
import { openTfjs, type Tfjs, type TfjsPlaces } from './tfjs.js'
import type { Networks } from './types.js'

const PACKAGE = '@tensorflow/tfjs-node'
export const INSTALL_TENSORFLOW = `npm install ${PACKAGE}`

export interface TensorflowPlaces extends TfjsPlaces {
  /** A folder from which the user's packages are found, beside those of Tessera. */
  readonly packagesFrom?: string | undefined
}

/**
 * Human's networks on TensorFlow's own library, where the user installed `@tensorflow/tfjs-node`. It is no dependency,
 * because installing it downloads that library. Tests put a package of that name in place which gives the same
 * functions on tfjs's WebAssembly kernels: they prove how it is found, started and used, not its arithmetic.
 *
 * @throws AppError FACE_BACKEND_UNAVAILABLE
 */
export async function openTensorflow(places: TensorflowPlaces): Promise<Networks> {
  const file = findTensorflow(places.packagesFrom)
  if (file === undefined) {
    const hints = [`Install it (${INSTALL_TENSORFLOW}), or use --backend onnx, which needs nothing.`]
    throw new AppError('FACE_BACKEND_UNAVAILABLE', `${PACKAGE} is not installed.`, { hints })
  }
  restoreRemovedUtil()
  let tf: Tfjs
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { readonly default?: Tfjs } & Tfjs
    tf = loaded.loadGraphModel === undefined && loaded.default !== undefined ? loaded.default : loaded
    if (!(await tf.setBackend('tensorflow'))) throw new Error('its back end "tensorflow" does not start')
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    const message = `${PACKAGE} is installed at ${path.dirname(file)}, but does not load: ${reason}`
    throw new AppError('FACE_BACKEND_UNAVAILABLE', message, {
      cause: error,
      hints: [`Rebuild it (npm rebuild ${PACKAGE} --build-addon-from-source), or use --backend onnx.`],
    })
  }
  return openTfjs(tf, 'tensorflow', 'tensorflow', places)
}

/** The main file of the user's tfjs-node: from `packagesFrom`, or beside Tessera. */
export function findTensorflow(packagesFrom?: string): string | undefined {
  const starts = [...(packagesFrom === undefined ? [] : [path.join(packagesFrom, 'package.json')]), import.meta.url]
  for (const start of starts) {
    try {
      return createRequire(start).resolve(PACKAGE)
    } catch {
      // Not here; perhaps at the next.
    }
  }
  return undefined
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined` and `util.isArray`, which Node 23 removed. */
function restoreRemovedUtil(): void {
  const old = util as unknown as Record<string, unknown>
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  old.isArray ??= Array.isArray
}
