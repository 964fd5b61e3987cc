import { isDeepStrictEqual } from 'node:util'
import { readSignedData } from '../../../src/signing/verify/cms.js'
import type { PassReport } from '../../../src/verifying/types.js'
import { verifyPass } from '../../../src/verifying/verify-pass.js'
import { unzip } from '../open-pass.js'
import { mutateArchive, mutatePacked } from './mutate-archive.js'
import { mutateContent } from './mutate-content.js'
import { mutateSignature } from './mutate-signature.js'
import { packEntries } from './pack.js'
import { type Random, seeded } from './random.js'
import { type SeedPass, type Seeds, signFiles } from './seed-passes.js'

/** One mutated pass. */
export interface FuzzCase {
  readonly seed: number
  /** What was done to which pass. */
  readonly did: string
  readonly bytes: Buffer
  readonly from: SeedPass
  /** True when it was signed again after the change, so that `valid` may be right. */
  readonly resigned: boolean
}

export interface FuzzFailure {
  readonly case: FuzzCase
  /** `threw`, `slow`, `accepted`, `readers disagree`. */
  readonly kind: string
  readonly message: string
}

export interface FuzzResult {
  readonly runs: number
  readonly failures: readonly FuzzFailure[]
  readonly verdicts: ReadonlyMap<string, number>
  readonly rules: ReadonlyMap<string, number>
  /** Milliseconds of the slowest run. */
  readonly slowest: number
}

export interface FuzzOptions {
  readonly seed: number
  /** Ends after this time, or after `runs`. */
  readonly milliseconds: number
  readonly runs?: number
  /** Milliseconds a pass may take. */
  readonly longest?: number
}

/** The case of a seed: the same for the same seed, but for the keys. */
export function makeCase(seed: number, { passes }: Seeds): FuzzCase {
  const random = seeded(seed)
  const from = random.pick(passes)
  const other = packFiles(random.pick(passes).files)
  const kind = random.int(10)
  const made = (did: string, bytes: Buffer, resigned = false): FuzzCase => ({
    seed,
    did: `${did} of ${from.name}`,
    bytes,
    from,
    resigned,
  })
  if (kind <= 1) return made(...mutatePacked(random, packFiles(from.files), other))
  if (kind <= 3) return made(...mutateArchive(random, from.files, other))
  if (kind <= 6) {
    const foreign = passes.flatMap(({ signer }) => signer.certificates)
    const signature = mutateSignature(random, from.files.get('signature') ?? Buffer.alloc(0), foreign)
    return made('signature', packFiles(new Map(from.files).set('signature', signature)))
  }
  const [path, content] = mutateFile(random, from)
  const files = new Map(from.files).set(path, content)
  if (kind === 7) return made(path, packFiles(files))
  return made(`${path}, signed again,`, packFiles(signFiles(files, from.signer)), true)
}

function mutateFile(random: Random, { files }: SeedPass): [string, Buffer] {
  const paths = [...files.keys()].filter((path) => path !== 'signature')
  const path = random.chance(0.4) ? 'pass.json' : random.pick(paths)
  return [path, mutateContent(random, path, files.get(path) ?? Buffer.alloc(0))]
}

export function packFiles(files: ReadonlyMap<string, Buffer>): Buffer {
  return packEntries([...files].map(([name, content]) => ({ name, content, stored: name.endsWith('.png') })))
}

/** Runs cases until the time is over. Never throws for what the verifier does. */
export async function fuzzVerify(seeds: Seeds, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, milliseconds, runs: most = Number.POSITIVE_INFINITY } = options
  const failures: FuzzFailure[] = []
  const verdicts = new Map<string, number>()
  const rules = new Map<string, number>()
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  const begun = performance.now()
  let runs = 0
  let slowest = 0
  while (runs < most && performance.now() - begun < milliseconds) {
    const tried = makeCase(seed + runs, seeds)
    runs++
    const { failure, report, took } = await tryCase(tried, seeds, options)
    slowest = Math.max(slowest, took)
    if (failure !== undefined) failures.push(failure)
    if (report === undefined) continue
    count(verdicts, report.verdict)
    for (const rule of new Set(report.findings.map((finding) => finding.rule))) count(rules, rule)
  }
  return { runs, failures, verdicts, rules, slowest }
}

interface Tried {
  readonly took: number
  readonly report?: PassReport
  readonly failure?: FuzzFailure
}

/** Looks at one case: it must end, soon, and accept nothing in which a byte that matters changed. */
export async function tryCase(
  tried: FuzzCase,
  { trust }: Seeds,
  { longest = 2000 }: Partial<FuzzOptions> = {},
): Promise<Tried> {
  const begun = performance.now()
  const failed = (kind: string, message: string): FuzzFailure => ({ case: tried, kind, message })
  let report: PassReport
  try {
    report = await verifyPass(tried.bytes, { file: 'x.pkpass', trust: [trust] })
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { took: performance.now() - begun, failure: failed('threw', message) }
  }
  const took = performance.now() - begun
  const accepted = report.verdict === 'valid' || report.verdict === 'expired'
  const failure =
    took > longest
      ? failed('slow', `${Math.round(took)} ms`)
      : accepted && !tried.resigned
        ? await changedMatter(tried, failed)
        : undefined
  return { took, report, ...(failure === undefined ? {} : { failure }) }
}

/**
 * What matters of an accepted pass: the names and bytes of all files but the signature, as another reader of archives
 * unpacks them; of the signature the signed attributes, its value, and the certificate of the signer. What does not: the
 * archive's own records, other certificates, what the signature announces of itself without signing it.
 */
async function changedMatter(
  { bytes, from }: FuzzCase,
  failed: (kind: string, message: string) => FuzzFailure,
): Promise<FuzzFailure | undefined> {
  let files: Map<string, Buffer>
  try {
    files = await unzip(bytes)
  } catch (error) {
    return failed('readers disagree', `yauzl does not read what was accepted: ${error}`)
  }
  // Entries of folders hold nothing.
  const names = [...files.keys()].filter((name) => !name.endsWith('/')).toSorted()
  if (!isDeepStrictEqual(names, [...from.files.keys()].toSorted())) {
    return failed('accepted', `other files: ${names.join(', ')}`)
  }
  for (const [path, content] of from.files) {
    if (path !== 'signature' && !files.get(path)?.equals(content)) return failed('accepted', `${path} was changed`)
  }
  const [was, is] = [from.files, files].map((map) => signedPart(map.get('signature') ?? Buffer.alloc(0)))
  return isDeepStrictEqual(was, is) ? undefined : failed('accepted', 'the signed part of the signature was changed')
}

/** Of the first signer; which certificate is the signer's follows from the identity and the value. */
function signedPart(signature: Buffer): unknown {
  const [signer] = readSignedData(signature).signers
  return {
    value: signer && Buffer.from(signer.signature),
    attributes: signer?.attributes?.sorted,
    by: signer?.signerId,
  }
}
