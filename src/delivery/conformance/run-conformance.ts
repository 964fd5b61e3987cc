import { AppError } from '../../kit/errors/index.js'
import type { JobEvent } from '../../kit/events.js'
import { Bench } from './bench.js'
import { Evidence } from './evidence.js'
import { type ConformanceRule, RuleBroken, RuleSkipped } from './rule.js'
import { chooseRules } from './rules.js'
import type { Run } from './run.js'
import { summaryOf } from './summary.js'
import type { ConformanceOptions, ConformanceSummary, ConformanceTarget, Outcome, RuleResult } from './types.js'
import { createWalletClient, NoAnswer } from './wallet-client.js'

const TIMEOUT = 10_000
const SETTLE = 3_000
/** Rules without an answer, one after the other, until it is asked whether the server still answers at all. */
const SILENT_RULES = 2

/**
 * Tries a Wallet web service, rule by rule; each result is an item. The server is asked one thing at a time, under
 * device ids that nobody else has, and what was registered is taken back, also when the run is stopped.
 *
 * @throws AppError CONFORMANCE_UNREACHABLE when the server does not answer, USAGE when the address is none; whatever
 * `options.update` throws
 */
export async function* runConformance(
  target: ConformanceTarget,
  options: ConformanceOptions,
): AsyncGenerator<JobEvent<ConformanceSummary, RuleResult>> {
  const { signal, only } = options
  const rules = chooseRules(only)
  const run = prepare(target, options)
  const begun = performance.now()
  const results: RuleResult[] = []
  const notes = await greet(run, target)
  yield { type: 'start', job: 'conformance', kind: 'conformance', unit: 'rules', total: rules.length }
  let silent = 0
  let stopped = false
  for (const rule of rules) {
    const result = await tryRule(rule, run)
    if (result === 'stopped' || signal?.aborted === true) {
      stopped = true
      break
    }
    silent = result.silent ? silent + 1 : 0
    if (silent >= SILENT_RULES) {
      await greet(run, target)
      silent = 0
    }
    results.push(result.told)
    yield { type: 'item', item: result.told }
    const failed = results.filter(({ outcome }) => outcome === 'failed').length
    yield { type: 'progress', done: results.length, total: rules.length, failed }
  }
  const { registrationsLeft: left, waited } = run.counts
  if (waited > 0) notes.push(`The service asked for patience (429): ${Math.round(waited / 1000)} s were waited.`)
  if (left > 0) notes.push(`${left} of the registrations that were tried could not be taken back.`)
  const summary = summaryOf(results, {
    url: target.url,
    cards: target.cards.length,
    requests: run.counts.requests,
    milliseconds: Math.round(performance.now() - begun),
    notes,
    stopped,
  })
  yield { type: 'summary', state: stopped ? 'stopped' : 'done', summary }
}

function prepare({ url, cards }: ConformanceTarget, options: ConformanceOptions): Run {
  const { version, timeout = TIMEOUT, settle = SETTLE, trust = [], signal, update } = options
  const base = serviceUrl(url)
  const userAgent = `passd/1.0 (compatible; Tessera conformance ${version})`
  const client = { url, userAgent, timeout, trust }
  return {
    client: createWalletClient({ ...client, signal }),
    cleaner: createWalletClient(client),
    signal,
    evidence: new Evidence(cards.map(({ token }) => token)),
    cards,
    trust,
    secure: base.protocol === 'https:',
    host: base.hostname.replace(/^\[|\]$/g, ''),
    settle,
    update: update === undefined ? undefined : (serial) => update(serial, signal),
    counts: { requests: 0, registrationsLeft: 0, updatedAt: 0, waited: 0 },
    serverErrors: [],
  }
}

/** @throws AppError USAGE */
export function serviceUrl(text: string): URL {
  const url = URL.parse(text)
  const problem =
    url === null || !/^https?:$/.test(url.protocol)
      ? 'is no http or https address'
      : url.username !== '' || url.password !== ''
        ? 'holds a password, which webServiceURL cannot'
        : url.search !== '' || url.hash !== ''
          ? 'holds a query or a fragment, which webServiceURL cannot'
          : undefined
  if (url !== null && problem === undefined) return url
  const shown = url === null ? text : `${url.origin}${url.pathname}`
  throw new AppError('USAGE', `The address ${shown} ${problem}.`, {
    hints: ['Give the webServiceURL of the passes: what comes before /v1.'],
  })
}

/**
 * Whether the server answers at all, whatever it says.
 *
 * @returns what should be known before its rules are read
 * @throws AppError CONFORMANCE_UNREACHABLE
 */
async function greet(run: Run, { url }: ConformanceTarget): Promise<string[]> {
  const bench = new Bench(run)
  let status = 0
  try {
    ;({ status } = await bench.pass(bench.card))
  } catch (error) {
    // Somebody is there; the rules tell what is wrong with the answer.
    if (error instanceof NoAnswer && error.begun) return []
    if (error instanceof RuleSkipped) throw unreachable(url, 'it answers 429, too many requests')
    if (error instanceof NoAnswer) throw unreachable(url, error.message)
    throw error
  }
  const notes: string[] = []
  if (/\/v1\/*$/.test(url)) notes.push('The address ends in /v1, which phones append themselves: /v1/v1 was asked.')
  if (status === 401 || status === 403 || status === 404) {
    notes.push(`The pass was answered ${status} with its own token: do the card and the address belong together?`)
  }
  return notes
}

function unreachable(url: string, reason: string): AppError {
  return new AppError('CONFORMANCE_UNREACHABLE', `${url} gives no answer: ${reason}.`)
}

interface Tried {
  readonly told: RuleResult
  /** True when the last request of the rule was not answered at all. */
  readonly silent: boolean
}

async function tryRule(rule: ConformanceRule, run: Run): Promise<Tried | 'stopped'> {
  const bench = new Bench(run)
  const tell = (outcome: Outcome, message: string, silent = false): Tried => ({
    told: {
      rule: rule.id,
      level: rule.level,
      title: rule.title,
      outcome,
      message,
      ...(outcome === 'failed' || outcome === 'warned' ? { phone: rule.phone } : {}),
      exchanges: bench.exchanges,
    },
    silent,
  })
  const broken = rule.level === 'must' ? 'failed' : 'warned'
  if (rule.cards === 2 && run.cards.length < 2) return tell('skipped', 'It needs two cards; give --pass twice.')
  if (rule.changes === true && run.update === undefined)
    return tell('skipped', 'It needs a change; give --update-command.')
  try {
    return tell('passed', (await rule.run(bench)) ?? `${rule.title}.`)
  } catch (error) {
    if (run.signal?.aborted === true) return 'stopped'
    if (error instanceof RuleSkipped) return tell('skipped', error.message)
    if (error instanceof RuleBroken) return tell(error.mild ? 'warned' : broken, error.message)
    if (error instanceof NoAnswer) return tell(broken, `No answer: ${error.message}.`, !error.begun)
    throw error
  } finally {
    await bench.cleanUp()
  }
}
