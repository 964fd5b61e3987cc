import { chmod, cp, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { humanModelsDir } from '../../../src/faces/backends/human-package.js'
import { openNetworks } from '../../../src/faces/backends/open.js'
import { backendStates } from '../../../src/faces/backends/states.js'
import { faceInputs } from '../../support/face-inputs.js'
import { fakeTfjsNode } from '../../support/fake-tfjs-node.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('onnx-cache')
const modelsDir = humanModelsDir()
const input = await faceInputs('liveness')

async function live(cacheDir: string, models = modelsDir): Promise<number[]> {
  const networks = await openNetworks('onnx', { modelsDir: models, cacheDir })
  try {
    return [...(await (await networks.open('liveness')).run(input, 1)).live]
  } finally {
    await networks.close()
  }
}

const expected = await live(path.join(dir, 'first'))

describe('converted networks', () => {
  test('are kept once and used again', async () => {
    const cache = path.join(dir, 'first')
    const [file = ''] = await readdir(cache)
    expect(await readdir(cache)).toEqual([expect.stringMatching(/^liveness-[0-9a-f]{16}\.onnx$/)])
    const { mtimeMs, ino } = await stat(path.join(cache, file))
    expect(await live(cache)).toEqual(expected)
    expect(await stat(path.join(cache, file))).toMatchObject({ mtimeMs, ino })
  })

  test.each([0, 1, 1000, 100_000])('that were cut to %i bytes are made again', async (length) => {
    const cache = path.join(dir, `cut${length}`)
    await live(cache)
    const [name = ''] = await readdir(cache)
    const whole = await readFile(path.join(cache, name))
    await truncate(path.join(cache, name), length)
    expect(await live(cache)).toEqual(expected)
    expect(await readFile(path.join(cache, name))).toEqual(whole)
    expect(await readdir(cache)).toEqual([name])
  })

  test('are made in memory where the cache cannot be written', async () => {
    const file = path.join(dir, 'file')
    await writeFile(file, 'not a folder')
    expect(await live(path.join(file, 'cache'))).toEqual(expected)
    // Something stands where the file should be.
    const cache = path.join(dir, 'blocked')
    await mkdir(path.join(cache, ...(await readdir(path.join(dir, 'first')))), { recursive: true })
    expect(await live(cache)).toEqual(expected)
    expect(await readdir(cache)).toHaveLength(1)
  })

  test.skipIf(process.getuid?.() === 0)('are made in memory where the cache is read-only', async () => {
    const cache = path.join(dir, 'read-only')
    await mkdir(cache)
    await chmod(cache, 0o500)
    expect(await live(cache)).toEqual(expected)
    await chmod(cache, 0o700)
  })

  test('are made by several threads at once, whole', async () => {
    const cache = path.join(dir, 'at-once')
    const code = `import { workerData, parentPort } from 'node:worker_threads'
      const { openNetworks } = await import(workerData.open)
      const networks = await openNetworks('onnx', workerData)
      const { live } = await (await networks.open('liveness')).run(workerData.input, 1)
      await networks.close()
      parentPort.postMessage([...live])`
    const open = new URL('../../../src/faces/backends/open.ts', import.meta.url).href
    const start = () =>
      new Promise<number[]>((resolve, reject) => {
        const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
          workerData: { open, modelsDir, cacheDir: cache, input },
        })
        worker.once('message', resolve)
        worker.once('error', reject)
      })
    expect(await Promise.all([start(), start(), start()])).toEqual([expected, expected, expected])
    expect(await readdir(cache)).toEqual([expect.stringMatching(/\.onnx$/)])
  })

  test('a damaged network is an error that says so', async () => {
    const models = path.join(dir, 'models')
    await mkdir(models)
    for (const name of ['liveness.json', 'liveness.bin']) await cp(path.join(modelsDir, name), path.join(models, name))
    await truncate(path.join(models, 'liveness.bin'), 5000)
    await expect(live(path.join(dir, 'x'), models)).rejects.toMatchObject({
      code: 'FACE_NETWORKS_UNREADABLE',
      message: expect.stringContaining('liveness.json'),
    })
    const wasm = await openNetworks('wasm', { modelsDir: path.join(dir, 'nowhere'), cacheDir: dir })
    await expect(wasm.open('liveness')).rejects.toMatchObject({ code: 'FACE_NETWORKS_UNREADABLE' })
    await wasm.close()
  })
})

describe('tfjs-node', () => {
  const places = { modelsDir, cacheDir: dir }
  const stateOf = async (from: string) => (await backendStates(from)).find(({ backend }) => backend === 'tensorflow')

  test('that is not installed is told, with how to install it', async () => {
    await expect(openNetworks('tensorflow', { ...places, packagesFrom: dir })).rejects.toMatchObject({
      code: 'FACE_BACKEND_UNAVAILABLE',
      hints: [expect.stringContaining('npm install @tensorflow/tfjs-node')],
    })
    expect(await stateOf(dir)).toMatchObject({ usable: false, remedy: 'npm install @tensorflow/tfjs-node' })
  })

  test('that is installed without its library is told as such', async () => {
    const broken = path.join(dir, 'broken')
    await fakeTfjsNode(broken, `throw new Error('The Node.js native addon module can not be found')`)
    await expect(openNetworks('tensorflow', { ...places, packagesFrom: broken })).rejects.toMatchObject({
      code: 'FACE_BACKEND_UNAVAILABLE',
      message: expect.stringContaining('native addon module can not be found'),
    })
    expect(await stateOf(broken)).toMatchObject({ usable: false, detail: expect.stringContaining('lacks its native') })
    const lib = path.join(broken, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8')
    await mkdir(lib, { recursive: true })
    await writeFile(path.join(lib, 'tfjs_binding.node'), '')
    expect(await stateOf(broken)).toMatchObject({ usable: true })
  })

  test('the others are usable here', async () => {
    expect((await backendStates()).filter(({ usable }) => usable).map(({ backend }) => backend)).toEqual([
      'onnx',
      'wasm',
    ])
  })
})
