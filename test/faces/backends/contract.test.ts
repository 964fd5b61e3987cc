import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { humanModelsDir } from '../../../src/faces/backends/human-package.js'
import { openNetworks } from '../../../src/faces/backends/open.js'
import { BACKENDS, NETWORKS, type NetworkName, type Networks } from '../../../src/faces/backends/types.js'
import { FACES, faceInputs } from '../../support/face-inputs.js'
import { fakeTfjsNode } from '../../support/fake-tfjs-node.js'
import { tempDir } from '../../support/temp-dir.js'

const NAMES = Object.keys(NETWORKS) as NetworkName[]

/** The largest difference between back ends that changes nothing: places in pixels, scores before the sigmoid, shares. */
const TOLERANCE: Readonly<Record<string, number>> = {
  boxes512: 0.02,
  boxes384: 0.02,
  scores512: 0.01,
  scores384: 0.01,
  points: 0.02,
  face: 1e-3,
  features: 1e-2,
  age: 1e-3,
  male: 1e-3,
  real: 1e-3,
  live: 1e-3,
}

type Outputs = Readonly<Record<string, Float32Array>>

const dir = await tempDir('backends')
const inputs = new Map<NetworkName, Float32Array>()
/** What the default back end gives for the three faces. */
const reference = new Map<NetworkName, Outputs>()
const places = { modelsDir: humanModelsDir(), cacheDir: `${dir}/cache`, packagesFrom: dir }

beforeAll(async () => {
  await fakeTfjsNode(dir)
  const onnx = await openNetworks('onnx', places)
  for (const name of NAMES) {
    inputs.set(name, await faceInputs(name))
    reference.set(name, await run(onnx, name, inputOf(name), FACES.length))
  }
  await onnx.close()
})

describe.each(BACKENDS)('back end %s', (backend) => {
  let networks: Networks

  beforeAll(async () => {
    networks = await openNetworks(backend, places)
  })
  afterAll(() => networks.close())

  test('says which one it is', () => {
    expect(networks.backend).toBe(backend)
  })

  test.each(NAMES)('%s gives what the others give, batch by batch as face by face', async (name) => {
    const input = inputOf(name).slice()
    const before = input.slice()
    const together = await run(networks, name, input, FACES.length)
    expect(input).toEqual(before)
    expect(Object.keys(together).sort()).toEqual(Object.values<string>(NETWORKS[name].outputs).sort())
    for (const [output, values] of Object.entries(together)) {
      expect(difference(values, reference.get(name)?.[output]), output).toBeLessThan(TOLERANCE[output] ?? 0)
    }
    // The input may be used again: what was given out must not lie in it or in the back end's own memory.
    const kept = structuredClone(together)
    const size = input.length / FACES.length
    const one = input.subarray(0, size)
    for (const face of [0, 2]) {
      one.set(before.subarray(face * size, (face + 1) * size))
      const alone = await run(networks, name, one, 1)
      for (const [output, values] of Object.entries(alone)) {
        const share = together[output]?.subarray(face * values.length, (face + 1) * values.length)
        expect(difference(values, share), output).toBeLessThan(TOLERANCE[output] ?? 0)
      }
    }
    expect(together).toEqual(kept)
  })

  test('features of each face point the same way', async () => {
    const features = (await run(networks, 'recogniser', inputOf('recogniser'), FACES.length)).features
    const expected = reference.get('recogniser')?.features
    for (let face = 0; face < FACES.length; face++) {
      const part = (all?: Float32Array) => all?.subarray(face * 1024, (face + 1) * 1024) ?? new Float32Array()
      expect(cosine(part(features), part(expected))).toBeGreaterThan(0.9999)
    }
    // Other faces point elsewhere, so the line above says something.
    expect(cosine(features?.subarray(0, 1024), features?.subarray(1024, 2048))).toBeLessThan(0.95)
  })

  test('may be asked at once, and opened and closed beside another of its kind', async () => {
    const second = await openNetworks(backend, places)
    const asked = ['liveness', 'antispoof', 'liveness'] as const
    const all = await Promise.all(asked.map((name) => run(second, name, inputOf(name), 1)))
    await second.close()
    const after = await run(networks, 'liveness', inputOf('liveness'), 1)
    expect(all[0]).toEqual(all[2])
    expect(all[0]).toEqual(after)
  })
})

describe('tensors of TensorFlow.js', () => {
  const core = createRequire(import.meta.url)('@tensorflow/tfjs-core') as typeof import('@tensorflow/tfjs-core')

  test.each(['wasm', 'tensorflow'] as const)('are as many after many runs and closings on %s', async (backend) => {
    const before = core.memory().numTensors
    for (let round = 0; round < 2; round++) {
      const networks = await openNetworks(backend, places)
      await run(networks, 'liveness', inputOf('liveness'), 1)
      const open = core.memory()
      for (let times = 0; times < 10; times++) await run(networks, 'liveness', inputOf('liveness'), 3)
      expect(core.memory()).toMatchObject({ numTensors: open.numTensors, numBytes: open.numBytes })
      expect(open.numTensors).toBeGreaterThan(before)
      await networks.close()
    }
    expect(core.memory().numTensors).toBe(before)
  })

  test('back ends that share it do not disturb each other', async () => {
    const [wasm, tensorflow] = [await openNetworks('wasm', places), await openNetworks('tensorflow', places)]
    const ask = (networks: Networks) => run(networks, 'liveness', inputOf('liveness'), 3)
    const all = await Promise.all([ask(wasm), ask(tensorflow), ask(wasm), ask(tensorflow)])
    for (const { live } of all) expect(difference(live, reference.get('liveness')?.live)).toBeLessThan(1e-3)
    await wasm.close()
    await tensorflow.close()
  })
})

function inputOf(name: NetworkName): Float32Array {
  return inputs.get(name) ?? new Float32Array()
}

async function run(networks: Networks, name: NetworkName, input: Float32Array, batch: number): Promise<Outputs> {
  const network = await networks.open(name)
  return network.run(input, batch)
}

function difference(values?: Float32Array, expected?: Float32Array): number {
  if (values?.length !== expected?.length || values === undefined || values.length === 0) return Number.NaN
  return values.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected?.[at] ?? Number.NaN))), 0)
}

function cosine(a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, at) => sum + value * (y[at] ?? Number.NaN), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
