// Recording without signing: what a card costs in a store of 10,000 and of 1,000,000 cards, and how much memory a run of
// 1,000,000 rows takes. The limit it is held against: plain better-sqlite3 inserting the same rows into the same table,
// measured in between.
import { spawnSync } from 'node:child_process'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { bin, machine, makeLaunch, median, options } from './lib.mjs'

const { rounds, rows } = options({ rounds: 3, rows: 1_000_000 })
const STEP = 50_000
const launch = makeLaunch()

/** Writes rows from..to of the members. */
function writeSlice(name, from, to) {
  const lines = ['serial,name,balance,level']
  for (let row = from; row < to; row++) lines.push(`${10_000_000 + row},Member Number ${row},${row % 5000},Gold`)
  writeFileSync(launch.path(name), `${lines.join('\n')}\n`)
}

function record(name) {
  const report = `process.on('exit', () => process.stderr.write('\\nRSS ' + process.resourceUsage().maxRSS))`
  const child = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${report}`, bin, 'issue', name, '--design', 'bonus', '--json'],
    { cwd: launch.dir, encoding: 'utf8' },
  )
  if (child.status !== 0) throw new Error(child.stdout + child.stderr)
  const { seconds, issued } = JSON.parse(child.stdout)
  return { microseconds: (seconds * 1e6) / issued, megabytes: Number(/RSS (\d+)/.exec(child.stderr)[1]) / 1024 }
}

function forget() {
  for (const end of ['', '-wal', '-shm']) rmSync(launch.path(`.tessera/store.db${end}`), { force: true })
}

/** Microseconds a row of a bare prepared insert in transactions of 256 rows. */
function bareInsert() {
  const file = launch.path('bare.db')
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec(`create table cards (id integer primary key, serial text not null unique, design_id integer not null, field_values text not null,
    token text not null, barcode text not null, locale text, expires_at bigint, voided_at bigint, pictures text, revision integer not null,
    created_at bigint not null, updated_at bigint not null, job_id integer not null, job_row integer not null)`)
  const insert = database.prepare(
    'insert into cards values (null, ?, 1, ?, ?, ?, null, null, null, null, 1, 0, 0, 1, ?)',
  )
  const begun = performance.now()
  for (let row = 0; row < STEP; row++) {
    if (row % 256 === 0) database.exec('begin')
    const serial = String(10_000_000 + row)
    insert.run(
      serial,
      JSON.stringify({ name: `Member Number ${row}`, balance: row % 5000, level: 'Gold' }),
      serial.padEnd(24, 'x'),
      serial,
      row,
    )
    if (row % 256 === 255 || row === STEP - 1) database.exec('commit')
  }
  const microseconds = ((performance.now() - begun) * 1000) / STEP
  database.close()
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  return microseconds
}

console.log(`${machine()}; ${rounds} rounds`)
const small = []
const large = []
const bare = []
const memory = []
try {
  writeSlice('first.csv', 0, 10_000)
  writeSlice('second.csv', 10_000, 10_000 + STEP)
  writeSlice('rest.csv', 10_000 + STEP, rows)
  writeSlice('last.csv', rows, rows + STEP)
  writeSlice('all.csv', 0, rows)
  for (let round = 1; round <= rounds; round++) {
    forget()
    record('first.csv')
    bare.push(bareInsert())
    small.push(record('second.csv').microseconds)
    record('rest.csv')
    large.push(record('last.csv').microseconds)
    bare.push(bareInsert())
    forget()
    memory.push(record('all.csv').megabytes)
    const megabytes = Math.round(statSync(launch.path('.tessera/store.db')).size / 1e6)
    console.log(
      `round ${round}: ${small.at(-1).toFixed(1)} us at 10,000 cards, ${large.at(-1).toFixed(1)} us at ${rows}; bare insert ${bare.at(-1).toFixed(1)} us; ${rows} rows in one run: peak ${Math.round(memory.at(-1))} MB, store ${megabytes} MB`,
    )
  }
} finally {
  launch.remove()
}
const ratios = small.map((value, round) => large[round] / value)
console.log(`
cost per card at ${rows} cards / at 10,000: ${median(ratios).toFixed(2)} (${ratios.map((value) => value.toFixed(2)).join(', ')})
CSV row to stored card / bare insert: ${(median(small) / median(bare)).toFixed(1)}
peak memory of ${rows} rows: ${Math.round(median(memory))} MB`)
