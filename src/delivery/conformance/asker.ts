import { setTimeout as sleep } from 'node:timers/promises'
import { RuleSkipped } from './rule.js'
import type { Run } from './run.js'
import type { Exchange } from './types.js'
import { NoAnswer, type WalletReply, type WalletRequest } from './wallet-client.js'

/** Of one rule that are told. */
const MOST_EXCHANGES = 8
/** Longest wait that a 429 may ask for (services count by the minute), and how often it is waited. */
const LONGEST_WAIT = 65_000
const WAITS = 2

/** Sends the requests of one rule, keeps their evidence, and has patience where the service asks for it. */
export class Asker {
  readonly exchanges: Exchange[] = []
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
  }

  /** @throws RuleSkipped when the service asks for more patience than there is; NoAnswer */
  async send(request: WalletRequest): Promise<WalletReply> {
    for (let waits = 0; ; waits++) {
      const reply = await this.#once(request)
      const wait = reply.status === 429 ? this.#waitOf(reply) : 0
      if (reply.status !== 429) return reply
      if (waits >= WAITS || wait === undefined)
        throw new RuleSkipped('The server limits how often it is asked (429); run this rule again with --only.')
      await this.sleep(wait)
    }
  }

  /** A request after the rule, which is no evidence, and is sent when the run was stopped as well. */
  async sendAfter(request: WalletRequest): Promise<WalletReply | undefined> {
    const { cleaner, counts, signal } = this.#run
    for (let waits = 0; ; waits++) {
      counts.requests++
      const reply = await cleaner(request).catch(() => undefined)
      const wait = reply?.status === 429 && waits < WAITS ? this.#waitOf(reply) : undefined
      if (wait === undefined || signal?.aborted === true) return reply
      await sleep(wait)
    }
  }

  /** @throws the reason of the signal when the run is stopped */
  async sleep(milliseconds: number): Promise<void> {
    const { signal } = this.#run
    if (milliseconds > 0) await sleep(milliseconds, undefined, signal === undefined ? {} : { signal })
  }

  /** Milliseconds; undefined when it is too long. */
  #waitOf({ headers }: WalletReply): number | undefined {
    const wait = Number(headers['retry-after'] ?? 1) * 1000
    if (!(wait >= 0 && wait <= LONGEST_WAIT)) return undefined
    this.#run.counts.waited += wait
    return wait
  }

  async #once(request: WalletRequest): Promise<WalletReply> {
    const { client, evidence, counts, serverErrors } = this.#run
    counts.requests++
    const shown = evidence.request(request)
    try {
      const reply = await client(request)
      const exchange = { request: shown, answer: evidence.answer(reply) }
      this.#note(exchange)
      if (reply.status >= 500) serverErrors.push(exchange)
      return reply
    } catch (error) {
      if (error instanceof NoAnswer) this.#note({ request: shown, answer: evidence.none(error) })
      throw error
    }
  }

  #note(exchange: Exchange): void {
    const last = this.exchanges.at(-1)
    if (last?.request === exchange.request && last.answer === exchange.answer) return
    this.exchanges.push(exchange)
    if (this.exchanges.length > MOST_EXCHANGES) this.exchanges.shift()
  }
}
