import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { oid, tlv } from '../../src/signing/der.js'
import { checkSignature } from '../../src/signing/verify/check-signature.js'
import { createFindings } from '../../src/signing/verify/findings.js'
import { pkijsAccepts } from '../support/check-with-pkijs.js'
import { makeAuthority, makeLeaf, NOW, rsaKey } from '../support/make-certificates.js'
import { attribute, makeCms } from '../support/make-cms.js'
import { tempDir } from '../support/temp-dir.js'
import { toBer } from './make-pass.js'

/** Signatures in all. Of these the first ones are corrupted. */
const ALL = 500
const CORRUPTED = 200

interface Sample {
  readonly manifest: Buffer
  readonly signature: Buffer
  /** The byte that was changed, before and after; undefined in good ones. */
  readonly change?: readonly [before: number, after: number]
}

/** What the three said, in the order Tessera, openssl, pkijs, with the rules that made Tessera refuse. */
interface Difference {
  readonly says: readonly [ours: boolean, openssl: boolean, pkijs: boolean]
  readonly rule: string
  readonly reason: string
}

/** Where the three may differ. Whatever else differs fails the test. */
const DIFFERENCES: readonly Difference[] = [
  {
    says: [false, false, true],
    rule: 'certificate.damaged',
    reason: 'pkijs reads no further into certificates than it must: dates, key and extensions may be damaged.',
  },
]

test('signatures are judged as openssl and pkijs judge them', { timeout: 120_000 }, async () => {
  const samples = makeSamples()
  const openssl = await opensslAccepts(samples)
  const unexplained: unknown[] = []
  let accepted = 0
  for (const [index, { signature, manifest, change }] of samples.entries()) {
    const findings = createFindings()
    checkSignature(signature, { manifest, findings })
    const refused = findings.list.filter(({ severity }) => severity === 'refused')
    const says = [refused.length === 0, openssl[index], await pkijsAccepts(signature, manifest)]
    if (says[0] === true) accepted += 1
    if (change === undefined) expect(says, `sample ${index}`).toEqual([true, true, true])
    if (new Set(says).size === 1) continue
    const isKnown = DIFFERENCES.some(
      (known) => isDeepStrictEqual(says, known.says) && refused.some(({ rule }) => rule === known.rule),
    )
    if (!isKnown) unexplained.push({ index, says, change, rules: refused.map(({ rule }) => rule) })
  }
  expect(unexplained).toEqual([])
  // Most changes matter; a few hit what nothing depends on, such as unsigned attributes.
  expect(accepted).toBeGreaterThanOrEqual(ALL - CORRUPTED)
  expect(accepted).toBeLessThan(ALL - CORRUPTED / 2)
})

function makeSamples(): Sample[] {
  const random = generator(20_261_124)
  const pick = <Value>(...values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value
  const authority = makeAuthority()
  const signers = [0, 1, 2].map(() => {
    const key = rsaKey()
    return { key, leaf: makeLeaf(authority, key) }
  })
  const capabilities = attribute('1.2.840.113549.1.9.15', tlv(0x30, tlv(0x30, oid('2.16.840.1.101.3.4.1.42'))))
  return Array.from({ length: ALL }, (_, index) => {
    const { key, leaf } = pick(...signers)
    const files = Array.from({ length: 1 + Math.floor(random() * 20) }, (__, file) => [
      `file${file}.png`,
      hash('sha1', String(random()), 'hex'),
    ])
    const manifest = Buffer.from(JSON.stringify(Object.fromEntries(files), undefined, pick(0, 2)))
    const der = makeCms({
      manifest,
      leaf,
      key,
      digest: pick('sha1', 'sha256'),
      byKeyId: pick(true, false),
      time: NOW - Math.floor(random() * 1e9),
      more: pick([], [capabilities]),
      certificates: pick([leaf, authority.der], [authority.der, leaf], [leaf]),
      unsigned: pick(true, false, false),
    })
    const signature = pick(true, false) ? toBer(der) : der
    if (index >= CORRUPTED) return { manifest, signature }
    // Half of them in the part that says who signed what, which is the last one.
    const target = pick('manifest', 'signature', 'signer', 'signer')
    const bytes = target === 'manifest' ? manifest : signature
    const start = target === 'signer' ? bytes.length - 450 : 0
    const at = start + Math.floor(random() * (bytes.length - start))
    const before = bytes[at] ?? 0
    const after = before ^ (1 << Math.floor(random() * 8))
    bytes[at] = after
    return { manifest, signature, change: [before, after] }
  })
}

/** One run of openssl for each, in two processes at a time. */
async function opensslAccepts(samples: readonly Sample[]): Promise<boolean[]> {
  const dir = await tempDir('agreement')
  for (const [index, { signature, manifest }] of samples.entries()) {
    await writeFile(join(dir, `${index}.der`), signature)
    await writeFile(join(dir, `${index}.json`), manifest)
  }
  const verify = 'openssl cms -verify -noverify -binary -inform DER -in $i.der -content $i.json -out /dev/null'
  const script = `i=$1; while [ $i -lt ${ALL} ]; do ${verify} 2>/dev/null && echo $i; i=$((i+2)); done; true`
  const runs = await Promise.all(['0', '1'].map((first) => execa('sh', ['-c', script, 'sh', first], { cwd: dir })))
  const accepted = new Set(runs.flatMap(({ stdout }) => stdout.split('\n')))
  return samples.map((_, index) => accepted.has(String(index)))
}

/** Mulberry32: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
