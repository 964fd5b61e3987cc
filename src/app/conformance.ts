import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ConformanceRule } from '../delivery/conformance/rule.js'
import type {
  ConformanceCard,
  ConformanceRuleDoc,
  ConformanceSummary,
  RuleResult,
} from '../delivery/conformance/types.js'
import { AppError } from '../kit/errors/index.js'
import type { JobEvent } from '../kit/events.js'
import type { Environment } from './environment.js'
import { unknownRule } from './unknown-rule.js'
import { readTrust, writeVerifyReport } from './verify-passes.js'

export interface ConformanceRequest {
  /** webServiceURL; that of the first pass when undefined. */
  readonly url?: string | undefined
  /** Passes of cards that the service knows. */
  readonly passes: readonly string[]
  /** A card without a pass. */
  readonly serial?: string | undefined
  readonly passType?: string | undefined
  /** File with the card's token; `-` for stdin. */
  readonly tokenFile?: string | undefined
  /** Variable with the card's token. */
  readonly tokenEnv?: string | undefined
  /** Shell command that changes a card; `{serial}` and `{number}` are filled in. */
  readonly updateCommand?: string | undefined
  readonly trust: readonly string[]
  readonly only: readonly string[]
  /** Seconds for one request. */
  readonly timeout: number
  readonly version: string
  readonly environment: Environment
  readonly stdin: AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal | undefined
}

/**
 * Tries a Wallet web service; each rule's result is an item.
 *
 * @throws AppError CONFORMANCE_UNREACHABLE, CONFORMANCE_CARD, CONFORMANCE_UPDATE, PASS_UNREADABLE, RULE_UNKNOWN,
 * CERT_NOT_FOUND, CERT_UNREADABLE, SECRET_UNAVAILABLE, USAGE
 */
export async function* tryService(
  request: ConformanceRequest,
): AsyncGenerator<JobEvent<ConformanceSummary, RuleResult>> {
  const { only, environment, timeout, version, updateCommand: command, signal } = request
  await conformanceRules(only)
  const [{ runConformance }, trust] = await Promise.all([
    import('../delivery/conformance/run-conformance.js'),
    readTrust(request),
  ])
  const found = [...(await readPasses(request)), ...(await namedCard(request))]
  const cards = found.map(({ card }) => card)
  const url = request.url ?? found[0]?.url
  if (cards.length === 0)
    throw new AppError('USAGE', 'A card is needed that the web service knows.', {
      hints: ['Give --pass FILE, or --serial, --pass-type and one of --token-file and --token-env.'],
    })
  if (url === undefined)
    throw new AppError('USAGE', 'The address of the web service is needed; the pass has no webServiceURL.')
  if (new Set(cards.map(({ passType }) => passType)).size > 1)
    throw new AppError('CONFORMANCE_CARD', 'The cards are of different pass types.', {
      hints: ['Give cards of one pass type, and try each pass type by itself.'],
    })
  const update =
    command === undefined
      ? undefined
      : (await import('./conformance/update-command.js')).updateCommand(command, { cwd: environment.cwd })
  const options = { version, trust, only, timeout: timeout * 1000, update, signal }
  yield* runConformance({ url, cards }, options)
}

/** The rules of that name, or of groups of that name; all without. @throws AppError RULE_UNKNOWN */
export async function conformanceRules(only: readonly string[]): Promise<ConformanceRuleDoc[]> {
  const { CONFORMANCE_RULES, chooseRules, ruleDocs } = await import('../delivery/conformance/rules.js')
  for (const name of only) {
    const known = chooseRules([name])
    if (known.length === 0) throw unknownRule(name, namesOf(CONFORMANCE_RULES), 'tessera conformance --list')
  }
  return ruleDocs(chooseRules(only))
}

function namesOf(rules: readonly ConformanceRule[]): string[] {
  return [...new Set(rules.flatMap(({ id }) => [id, id.slice(0, id.indexOf('.'))]))]
}

/** Writes the results as JUnit XML; inside a launch never over what it lives on. */
export async function writeConformanceJunit(
  out: string,
  results: readonly RuleResult[],
  { seconds, ...where }: { readonly seconds: number } & Parameters<typeof writeVerifyReport>[2],
): Promise<string> {
  const { conformanceJunit } = await import('../delivery/conformance/junit.js')
  return writeVerifyReport(out, conformanceJunit(results, { seconds }), where)
}

interface FoundCard {
  readonly card: ConformanceCard
  readonly url?: string
}

async function readPasses({ passes, environment }: ConformanceRequest): Promise<FoundCard[]> {
  if (passes.length === 0) return []
  const [{ openPasses }, { readPassText }] = await Promise.all([
    import('./open-passes.js'),
    import('../cards/pass/read-pass-text.js'),
  ])
  const found: FoundCard[] = []
  for (const name of passes) {
    const opened = await openPasses(resolve(environment.cwd, name))
    for (const { source, files } of opened.passes) {
      const text = readPassText(files.get('pass.json') ?? new Uint8Array())
      if (!text.ok) throw new AppError('PASS_UNREADABLE', `The pass.json of ${source} cannot be read: ${text.reason}.`)
      found.push(cardOf(source, text.json))
    }
  }
  return found
}

function cardOf(source: string, json: Readonly<Record<string, unknown>>): FoundCard {
  const text = (key: string): string => {
    const value = json[key]
    if (typeof value === 'string' && value !== '') return value
    throw new AppError('CONFORMANCE_CARD', `${source} has no ${key}.`)
  }
  const url = json.webServiceURL
  return {
    card: {
      serial: text('serialNumber'),
      passType: text('passTypeIdentifier'),
      token: text('authenticationToken'),
    },
    ...(typeof url === 'string' ? { url } : {}),
  }
}

async function namedCard(request: ConformanceRequest): Promise<FoundCard[]> {
  const { serial, passType, tokenFile, tokenEnv, environment, stdin } = request
  const given = { serial, 'pass-type': passType, 'token-file or --token-env': tokenFile ?? tokenEnv }
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [`--${name}`] : []))
  if (missing.length === 3) return []
  if (serial === undefined || passType === undefined || missing.length > 0)
    throw new AppError('USAGE', `A card without a pass needs ${missing.join(' and ')} as well.`)
  return [{ card: { serial, passType, token: await readToken({ tokenFile, tokenEnv, environment, stdin }) } }]
}

async function readToken({
  tokenFile,
  tokenEnv,
  environment,
  stdin,
}: Pick<ConformanceRequest, 'tokenFile' | 'tokenEnv' | 'environment' | 'stdin'>): Promise<string> {
  const token =
    tokenFile === undefined
      ? environment.env[tokenEnv ?? '']
      : tokenFile === '-'
        ? await readAll(stdin)
        : await readFile(resolve(environment.cwd, tokenFile), 'utf8').catch(() => undefined)
  const line = token?.split(/\r?\n/, 1)[0]?.trim() ?? ''
  if (line !== '') return line
  const place = tokenFile === undefined ? `the variable ${tokenEnv}` : tokenFile === '-' ? 'stdin' : tokenFile
  throw new AppError('SECRET_UNAVAILABLE', `The token of the card cannot be had: ${place} gives nothing.`)
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
