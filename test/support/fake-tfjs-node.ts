import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * Puts a package named @tensorflow/tfjs-node into `dir`: the functions of tfjs-node on tfjs's WebAssembly kernels,
 * under the name "tensorflow". The real one downloads a library when it is installed, which tests do not.
 */
export async function fakeTfjsNode(dir: string, main = STAND_IN): Promise<void> {
  const root = path.join(dir, 'node_modules', '@tensorflow', 'tfjs-node')
  await mkdir(path.join(root, 'dist'), { recursive: true })
  await writeFile(
    path.join(root, 'package.json'),
    JSON.stringify({ name: '@tensorflow/tfjs-node', version: '4.22.0', main: 'dist/index.js' }),
  )
  const require = createRequire(import.meta.url)
  const wasm = require.resolve('@tensorflow/tfjs-backend-wasm')
  const place = {
    CORE: require.resolve('@tensorflow/tfjs-core'),
    CONVERTER: require.resolve('@tensorflow/tfjs-converter'),
    WASM: wasm,
    WASM_DIR: `${path.dirname(wasm)}/`,
  }
  const code = main.replaceAll(/\b(?:CORE|CONVERTER|WASM(?:_DIR)?)\b/g, (name) =>
    JSON.stringify(place[name as keyof typeof place]),
  )
  await writeFile(path.join(root, 'dist', 'index.js'), code)
}

const STAND_IN = `
const core = require(CORE)
const { loadGraphModel } = require(CONVERTER)
const { setWasmPaths } = require(WASM)
const { isNullOrUndefined } = require('node:util')
setWasmPaths(WASM_DIR)
// One instance for both names, since its kernels know only one.
core.registerBackend('tensorflow', async () => {
  const { registry, registryFactory } = core.engine()
  registry.wasm ??= await registryFactory.wasm.factory()
  return registry.wasm
})
for (const kernel of core.getKernelsForBackend('wasm'))
  core.registerKernel({ ...kernel, backendName: 'tensorflow' })
// The real one calls it, too.
if (isNullOrUndefined(null) !== true) throw new Error('node:util is not what tfjs-node wants')
module.exports = { ...core, loadGraphModel }
`
