// `npm run fuzz:verify -- --seconds 60 --seed N`: passes that were made on the spot are changed in thousands of ways, in
// the archive, in their files and inside the signature, and verified. Nothing may crash, hang or grow, and nothing may be
// accepted in which a byte that matters changed. What fails is kept in a temporary folder, with the certificate to trust.
// Runs on the TypeScript sources: `node --import ./test/support/resolve-ts.mjs scripts/fuzz-verify.mjs`.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { fuzzVerify } = await import('../test/support/fuzz/fuzz-verify.ts')
const { makeSeeds } = await import('../test/support/fuzz/seed-passes.ts')

/** Megabytes that the process may have at its end: bombs are refused, and caches are limited. */
const MOST_MEMORY = 1024
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    runs: { type: 'string', default: 'Infinity' },
  },
})
const [seconds, seed, most] = [values.seconds, values.seed, values.runs].map(Number)
if ([seconds, seed, most].some(Number.isNaN)) {
  console.error('--seconds, --seed and --runs are numbers.')
  process.exit(2)
}

console.log(`seed ${seed}, ${seconds} s`)
const seeds = await makeSeeds()
const begun = performance.now()
const { runs, failures, verdicts, rules, slowest } = await fuzzVerify(seeds, {
  seed,
  milliseconds: seconds * 1000,
  runs: most,
})
const took = (performance.now() - begun) / 1000
const memory = process.resourceUsage().maxRSS / 1024

console.log(`${runs} passes, ${(runs / took).toFixed(0)} a second; the slowest took ${slowest.toFixed(0)} ms of CPU`)
console.log(`peak memory ${memory.toFixed(0)} MB\n`)
printCounts(verdicts)
printCounts(rules)
if (failures.length > 0) {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-fuzz-'))
  writeFileSync(join(folder, 'trust.cer'), seeds.trust)
  for (const { case: tried, kind, message } of failures) {
    const file = join(folder, `${tried.seed}.pkpass`)
    writeFileSync(file, tried.bytes)
    console.error(`seed ${tried.seed}, ${kind}: ${tried.did}\n  ${message}\n  ${file}`)
  }
}
if (memory > MOST_MEMORY) console.error(`The process grew to ${memory.toFixed(0)} MB.`)
process.exitCode = failures.length > 0 || memory > MOST_MEMORY ? 1 : 0

function printCounts(counts) {
  for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(count).padStart(7)}  ${name}`)
  console.log()
}
