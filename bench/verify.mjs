// `tessera pass verify` over a folder of cards, all checks on, as a whole process, against `openssl cms -verify` on the
// signatures of the same cards in the same run: one process for each card, as scripts do it, one after another and as
// many at a time as there are cores. What openssl reads is taken out of the cards beforehand and not timed; it looks at
// no file but manifest.json, and at no chain. Then cards of all nine kinds of designs, and the memory of 1,000 and of
// --passes passes in a folder. The limit is what a pass must cost at the least: SHA-1 of its files and one RSA
// verification, by node:crypto on one thread.
import { spawn, spawnSync } from 'node:child_process'
import { hash, verify as rsaVerify, X509Certificate } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createFindings } from '../dist/signing/verify/findings.js'
import { readZip } from '../dist/signing/verify/zip.js'
import { bin, machine, makeLaunch, median, options, spread, tessera, writeMembers } from './lib.mjs'

const { rounds, passes, peer } = options({ rounds: 5, passes: 10_000, peer: 100 })
const cores = availableParallelism()
const launch = makeLaunch()

/** Cards of one design in a folder of their own. */
function issue(folder, rows, design = 'bonus') {
  writeMembers(launch.path('members.csv'), rows)
  tessera(launch.dir, ['issue', 'members.csv', '--design', design, '--out', folder, '--if-exists', 'update'])
}

const KINDS = ['bonus', 'stamp', 'cashback', 'discount', 'gift', 'membership', 'coupon', 'event', 'referral']

/** The sample cards of every kind of design, each some times over; returns the certificates to trust. */
function issueVaried(folder, copies) {
  return KINDS.flatMap((kind) => {
    const dir = launch.path('kinds', kind)
    mkdirSync(dir, { recursive: true })
    tessera(dir, ['init', '.', '--no-input', '--kind', kind])
    tessera(dir, ['certs', 'dev'])
    tessera(dir, ['issue', 'members.csv', '--design', kind, '--out', 'cards'])
    for (let copy = 0; copy < copies; copy++) {
      cpSync(join(dir, 'cards'), launch.path(folder, `${kind}${copy}`), { recursive: true })
    }
    return ['--trust', join(dir, 'certs/wwdr.pem')]
  })
}

/** Passes a second on one thread of what no verifier can do without. */
function leastWork(folder) {
  const name = readdirSync(launch.path(folder), { recursive: true }).find((path) => path.endsWith('.pkpass'))
  const files = [...readZip(readFileSync(join(launch.path(folder), name)), { findings: createFindings() }).values()]
  const key = new X509Certificate(readFileSync(launch.path('certs/pass.pem'))).publicKey
  const [signed, signature] = [Buffer.alloc(107), Buffer.alloc(256, 1)]
  const begun = performance.now()
  let count = 0
  for (; performance.now() - begun < 2000; count++) {
    for (const bytes of files) hash('sha1', bytes, 'hex')
    rsaVerify('sha256', signed, key, signature)
  }
  return (count * 1000) / (performance.now() - begun)
}

