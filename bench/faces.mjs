// Photos a second from files to vectors: the face engine on all cores, as `face detect` runs it, against Human's own
// pipeline on its WASM back end (detector, mesh, recognition; all else off) as one process and as two, in the same run,
// interleaved. Each is started and warmed up before it is timed. Then the memory after 1,000 and after --memory photos.
//
//   npm run bench:faces [-- --images DIR] [--count 400] [--rounds 5] [--memory 20000]
//
// Without --images the photos are faces cut out of a picture inside the Human package, one face each, 250 by 250 pixels.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { humanModelsDir, humanRoot } from '../dist/faces/backends/human-package.js'
import { openFacePool } from '../dist/faces/pool/face-pool.js'
import { machine, median, spread } from './lib.mjs'

const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    count: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    memory: { type: 'string', default: '20000' },
  },
})
const [count, rounds, memory] = [values.count, values.rounds, values.memory].map(Number)
const temp = mkdtempSync(join(tmpdir(), 'tessera-bench-faces-'))
const setup = { backend: 'onnx', modelsDir: humanModelsDir(), cacheDir: join(temp, 'cache') }

/** Faces of the sheet, each a photo of its own. */
async function makePhotos() {
  const sheet = join(humanRoot(), 'assets', 'screenshot-facematch.jpg')
  const pool = openFacePool({ engine: setup, workers: 1 })
  const { faces, width, height } = await pool.detect(sheet)
  await pool.close()
  const folder = join(temp, 'photos')
  mkdirSync(folder)
  for (const [index, { box }] of faces.entries()) {
    const side = Math.round(Math.max(box.width, box.height) * 2)
    const left = Math.round(box.x + box.width / 2 - side / 2)
    const top = Math.round(box.y + box.height / 2 - side / 2)
    if (left < 0 || top < 0 || left + side > width || top + side > height) continue
    const cut = sharp(sheet).extract({ left, top, width: side, height: side })
    await cut
      .resize(250, 250)
      .jpeg({ quality: 90 })
      .toFile(join(folder, `${index}.jpg`))
  }
  return folder
}

function photosOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jpe?g$/i.test(name))
  // In an order of its own, so that photos of one person do not stand together.
  return names.map((name) => join(folder, name)).sort((a, b) => a.slice(-12).localeCompare(b.slice(-12)))
}

const photos = photosOf(values.images ?? (await makePhotos()))
const some = (total) => Array.from({ length: total }, (_, index) => photos[index % photos.length])

/** Our pool, warm. `run` describes photos with as many under way as `face detect` has. */
function startOurs() {
  const pool = openFacePool({ engine: setup })
  let faces = 0
  return {
    close: () => pool.close(),
    async run(files) {
      faces = 0
      const left = files.values()
      const lane = async () => {
        for (const file of left) {
          const outcome = await pool.detect(file)
          faces += outcome.faces?.length ?? 0
        }
      }
      await Promise.all(Array.from({ length: pool.width }, lane))
      return faces
    },
  }
}

/** Processes of Human, warm, each with an equal share of the photos. */
async function startHuman(processes) {
  const script = fileURLToPath(new URL('faces/human.mjs', import.meta.url))
  const children = Array.from({ length: processes }, () => {
    const child = spawn(process.execPath, [script, '{}', 'count'], { stdio: ['pipe', 'pipe', 'inherit'] })
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
  })
  for (const { lines } of children) await lines.next()
  return {
    async close() {
      for (const { child } of children) child.stdin.end()
    },
    async run(files) {
      const counts = children.map(async ({ child, lines }, index) => {
        const share = files.filter((_file, at) => at % processes === index)
        child.stdin.write(share.map((file) => `${file}\n`).join(''))
        let faces = 0
        for (let done = 0; done < share.length; done++) faces += JSON.parse((await lines.next()).value).faces
        return faces
      })
      return (await Promise.all(counts)).reduce((sum, faces) => sum + faces, 0)
    },
  }
}

const speeds = { ours: [], one: [], two: [] }
const starts = { ours: startOurs, one: () => startHuman(1), two: () => startHuman(2) }
const shares = { ours: count, one: Math.ceil(count / 8), two: Math.ceil(count / 4) }
const found = {}
for (let round = 0; round < rounds; round++) {
  for (const [name, start] of Object.entries(starts)) {
    const runner = await start()
    await runner.run(some(name === 'ours' ? 64 : 16))
    const files = some(shares[name])
    const begun = performance.now()
    const faces = await runner.run(files)
    speeds[name].push((files.length * 1000) / (performance.now() - begun))
    found[name] = faces / files.length
    await runner.close()
  }
}

console.log(machine())
console.log(
  `${photos.length} photos; ${availableParallelism()} cores; ${rounds} rounds, interleaved; medians (lowest to highest)`,
)
const labels = { ours: 'the engine, all cores', one: 'Human wasm, one process', two: 'Human wasm, two processes' }
for (const [name, label] of Object.entries(labels)) {
  console.log(
    `${label}: ${median(speeds[name]).toFixed(1)} photos/s (${spread(speeds[name])}), ${found[name].toFixed(2)} faces a photo`,
  )
}
const ratios = speeds.ours.map((speed, round) => speed / speeds.two[round])
console.log(`${(median(speeds.ours) / median(speeds.one)).toFixed(1)} x one process`)
console.log(`${(median(speeds.ours) / median(speeds.two)).toFixed(1)} x two processes (by round ${spread(ratios)})`)

if (memory > 0) {
  const ours = startOurs()
  const at = []
  for (let done = 0; done < memory; done += 1000) {
    await ours.run(some(1000))
    at.push(process.memoryUsage.rss() / 1e6)
  }
  await ours.close()
  console.log(
    `memory of the process after 1,000 photos: ${at[0].toFixed(0)} MB; after ${memory}: ${at.at(-1).toFixed(0)} MB; most ${Math.max(...at).toFixed(0)} MB`,
  )
}
rmSync(temp, { recursive: true, force: true })
