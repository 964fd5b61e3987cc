import { expect, test } from 'vitest'
import { engineSetup } from '../../../src/app/faces/engine-setup.js'
import { FACES, faceBytes } from '../../support/face-inputs.js'
import { fakeTfjsNode } from '../../support/fake-tfjs-node.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('engine-setup')

test('tfjs-node of the folder that the user works in is what the back end tensorflow runs on', async () => {
  await fakeTfjsNode(dir)
  const before = process.cwd()
  process.chdir(dir)
  const setups = (['onnx', 'tensorflow'] as const).map((backend) => engineSetup({ cacheDir: dir, backend }))
  process.chdir(before)
  const { openEngine } = await import('../../../src/faces/engine/engine.js')
  const { decodePhoto } = await import('../../../src/faces/photo/decode.js')
  const photo = await decodePhoto(await faceBytes(FACES[0]))
  const vectors: Float32Array[] = []
  for (const setup of setups) {
    const engine = await openEngine(setup)
    const [face] = (await engine.describe(photo)).faces
    vectors.push(face?.vector ?? new Float32Array())
    await engine.close()
  }
  const [onnx, tensorflow] = vectors
  expect(onnx).toHaveLength(1024)
  // From the photo to the vector: what the back ends round differently may move the crop a little.
  expect(onnx?.reduce((sum, value, at) => sum + value * (tensorflow?.[at] ?? Number.NaN), 0)).toBeGreaterThan(0.999)
})
