import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative, resolve, sep } from 'node:path'
import { type CheckFolderOptions, checkDesignFolder } from '../cards/check/check-folder.js'
import { type FixedFile, fixDesignFolder } from '../cards/check/fix/fix-folder.js'
import { RULES } from '../cards/check/rules.js'
import { type Counts, countFindings, isInOrder, verdictOf } from '../cards/check/verdict.js'
import { DESIGN_SUFFIX } from '../cards/design/design.js'
import { listDesigns } from '../cards/design/load-design.js'
import { writeWholeFile } from '../jobs/whole-file.js'
import { AppError, isAppError } from '../kit/errors/index.js'
import type { Finding, RuleDoc } from '../kit/findings.js'
import { toSarif } from '../kit/sarif.js'
import type { Environment } from './environment.js'
import type { Launch } from './launch.js'
import { assertSafeOutputs } from './safe-outputs.js'
import { unknownRule } from './unknown-rule.js'

/** What was found in one design. */
export interface DesignReport {
  readonly design: string
  readonly dir: string
  /** False when the command ends with exit code 6 because of it. */
  readonly ok: boolean
  readonly verdict: string
  readonly counts: Counts
  readonly findings: readonly Finding[]
  /** With --fix: the files that were mended, or with --dry-run would be. */
  readonly fixed?: { readonly written: boolean; readonly files: readonly FixedFile[] }
}

export interface CheckRequest {
  /** Names of designs or paths of folders; all designs of the launch when empty. */
  readonly names: readonly string[]
  readonly environment: Environment
  /** Asked for when a design is named, or none is. */
  openLaunch(): Promise<Launch>
  readonly strict: boolean
  readonly fix: boolean
  readonly dryRun: boolean
}

/**
 * Checks designs and, when asked to, mends them.
 *
 * @throws AppError DESIGN_NOT_FOUND, DESIGN_UNREADABLE, LAUNCH_NOT_FOUND, CONFIG_INVALID, OUTPUT_UNWRITABLE
 */
export async function checkDesigns(request: CheckRequest): Promise<DesignReport[]> {
  const { names, environment, strict, fix, dryRun } = request
  const launch = await launchFor(request)
  const folders =
    names.length === 0
      ? await allDesigns(launch)
      : await Promise.all(names.map((name) => find(name, { launch, environment })))
  const own = launch === undefined ? await mkdtemp(join(tmpdir(), 'tessera-check-')) : undefined
  const options = {
    now: environment.now().getTime(),
    // Without a launch nobody knows the currency, so that it is missing is no finding.
    currency: launch?.config.currency ?? 'EUR',
    cacheDir: own ?? launch?.path('.tessera', 'cache') ?? '',
  }
  try {
    const reports: DesignReport[] = []
    for (const { name, dir } of folders) {
      const { findings, fixed } = await checkOne(dir, { ...options, name }, fix ? { dryRun } : undefined)
      const counts = countFindings(findings)
      reports.push({
        design: name,
        dir,
        ok: isInOrder(counts, { strict }),
        verdict: verdictOf(name, counts),
        counts,
        findings,
        ...(fixed === undefined ? {} : { fixed: { written: !dryRun, files: fixed } }),
      })
    }
    return reports
  } finally {
    if (own !== undefined) await rm(own, { recursive: true, force: true })
  }
}

async function checkOne(
  dir: string,
  options: CheckFolderOptions,
  fix: { readonly dryRun: boolean } | undefined,
): Promise<{ findings: readonly Finding[]; fixed?: readonly FixedFile[] }> {
  return fix === undefined ? checkDesignFolder(dir, options) : fixDesignFolder(dir, { ...options, ...fix })
}

/** The launch, or undefined when there is none and only folders are named. */
async function launchFor({ names, openLaunch }: CheckRequest): Promise<Launch | undefined> {
  try {
    return await openLaunch()
  } catch (error) {
    const foldersOnly = names.length > 0 && names.every(isPath)
    if (foldersOnly && isAppError(error) && error.code === 'LAUNCH_NOT_FOUND') return undefined
    throw error
  }
}

async function allDesigns(launch: Launch | undefined): Promise<{ name: string; dir: string }[]> {
  const designs = launch === undefined ? [] : await listDesigns(launch.path('designs'))
  if (designs.length > 0) return designs
  throw new AppError('DESIGN_NOT_FOUND', 'This launch has no designs yet.', {
    hints: ['Make one: tessera design new --kind bonus'],
  })
}

async function find(
  name: string,
  { launch, environment }: { launch: Launch | undefined; environment: Environment },
): Promise<{ name: string; dir: string }> {
  const path = resolve(environment.cwd, name)
  const inLaunch = launch?.path(isPath(name) ? name : join('designs', `${name}${DESIGN_SUFFIX}`))
  for (const dir of isPath(name) ? [path, inLaunch] : [inLaunch]) {
    const info = dir === undefined ? undefined : await stat(dir).catch(() => undefined)
    if (dir !== undefined && info?.isDirectory()) return { name: basename(dir, DESIGN_SUFFIX), dir }
  }
  throw new AppError('DESIGN_NOT_FOUND', `There is no design "${name}" (${isPath(name) ? path : inLaunch}).`)
}

function isPath(name: string): boolean {
  return /[\\/]|\.pkpasstemplate$|^\.{1,2}$/i.test(name)
}

/** The reports as one SARIF log, with paths relative to the working directory. */
export function sarifText(reports: readonly DesignReport[], { cwd }: Environment, version: string): string {
  const designs = reports.map(({ dir, findings }) => ({ dir: relative(cwd, dir).split(sep).join('/'), findings }))
  return `${JSON.stringify(toSarif(designs, { version, rules: RULES }), null, 2)}\n`
}

/** Writes a report where `--out` says. */
export async function writeReport(out: string, text: string, request: CheckRequest): Promise<string> {
  const path = resolve(request.environment.cwd, out)
  const launch = await launchFor(request)
  if (launch !== undefined) assertSafeOutputs(launch, [path])
  await writeWholeFile(path, Buffer.from(text))
  return path
}

/** All rules of the checker. */
export function listRules(): readonly RuleDoc[] {
  return RULES
}

/** One rule. Throws RULE_UNKNOWN. */
export function explainRule(id: string): RuleDoc {
  const rule = RULES.find((each) => each.id === id)
  if (rule !== undefined) return rule
  throw unknownRule(
    id,
    RULES.map((each) => each.id),
    'tessera design check --rules',
  )
}
