import { beforeAll, describe, expect, test } from 'vitest'
import { verifyPass } from '../../src/verifying/verify-pass.js'
import { fuzzVerify, makeCase, packFiles, tryCase } from '../support/fuzz/fuzz-verify.js'
import { makeSeeds, type Seeds } from '../support/fuzz/seed-passes.js'

let seeds: Seeds

beforeAll(async () => {
  seeds = await makeSeeds()
})

test('the passes that are mutated are good ones', async () => {
  for (const { name, files, verdict } of seeds.passes) {
    const report = await verifyPass(packFiles(files), { file: 'x', trust: [seeds.trust] })
    expect([name, report.verdict]).toEqual([name, verdict])
  }
})

test('250 mutated passes: no crash, nothing changed that is accepted', async () => {
  const { failures, runs, rules, verdicts } = await fuzzVerify(seeds, { seed: 4, milliseconds: 20_000, runs: 250 })
  expect(failures.map(({ case: { seed, did }, kind, message }) => ({ seed, did, kind, message }))).toEqual([])
  expect(runs).toBeGreaterThan(50)
  // The mutations reach all parts of the verifier.
  const groups = new Set([...rules.keys()].map((rule) => rule.split('.')[0]))
  expect([...groups]).toEqual(expect.arrayContaining(['archive', 'manifest', 'signature', 'certificate', 'fields']))
  expect([...verdicts.keys()]).toEqual(expect.arrayContaining(['valid', 'invalid', 'broken', 'unsigned']))
})

describe('the check of what matters', () => {
  test('a changed pass that is accepted would be noticed', async () => {
    const resigned = Array.from({ length: 200 }, (_, seed) => makeCase(seed, seeds)).filter((one) => one.resigned)
    const noticed: (string | undefined)[] = []
    for (const one of resigned) {
      const { report, failure } = await tryCase({ ...one, resigned: false }, seeds)
      if (report?.verdict === 'valid') noticed.push(failure?.kind)
    }
    expect(noticed.length).toBeGreaterThan(0)
    expect(noticed.every((kind) => kind === 'accepted')).toBe(true)
  })

  test('the same seed makes the same change', () => {
    expect(makeCase(7, seeds).bytes).toEqual(makeCase(7, seeds).bytes)
  })
})