/** Verifies a folder with the CLI: passes a second of the whole process, CPU seconds a pass, peak memory in MB. */
async function verify(folder, expected, trust = ['--trust', 'certs/wwdr.pem']) {
  const begun = performance.now()
  const args = ['pass', 'verify', folder, ...trust, '--quiet']
  const child = spawn(process.execPath, [bin, ...args], { cwd: launch.dir, stdio: ['ignore', 'pipe', 'inherit'] })
  let peak = 0
  let ticks = 0
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ')
      ticks = Math.max(ticks, Number(stat[11]) + Number(stat[12]))
    } catch {
      // It has ended, or this is no Linux.
    }
  }, 20)
  const [output, status] = await Promise.all([
    child.stdout.toArray().then((parts) => Buffer.concat(parts).toString()),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  clearInterval(look)
  const seconds = (performance.now() - begun) / 1000
  if (status !== 0 || !output.startsWith(`${expected.toLocaleString('en')} passes: all valid`)) throw new Error(output)
  return { rate: expected / seconds, cpu: ticks / 100 / expected, megabytes: peak / 1024 }
}

/** The signatures and manifests of the first cards, as files. */
function takeOut(folder) {
  const work = launch.path('peer')
  mkdirSync(work, { recursive: true })
  const cards = readdirSync(launch.path(folder), { recursive: true }).filter((name) => name.endsWith('.pkpass'))
  return cards.slice(0, peer).map((name, index) => {
    const files = readZip(readFileSync(join(launch.path(folder), name)), { findings: createFindings() })
    const [signature, manifest] = ['signature', 'manifest'].map((kind) => join(work, `${index}.${kind}`))
    writeFileSync(signature, files.get('signature'))
    writeFileSync(manifest, files.get('manifest.json'))
    return ['cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', signature, '-content', manifest]
  })
}

function opensslOneByOne(calls) {
  const begun = performance.now()
  for (const args of calls) if (spawnSync('openssl', args, { stdio: 'ignore' }).status !== 0) throw new Error('openssl')
  return (calls.length * 1000) / (performance.now() - begun)
}

async function opensslAtOnce(calls) {
  const waiting = calls.values()
  const begun = performance.now()
  const worker = async () => {
    for (const args of waiting) {
      const child = spawn('openssl', args, { stdio: 'ignore' })
      if ((await new Promise((resolve) => child.once('close', resolve))) !== 0) throw new Error('openssl')
    }
  }
  await Promise.all(Array.from({ length: cores }, worker))
  return (calls.length * 1000) / (performance.now() - begun)
}

console.log(`${machine()}; ${passes} passes, ${rounds} rounds, ${peer} by openssl`)
const seen = { ours: [], cpu: [], one: [], many: [], ratioOne: [], ratioMany: [] }
try {
  issue('few', 1000)
  issue('cards', passes)
  const trust = issueVaried('varied', 8)
  const variedCount = readdirSync(launch.path('varied'), { recursive: true }).filter((p) =>
    p.endsWith('.pkpass'),
  ).length
  const calls = takeOut('cards')
  const small = await verify('few', 1000)
  const varied = []
  let large
  for (let round = 1; round <= rounds; round++) {
    const one = opensslOneByOne(calls)
    large = await verify('cards', passes)
    const many = await opensslAtOnce(calls)
    varied.push((await verify('varied', variedCount, trust)).rate)
    seen.ours.push(large.rate)
    seen.cpu.push(large.cpu * 1000)
    seen.one.push(one)
    seen.many.push(many)
    seen.ratioOne.push(large.rate / one)
    seen.ratioMany.push(large.rate / many)
    console.log(`round ${round}: ${large.rate.toFixed(0)} passes/s, openssl ${one.toFixed(0)} and ${many.toFixed(0)}`)
  }
  console.log(`tessera pass verify:        ${spread(seen.ours, 0)} passes/s, ${spread(seen.cpu)} ms of CPU each`)
  console.log(`openssl, one after another: ${spread(seen.one, 0)} passes/s; ${spread(seen.ratioOne, 1)} times slower`)
  console.log(
    `openssl, ${cores} at a time:       ${spread(seen.many, 0)} passes/s; ${spread(seen.ratioMany, 1)} times slower`,
  )
  console.log(`nine kinds of designs:      ${spread(varied, 0)} passes/s (${variedCount} passes, start included)`)
  console.log(`the least work, one thread: ${leastWork('cards').toFixed(0)} passes/s`)
  console.log(
    `memory: 1,000 passes ${small.megabytes.toFixed(0)} MB, ${passes} passes ${large.megabytes.toFixed(0)} MB`,
  )
  if (median(seen.ratioOne) < 20) console.log('The aim of 20 times openssl was missed in this run.')
} finally {
  launch.remove()
}
