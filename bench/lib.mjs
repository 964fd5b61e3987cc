// What the benchmarks share: a launch to measure in, members, raw RSA, medians.
import { spawnSync } from 'node:child_process'
import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

export const bin = fileURLToPath(new URL('../bin/run.js', import.meta.url))

/** A launch with test certificates and the bonus design, removed by `remove()`. */
export function makeLaunch() {
  const dir = mkdtempSync(join(tmpdir(), 'tessera-bench-'))
  tessera(dir, ['init', '.', '--no-input', '--kind', 'bonus'])
  tessera(dir, ['certs', 'dev'])
  return { dir, path: (...parts) => join(dir, ...parts), remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** Runs the CLI as a user would and gives its --json result and the seconds the whole process took. */
export function tessera(cwd, args) {
  const begun = performance.now()
  const child = spawnSync(process.execPath, [bin, ...args, '--json'], { cwd, encoding: 'utf8' })
  const seconds = (performance.now() - begun) / 1000
  if (child.status !== 0) throw new Error(`tessera ${args.join(' ')}: ${child.stdout}${child.stderr}`)
  return { seconds, result: JSON.parse(child.stdout) }
}

export function writeMembers(path, rows) {
  const lines = ['serial,name,balance,level']
  const levels = ['Silver', 'Gold', 'Platinum']
  for (let row = 0; row < rows; row++)
    lines.push(`${10_000_000 + row},Member Number ${row},${(row * 7) % 5000},${levels[row % 3]}`)
  writeFileSync(path, `${lines.join('\n')}\n`)
}

/** RSA-2048 signatures a second by node:crypto on `threads` threads for `seconds`: the limit that signing has. */
export async function rawRsaRate(keyFile, { threads = cpus().length, seconds = 3 } = {}) {
  const pem = readFileSync(keyFile, 'utf8')
  const source = `import(${JSON.stringify(import.meta.url)}).then(({ rsaLoop }) => rsaLoop())`
  const counts = await Promise.all(
    Array.from({ length: threads }, () => {
      const worker = new Worker(source, { eval: true, workerData: { pem, seconds } })
      return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
    }),
  )
  return counts.reduce((sum, rate) => sum + rate, 0)
}

export async function rsaLoop() {
  const { parentPort, workerData } = await import('node:worker_threads')
  const key = createPrivateKey(workerData.pem)
  // As many bytes as the signed attributes of a pass have.
  const data = randomBytes(107)
  for (let warm = 0; warm < 100; warm++) sign('sha256', data, key)
  const begun = performance.now()
  let count = 0
  while (performance.now() - begun < workerData.seconds * 1000) {
    for (let batch = 0; batch < 50; batch++) sign('sha256', data, key)
    count += 50
  }
  parentPort.postMessage((count / (performance.now() - begun)) * 1000)
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export function spread(values, digits = 2) {
  const show = (value) => value.toFixed(digits)
  return `${show(median(values))} (${show(Math.min(...values))} to ${show(Math.max(...values))})`
}

export function machine() {
  return `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}`
}

/** `--rounds 5` style options, all numbers. */
export function options(defaults) {
  const given = { ...defaults }
  process.argv.slice(2).forEach((word, index, words) => {
    const name = word.replace(/^--/, '')
    if (word.startsWith('--') && name in defaults) given[name] = Number(words[index + 1])
  })
  return given
}
