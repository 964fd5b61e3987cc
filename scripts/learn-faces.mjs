/**
 * Learns the mean vector that the recogniser takes off every face, and writes it into the program:
 *
 *   npm run build && node scripts/learn-faces.mjs --images DIR
 *
 * DIR holds one folder of photos for each person, as Labeled Faces in the Wild does; the first photo of each person
 * counts, by the face nearest to its centre. Photos are read only; no photo and no vector of a person is kept.
 */
import { readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { humanModelsDir } from '../dist/faces/backends/human-package.js'
import { openOnnx } from '../dist/faces/backends/onnx.js'
import { findFaces } from '../dist/faces/detect/find-faces.js'
import { openHumanRecogniser, VECTOR_LENGTH } from '../dist/faces/engine/human-recogniser.js'
import { decodePhoto } from '../dist/faces/photo/decode.js'
import { Pyramid } from '../dist/faces/picture/pyramid.js'

const { images } = parseArgs({ options: { images: { type: 'string' } } }).values
if (images === undefined) throw new Error('--images DIR is needed')

const networks = await openOnnx({ modelsDir: humanModelsDir(), cacheDir: join(tmpdir(), 'tessera-learn-faces') })
const recogniser = await openHumanRecogniser(networks, 'tessera', { centre: false })
const mean = new Float64Array(VECTOR_LENGTH)
let people = 0
for (const person of (await readdir(images)).sort()) {
  const [first] = (await readdir(join(images, person))).sort()
  if (first === undefined) continue
  const photo = await decodePhoto(join(images, person, first))
  const pyramid = new Pyramid(photo)
  const { faces } = await findFaces(pyramid, networks, {})
  const face = faces.toSorted((a, b) => fromCentre(a, photo) - fromCentre(b, photo))[0]
  if (face === undefined) continue
  const [described] = await recogniser.describe(pyramid, [face.points])
  described.vector.forEach((value, index) => {
    mean[index] += value
  })
  people++
}
await networks.close()

const bytes = Buffer.from(Float32Array.from(mean, (sum) => sum / people).buffer)
await writeFile(
  new URL('../src/faces/engine/recogniser-mean.ts', import.meta.url),
  `/**
 * Mean of the unit vectors of ${people} people, one photo each, of folds 1 to 5 of Labeled Faces in the Wild: ${VECTOR_LENGTH} floats,
 * little-endian, in base64. Written by scripts/learn-faces.mjs.
 */
const MEAN =
  '${bytes.toString('base64')}'

let mean: Float32Array | undefined

/** What all faces have in common. Taken off, differences between people weigh more. */
export function recogniserMean(): Float32Array {
  if (mean === undefined) {
    const bytes = Buffer.from(MEAN, 'base64')
    mean = Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
  }
  return mean
}
`,
)
process.stderr.write(`The mean of ${people} people is written.\n`)

function fromCentre({ box }, { width, height }) {
  return Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2)
}
