// False non-matches at a false match rate of 1 in 100, 1,000 and 10,000: Human's `similarity` as documented, Human's
// vectors compared by cosine, and ours; every photo that the pairs file names is compared with every other one. The
// rates are counted here, apart from what `face evaluate` does, so that each checks the other.
//
//   npm run bench:faces-accuracy -- --pairs pairs.txt --images DIR [--human FILE.ndjson]
//
// With --human what Human found is read from that file, made by `node bench/faces/human.mjs < list-of-paths > FILE`, and
// written to it when it is not there. Human keeps its defaults but for what still photos need (bench/faces/human.mjs).
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { humanModelsDir } from '../dist/faces/backends/human-package.js'
import { subjectOf } from '../dist/faces/evaluate/types.js'
import { openFacePool } from '../dist/faces/pool/face-pool.js'

const { values } = parseArgs({
  options: { pairs: { type: 'string' }, images: { type: 'string' }, human: { type: 'string' } },
})
if (!values.pairs || !values.images) throw new Error('--pairs FILE and --images DIR are needed')
const temp = mkdtempSync(join(tmpdir(), 'tessera-accuracy-'))

/** Photos that the pairs name, each once. */
function photosOf(pairsFile, images) {
  const names = new Set()
  for (const line of readFileSync(pairsFile, 'utf8').trim().split('\n').slice(1)) {
    const cells = line.split('\t')
    const shots =
      cells.length === 3
        ? [
            [cells[0], cells[1]],
            [cells[0], cells[2]],
          ]
        : [cells.slice(0, 2), cells.slice(2)]
    for (const [person, shot] of shots) names.add(`${person}/${person}_${shot.padStart(4, '0')}.jpg`)
  }
  return [...names].sort().map((name) => ({ person: name.split('/')[0], file: resolve(images, name) }))
}

const photos = photosOf(values.pairs, values.images)

async function runHuman(target) {
  const script = fileURLToPath(new URL('faces/human.mjs', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(photos.map(({ file }) => `${file}\n`).join(''))
  await new Promise((done, failed) =>
    child.stdout.pipe(createWriteStream(target)).on('finish', done).on('error', failed),
  )
}

/** The vector of the one face that Human keeps of a photo by default. */
async function humanVectors() {
  const file = values.human ?? join(temp, 'human.ndjson')
  if (!existsSync(file)) await runHuman(file)
  const byName = new Map()
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { file: path, faces } = JSON.parse(line)
    if (path) byName.set(path.split('/').slice(-2).join('/'), faces[0]?.embedding)
  }
  return photos.map(({ file: path }) => byName.get(relative(values.images, path)))
}

async function ourVectors(more) {
  const engine = { backend: 'onnx', modelsDir: humanModelsDir(), cacheDir: join(temp, 'cache'), ...more }
  const pool = openFacePool({ engine })
  const vectors = []
  for (let at = 0; at < photos.length; at += 64) {
    const outcomes = await Promise.all(photos.slice(at, at + 64).map(({ file }) => pool.detect(file)))
    vectors.push(...outcomes.map((outcome) => ('faces' in outcome ? subjectOf(outcome)?.vector : undefined)))
  }
  await pool.close()
  return vectors
}

const unit = (vector) => {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

/** Human's documented measure, with its roundings: match.similarity(a, b) of 3.3.6. */
function similarity(squares) {
  const distance = Math.round(100 * 25 * squares) / 100
  const clamped = Math.max(0, Math.min(1, (1 - Math.sqrt(distance) / 100 - 0.2) / 0.6))
  return Math.round(100 * clamped) / 100
}

/** Shares of genuine pairs at or below the score that the given share of impostors exceeds. No face: no match. */
function rates(vectors, scoreOf) {
  const flat = vectors.map((vector) => (vector === undefined ? undefined : Float32Array.from(vector)))
  const [genuine, impostor] = [[], new Float32Array((photos.length * (photos.length - 1)) / 2)]
  let impostors = 0
  for (let a = 0; a < photos.length; a++) {
    for (let b = a + 1; b < photos.length; b++) {
      const score = flat[a] && flat[b] ? scoreOf(flat[a], flat[b]) : Number.NEGATIVE_INFINITY
      if (photos[a].person === photos[b].person) genuine.push(score)
      else impostor[impostors++] = score
    }
  }
  const sorted = impostor.subarray(0, impostors).sort()
  const told = [1e-2, 1e-3, 1e-4].map((fmr) => {
    const threshold = sorted[impostors - 1 - Math.floor(impostors * fmr)]
    return (genuine.filter((score) => score <= threshold).length / genuine.length).toFixed(4)
  })
  return { genuine: genuine.length, impostors, told }
}

function dot(a, b) {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index]
  return sum
}
function squares(a, b) {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] - b[index]) ** 2
  return sum
}

const human = await humanVectors()
const rows = [
  ["Human's similarity", rates(human, (a, b) => similarity(squares(a, b)))],
  [
    "Human's vectors, cosine",
    rates(
      human.map((vector) => vector && unit(vector)),
      dot,
    ),
  ],
  ['ours, fed as Human feeds it', rates(await ourVectors({ recogniser: 'human' }), dot)],
  ['ours', rates(await ourVectors({}), dot)],
  ['ours, mirrored', rates(await ourVectors({ mirror: true }), dot)],
]
const [, { genuine, impostors }] = rows[0]
console.log(`${photos.length} photos, ${genuine} pairs of one person, ${impostors} of two`)
console.log('FNMR at FMR                       0.01    0.001   0.0001')
for (const [name, { told }] of rows) console.log(`${name.padEnd(32)}  ${told.join('  ')}`)
