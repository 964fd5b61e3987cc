import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { relative, resolve, sep } from 'node:path'
import { AppError, isAppError } from '../kit/errors/index.js'
import type { JobEvent } from '../kit/events.js'
import { toSarif } from '../kit/sarif.js'
import { Tally, type VerifySummary } from '../verifying/output/tally.js'
import type { PassReport } from '../verifying/types.js'
import type { Environment } from './environment.js'
import type { Launch } from './launch.js'
import { assertSafeOutputs } from './safe-outputs.js'

export interface VerifyRequest {
  /** Files, folders, addresses, or `-`. */
  readonly names: readonly string[]
  readonly environment: Environment
  readonly fetch: typeof fetch
  readonly stdin: AsyncIterable<Uint8Array>
  /** PEM or DER files of certificates to trust beside Apple's. */
  readonly trust: readonly string[]
  /** False looks at archive, manifest, signature and certificates only. */
  readonly content: boolean
  /** ISO date or time at which the certificates must be valid; now when undefined. */
  readonly at?: string | undefined
  /** Threads; as many as there are cores when undefined. */
  readonly jobs?: number | undefined
  /** Stops the run; what was verified until then is told. */
  readonly signal?: AbortSignal | undefined
}

export interface VerifyOutcome extends VerifySummary {
  /** True when what was named is one pass, and not a folder or a bundle that happens to hold one. */
  readonly single: boolean
}

/**
 * Verifies passes wherever they are; each report is an item, in the order of the names.
 *
 * @throws AppError PASS_NOT_FOUND, PASS_DOWNLOAD, CERT_UNREADABLE, USAGE
 */
export async function* verifyPasses(request: VerifyRequest): AsyncGenerator<JobEvent<VerifyOutcome, PassReport>> {
  const { names, environment, fetch, stdin, content, jobs, signal } = request
  const [{ listSources }, { verifyAll }, trust] = await Promise.all([
    import('../verifying/batch/list-sources.js'),
    import('../verifying/batch/verify-all.js'),
    readTrust(request),
  ])
  const begun = performance.now()
  const now = request.at === undefined ? environment.now().getTime() : parseAt(request.at)
  const tally = new Tally()
  let [done, failed] = [0, 0]
  let only: PassReport | undefined
  yield { type: 'start', job: 'verify', kind: 'verify', unit: 'passes' }
  const sources = listSources(names, { cwd: environment.cwd, fetch, stdin, signal })
  const options = { workers: jobs ?? availableParallelism(), trust, now, content, signal }
  for await (const reports of verifyAll(sources, options)) {
    for (const report of reports) {
      tally.add(report)
      only = report
      if (report.bundle !== true) done++
      if (report.verdict !== 'valid') failed++
      yield { type: 'item', item: report }
    }
    yield { type: 'progress', done, failed }
  }
  const single = names.length === 1 && done === 1 && only?.file === names[0] && !/\.pkpasses$/i.test(only?.file ?? '')
  const state = signal?.aborted === true ? 'stopped' : 'done'
  yield { type: 'summary', state, summary: { ...tally.summary(performance.now() - begun), single } }
}

/** The certificates in files of `--trust`. @throws AppError CERT_NOT_FOUND, CERT_UNREADABLE */
export async function readTrust({
  trust,
  environment,
}: Pick<VerifyRequest, 'trust' | 'environment'>): Promise<Uint8Array[]> {
  if (trust.length === 0) return []
  const { readMaterial } = await import('../signing/certs/read-material.js')
  const found: Uint8Array[] = []
  for (const file of trust) {
    const bytes = await readFile(resolve(environment.cwd, file)).catch((cause: NodeJS.ErrnoException) => {
      throw new AppError('CERT_NOT_FOUND', `${file} cannot be read (${cause.code}).`, { cause })
    })
    const { certificates } = await readMaterial(bytes, { place: file })
    if (certificates.length === 0) throw new AppError('CERT_UNREADABLE', `${file} holds no certificate.`)
    found.push(...certificates.map(({ der }) => der))
  }
  return found
}

function parseAt(text: string): number {
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new AppError('USAGE', `--at "${text}" is not a date.`, {
    hints: ['Write it as 2026-12-31, or with a time and its zone.'],
  })
}

/** Reports as a SARIF log, with paths relative to the working directory. */
export async function verifySarif(
  reports: readonly PassReport[],
  { environment, version }: { readonly environment: Environment; readonly version: string },
): Promise<string> {
  const { VERIFY_RULE_GROUPS } = await import('../verifying/rules.js')
  const rules = VERIFY_RULE_GROUPS.flatMap((group) => group.rules)
  const inputs = reports.map(({ file, findings }) => ({ archive: fromHere(file, environment), findings }))
  return `${JSON.stringify(toSarif(inputs, { version, rules }), null, 2)}\n`
}

/** Paths as a code host wants them; addresses and `-` stay. */
function fromHere(file: string, { cwd }: Environment): string {
  if (file === '-' || /^https?:/i.test(file)) return file
  return relative(cwd, resolve(cwd, file)).split(sep).join('/')
}

/** @param ok - which reports leave the exit code at 0 */
export async function verifyJunit(
  reports: readonly PassReport[],
  { seconds, ok }: { readonly seconds: number; ok(report: PassReport): boolean },
): Promise<string> {
  const { toJunit } = await import('../verifying/output/junit.js')
  return toJunit(
    reports.map((report) => ({ report, ok: ok(report) })),
    { seconds },
  )
}

/** Writes a report; inside a launch never over what it lives on. */
export async function writeVerifyReport(
  out: string,
  text: string,
  { environment, openLaunch }: { readonly environment: Environment; openLaunch(): Promise<Launch> },
): Promise<string> {
  const { writeWholeFile } = await import('../jobs/whole-file.js')
  const path = resolve(environment.cwd, out)
  const launch = await openLaunch().catch((error: unknown) => {
    if (isAppError(error)) return undefined
    throw error
  })
  if (launch !== undefined) assertSafeOutputs(launch, [path])
  await writeWholeFile(path, Buffer.from(text))
  return path
}

/** Whether a pass leaves the exit code at 0: it is valid, and with `strict` there is advice at most. */
export function isAcceptable({ verdict, findings }: PassReport, strict: boolean): boolean {
  return verdict === 'valid' && (!strict || findings.every(({ severity }) => severity === 'advice'))
}
