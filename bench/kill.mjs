// A run that is killed by SIGKILL at random moments and continued by the same command must end with exactly the cards
// of the file: none missing, none twice, no half file. `npm run bench:kill -- --rows 50000 --kills 10 [--zip 1]`
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { readPem } from '../dist/signing/certs/pem.js'
import { verifyPass } from '../dist/verifying/verify-pass.js'
import { bin, machine, makeLaunch, options, tessera, writeMembers } from './lib.mjs'

const { rows, kills, zip } = options({ rows: 50_000, kills: 10, zip: 0 })
const launch = makeLaunch()
const target = zip ? ['--zip', 'cards.zip'] : ['--out', 'cards']
const args = ['issue', 'members.csv', '--design', 'bonus', ...target]

/** Starts the command and kills it after `milliseconds`, unless it ends before. */
function runAndKill(milliseconds) {
  const child = spawn(process.execPath, [bin, ...args, '--quiet'], { cwd: launch.dir, stdio: 'ignore' })
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    child.on('exit', (_code, signal) => {
      clearTimeout(timer)
      resolve(signal === 'SIGKILL')
    })
  })
}

const recorded = () => {
  if (!existsSync(launch.path('.tessera/store.db'))) return 0
  const database = new Database(launch.path('.tessera/store.db'), { readonly: true })
  try {
    return database.prepare('select count(*) from cards').pluck().get()
  } catch {
    return 0
  } finally {
    database.close()
  }
}

try {
  writeMembers(launch.path('members.csv'), rows)
  console.log(`${machine()}; ${rows} rows ${target.join(' ')}`)
  // Moments spread so that most fall into the work, some into start-up and into the checks of a resumed run.
  const perKill = (rows / 5000 / kills) * 1000
  let killed = 0
  for (let attempt = 0; killed < kills && attempt < kills * 3; attempt++) {
    if (!(await runAndKill(100 + Math.random() * (perKill * 1.6 + 600)))) break
    killed++
    console.log(`killed ${killed}: ${recorded()} cards recorded`)
  }
  const { result } = tessera(launch.dir, args)
  const found = []
  if (zip) {
    const listed = spawnSync('unzip', ['-Z1', 'cards.zip'], { cwd: launch.dir, encoding: 'utf8', maxBuffer: 1 << 28 })
    found.push(...listed.stdout.trim().split('\n'))
    const test = spawnSync('unzip', ['-tqq', 'cards.zip'], { cwd: launch.dir })
    if (test.status !== 0) throw new Error('unzip finds the archive damaged')
  } else {
    const trust = readPem(readFileSync(launch.path('certs/wwdr.pem'), 'utf8')).map(({ der }) => der)
    for (const name of readdirSync(launch.path('cards'), { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue
      found.push(name.name)
      const { verdict } = await verifyPass(readFileSync(`${name.parentPath}/${name.name}`), {
        file: name.name,
        trust,
        content: false,
      })
      if (verdict !== 'valid') throw new Error(`${name.name} is ${verdict}`)
    }
  }
  const wanted = new Set(Array.from({ length: rows }, (_, row) => `${10_000_000 + row}.pkpass`))
  const wrong = found.filter((name) => !wanted.has(name.split('/').at(-1)))
  const leftovers = readdirSync(launch.dir).filter((name) => name.includes('.partial'))
  const report = {
    killed,
    ...result,
    recorded: recorded(),
    files: found.length,
    distinct: new Set(found).size,
    wrong: wrong.length,
    leftovers,
  }
  console.log(report)
  const right = report.recorded === rows && report.files === rows && report.distinct === rows && report.issued === rows
  if (!right || wrong.length > 0 || leftovers.length > 0) process.exitCode = 1
  console.log(process.exitCode ? 'NOT exactly the set' : `exactly ${rows} cards`)
} finally {
  launch.remove()
}
