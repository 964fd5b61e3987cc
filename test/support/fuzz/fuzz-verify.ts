import { isDeepStrictEqual } from 'node:util'
import { readSignedData } from '../../../src/signing/verify/cms.js'
import { createFindings } from '../../../src/signing/verify/findings.js'
import { readZip } from '../../../src/signing/verify/zip.js'
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
  /** Milliseconds of processor time of the slowest run. */
  readonly slowest: number
}

export interface FuzzOptions {
  readonly seed: number
  /** Ends after this time, or after `runs`. */
  readonly milliseconds: number
  readonly runs?: number
  /** Milliseconds of processor time a pass may take. */
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

/** The kind of a failure, and what is wrong. */
type Wrong = readonly [string, string]

interface Tried {
  /** Milliseconds of processor time: other programs on the machine do not count. */
  readonly took: number
  readonly report?: PassReport
  readonly failure?: FuzzFailure
}

/** Looks at one case: it must end, soon, and accept nothing in which a byte that matters changed. */
export async function tryCase(
  tried: FuzzCase,
  { trust, passes }: Seeds,
  { longest = 2000 }: Partial<FuzzOptions> = {},
): Promise<Tried> {
  const begun = process.cpuUsage()
  const spent = (): number => {
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  }
  const failed = (kind: string, message: string): FuzzFailure => ({ case: tried, kind, message })
  let report: PassReport
  try {
    report = await verifyPass(tried.bytes, { file: 'x.pkpass', trust: [trust] })
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { took: spent(), failure: failed('threw', message) }
  }
  const took = spent()
  const accepted = report.verdict === 'valid' || report.verdict === 'expired'
  const wrong: Wrong | undefined =
    took > longest
      ? ['slow', `${Math.round(took)} ms of CPU`]
      : accepted && !tried.resigned
        ? await changedMatter(tried, report, passes)
        : undefined
  const failure = wrong && failed(...wrong)
  return { took, report, ...(failure === undefined ? {} : { failure }) }
}

/**
 * What matters of an accepted pass: the names and bytes of all files but the signature; of the signature the signed
 * attributes, its value, and who the signer is. What does not: the archive's own records, other certificates, what the
 * signature announces of itself without signing it. Asked twice: of what the verifier unpacks, and of what another reader of
 * archives does. Where that one cannot, the report must say that some readers refuse the archive.
 */
async function changedMatter(
  { bytes, from }: FuzzCase,
  report: PassReport,
  passes: readonly SeedPass[],
): Promise<Wrong | undefined> {
  const read = readZip(bytes, { findings: createFindings() })
  // Two archives in one file may give the other one, which is as good.
  const { files: was } = passes.find(({ files }) => differenceOf(files, read) === undefined) ?? from
  const own = differenceOf(was, read)
  if (own !== undefined) return ['accepted', own]
  try {
    const other = differenceOf(was, await unzip(bytes))
    return other === undefined ? undefined : ['readers disagree', `as yauzl unpacks it: ${other}`]
  } catch (error) {
    const told = report.findings.some(({ rule, severity }) => rule.startsWith('archive.') && severity !== 'advice')
    return told ? undefined : ['readers disagree', `yauzl does not read what was accepted: ${error}`]
  }
}

function differenceOf(was: ReadonlyMap<string, Buffer>, is: ReadonlyMap<string, Uint8Array>): string | undefined {
  // Entries of folders hold nothing.
  const names = [...is.keys()].filter((name) => !name.endsWith('/')).toSorted()
  if (!isDeepStrictEqual(names, [...was.keys()].toSorted())) return `other files: ${names.join(', ')}`
  for (const [path, content] of was) {
    if (path !== 'signature' && !content.equals(is.get(path) ?? Buffer.alloc(0))) return `${path} was changed`
  }
  const [before, after] = [was, is].map((files) => signedPart(files.get('signature') ?? Buffer.alloc(0)))
  return isDeepStrictEqual(before, after) ? undefined : 'the signed part of the signature was changed'
}

/** Of the first signer; which certificate is the signer's follows from the identity and the value. */
function signedPart(signature: Uint8Array): unknown {
  const [signer] = readSignedData(signature).signers
  return {
    value: signer && Buffer.from(signer.signature),
    attributes: signer?.attributes?.sorted,
    // The name of the issuer is not signed, and is the same in other letters too (RFC 5280, 7.1); the number is enough.
    by: signer && ('keyId' in signer.signerId ? signer.signerId.keyId : signer.signerId.serial),
  }
}
