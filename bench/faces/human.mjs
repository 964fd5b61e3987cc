/**
 * Human's own pipeline on its WASM back end, as its users run it: the peer of `bench/faces.mjs` and of the accuracy
 * table. As a program it reads paths from stdin, one per line, and writes one JSON line per photo.
 *
 * Four things stand between the package and Node without tfjs-node: the WASM build is not exported, the back end must
 * be chosen before Human loads, `file://` has no loader, and photos must be decoded here (by sharp, as ours are).
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import sharp from 'sharp'

const require = createRequire(import.meta.url)

/** Human, ready to detect. `more` is merged into `face` of its configuration. */
export async function startHuman(more = {}) {
  const tf = require('@tensorflow/tfjs-core')
  require('@tensorflow/tfjs-converter')
  const wasm = require('@tensorflow/tfjs-backend-wasm')
  const wasmPath = `${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`
  wasm.setWasmPaths(wasmPath)
  wasm.setThreadsCount(1)
  await tf.setBackend('wasm')
  await tf.ready()
  tf.io.registerLoadRouter((url) =>
    typeof url === 'string' && url.startsWith('file://') ? { load: () => load(url) } : null,
  )
  const root = path.dirname(require.resolve('@vladmandic/human'))
  const { Human } = require(path.join(root, 'human.node-wasm.js'))
  const human = new Human({
    backend: 'wasm',
    wasmPath,
    modelBasePath: `${pathToFileURL(path.join(root, '..', 'models')).href}/`,
    debug: false,
    async: false,
    cacheSensitivity: 0,
    warmup: 'none',
    filter: { enabled: false },
    gesture: { enabled: false },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    face: {
      enabled: true,
      iris: { enabled: false },
      emotion: { enabled: false },
      description: { enabled: true },
      ...more,
    },
  })
  await human.load()
  return { human, tf }
}

/** The faces of one photo, with orientation applied. */
export async function detectWithHuman({ human, tf }, bytes) {
  const { data, info } = await sharp(bytes)
    .rotate()
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const input = tf.tensor(
    new Uint8Array(data.buffer, data.byteOffset, data.length),
    [1, info.height, info.width, 3],
    'int32',
  )
  try {
    const result = await human.detect(input)
    return result.face
  } finally {
    tf.dispose(input)
  }
}

async function load(url) {
  const file = fileURLToPath(url)
  const model = JSON.parse(await readFile(file, 'utf8'))
  const weights = model.weightsManifest.flatMap((group) => group.weights)
  const parts = await Promise.all(
    model.weightsManifest.flatMap((group) => group.paths.map((name) => readFile(path.join(path.dirname(file), name)))),
  )
  const bytes = Buffer.concat(parts)
  return {
    ...model,
    weightSpecs: weights,
    weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const human = await startHuman(JSON.parse(process.argv[2] ?? '{}'))
  const brief = process.argv[3] === 'count'
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`)
  for await (const file of createInterface({ input: process.stdin })) {
    const faces = await detectWithHuman(human, await readFile(file))
    process.stdout.write(`${JSON.stringify({ file, faces: brief ? faces.length : faces.map(plain) })}\n`)
  }
}

function plain({ box, score, age, gender, genderScore, embedding, rotation, mesh }) {
  const points = [33, 263, 133, 362, 1, 61, 291].map((at) => mesh[at])
  return { box, score, age, gender, genderScore, embedding, angle: rotation?.angle, points }
}
