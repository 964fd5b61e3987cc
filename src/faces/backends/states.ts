import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { findTensorflow, INSTALL_TENSORFLOW } from './tensorflow.js'
import { BACKENDS, type BackendName } from './types.js'
import { wasmDir } from './wasm.js'

export interface BackendState {
  readonly backend: BackendName
  readonly usable: boolean
  /** What it runs on, or why it cannot be used. */
  readonly detail: string
  /** What would make it usable. */
  readonly remedy?: string
}

/** Which back ends can be used on this machine, and why the others cannot. Starts none of them; about 0.1 s. */
export function backendStates(packagesFrom?: string): Promise<BackendState[]> {
  const checks = { onnx: onnxState, wasm: wasmState, tensorflow: () => tensorflowState(packagesFrom) }
  return Promise.all(BACKENDS.map(async (backend) => ({ backend, ...(await checks[backend]()) })))
}

type State = Omit<BackendState, 'backend'>

async function onnxState(): Promise<State> {
  try {
    // Loading is the only proof: the library is native, and made for certain systems.
    const { env } = await import('onnxruntime-node')
    return { usable: true, detail: `onnxruntime ${env.versions.node ?? env.versions.common}` }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    const where = `${process.platform}-${process.arch}`
    return {
      usable: false,
      detail: `onnxruntime-node does not load on ${where}: ${reason}`,
      remedy: 'Install Tessera again with npm on this machine, or use --backend wasm.',
    }
  }
}

async function wasmState(): Promise<State> {
  try {
    const files = await readdir(wasmDir())
    if (!files.some((name) => name.endsWith('.wasm'))) throw new Error('its .wasm files are missing')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { usable: false, detail: `tfjs-backend-wasm: ${reason}`, remedy: 'Install Tessera again with npm.' }
  }
  const simd = WebAssembly.validate(SIMD_MODULE)
  return { usable: true, detail: simd ? 'WebAssembly with SIMD' : 'WebAssembly without SIMD, several times slower' }
}

/** `(func i32.const 0, i8x16.splat, drop)`: a valid module only where WebAssembly has vectors. */
const SIMD_MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  // One type () -> (), one function of it, its body.
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 2, 1, 0],
  ...[10, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x0f, 0x1a, 0x0b],
])

async function tensorflowState(packagesFrom: string | undefined): Promise<State> {
  const file = findTensorflow(packagesFrom)
  if (file === undefined) {
    return { usable: false, detail: '@tensorflow/tfjs-node is not installed', remedy: `${INSTALL_TENSORFLOW}` }
  }
  const root = rootOf(file)
  if (await hasBinding(path.join(root, 'lib'))) return { usable: true, detail: `tfjs-node at ${root}` }
  return {
    usable: false,
    detail: `tfjs-node at ${root} lacks its native library`,
    remedy: 'npm rebuild @tensorflow/tfjs-node --build-addon-from-source',
  }
}

function rootOf(file: string): string {
  const name = `${path.sep}tfjs-node${path.sep}`
  const at = file.lastIndexOf(name)
  return at < 0 ? path.dirname(file) : file.slice(0, at + name.length - 1)
}

/** `lib/napi-v8/tfjs_binding.node`, made or downloaded when it was installed. */
async function hasBinding(lib: string): Promise<boolean> {
  const files = await readdir(lib, { recursive: true }).catch(() => [])
  return files.some((name) => path.basename(name) === 'tfjs_binding.node')
}
