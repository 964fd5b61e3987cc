import { randomBytes } from 'node:crypto'
import { Asker } from './asker.js'
import { readList, type UpdateList } from './read-list.js'
import { RuleBroken, RuleSkipped } from './rule.js'
import type { Run } from './run.js'
import type { ConformanceCard, Exchange } from './types.js'
import type { WalletReply, WalletRequest } from './wallet-client.js'

/** Clocks with whole seconds must have moved on before the next change. */
const A_SECOND = 1_100
/** Between two questions whether a change is there. */
export const POLL = 200

/** How a request shows that it may: `ApplePass` and the card's token unless told otherwise; null sends nothing. */
export type Authorization = { readonly scheme?: string; readonly token?: string } | null

export interface RegisterOptions {
  readonly auth?: Authorization
  readonly pushToken?: string
  /** Instead of `{"pushToken": …}`. */
  readonly body?: string
  /** `registrations_attido` for the path of PassWallet. */
  readonly kind?: string
}

/** Hex digits as phones use them for device ids (32) and push tokens (64); nobody else has these. */
export const deviceId = (): string => randomBytes(16).toString('hex')
export const pushToken = (): string => randomBytes(32).toString('hex')

/** What one rule works with: requests of the protocol, their evidence, and what is to be cleaned up after it. */
export class Bench {
  readonly #run: Run
  readonly #asker: Asker
  readonly #registrations = new Map<string, { readonly card: ConformanceCard; readonly path: string }>()

  constructor(run: Run) {
    this.#run = run
    this.#asker = new Asker(run)
  }

  /** The last ones. */
  get exchanges(): Exchange[] {
    return this.#asker.exchanges
  }

  get run(): Run {
    return this.#run
  }

  get card(): ConformanceCard {
    const [card] = this.#run.cards
    if (card === undefined) throw new Error('a run has a card')
    return card
  }

  /** Only in rules that need two cards. */
  get other(): ConformanceCard {
    const [, other] = this.#run.cards
    if (other === undefined) throw new RuleSkipped('It needs two cards; give --pass twice.')
    return other
  }

  /** @throws RuleSkipped when the service goes on asking for patience; NoAnswer */
  send(request: WalletRequest): Promise<WalletReply> {
    return this.#asker.send(request)
  }

  sleep(milliseconds: number): Promise<void> {
    return this.#asker.sleep(milliseconds)
  }

  async register(card: ConformanceCard, device: string, options: RegisterOptions = {}): Promise<WalletReply> {
    const { kind = 'registrations', body = JSON.stringify({ pushToken: options.pushToken ?? pushToken() }) } = options
    const path = registrationPath(card, device, kind)
    const headers = { 'Content-Type': 'application/json', ...authorization(card, options.auth) }
    // Noted before: where the answer does not come, the registration may be there all the same.
    this.#registrations.set(path, { card, path })
    const reply = await this.send({ method: 'POST', path, headers, body })
    if (reply.status >= 400 && reply.status < 500) this.#registrations.delete(path)
    return reply
  }

  /** A device of its own that has the card. @throws RuleSkipped when that cannot be had */
  async registered(...cards: readonly ConformanceCard[]): Promise<string> {
    const device = deviceId()
    for (const card of cards) {
      const { status } = await this.register(card, device)
      if (status < 200 || status > 299)
        throw new RuleSkipped(`It needs a registration, which was answered ${status}; see register.created.`)
    }
    return device
  }

  async unregister(
    card: ConformanceCard,
    device: string,
    { auth, kind = 'registrations' }: { readonly auth?: Authorization; readonly kind?: string } = {},
  ): Promise<WalletReply> {
    const path = registrationPath(card, device, kind)
    const reply = await this.send({ method: 'DELETE', path, headers: authorization(card, auth) })
    if (reply.status < 300) this.#registrations.delete(path)
    return reply
  }

  /** @param tag - sent as `passesUpdatedSince`, encoded */
  list(device: string, tag?: string): Promise<WalletReply> {
    return this.listRaw(device, tag === undefined ? '' : `?passesUpdatedSince=${encodeURIComponent(tag)}`)
  }

  /** The list with a query of any kind, and device and pass type as they stand in the path. */
  listRaw(device: string, query: string, passType = encodeURIComponent(this.card.passType)): Promise<WalletReply> {
    return this.send({ method: 'GET', path: `/v1/devices/${device}/registrations/${passType}${query}` })
  }

  /** The list of a device that has cards. @throws RuleSkipped when there is none, which other rules tell */
  async listed(device: string, tag?: string): Promise<UpdateList> {
    const reply = await this.list(device, tag)
    const list = reply.status === 200 ? readList(reply.body) : undefined
    if (list?.tag === undefined)
      throw new RuleSkipped(`It needs a list with a tag, which was answered ${reply.status}; see list.registered.`)
    return list
  }

  /** What a device is told, which may be nothing (204). @throws RuleSkipped when there is no such list */
  async serialsOf(device: string): Promise<readonly string[]> {
    const reply = await this.list(device)
    if (reply.status === 204) return []
    const list = reply.status === 200 ? readList(reply.body) : undefined
    if (list === undefined)
      throw new RuleSkipped(`It needs a list, which was answered ${reply.status}; see list.registered.`)
    return list.serials
  }

  pass(
    card: ConformanceCard,
    { auth, method = 'GET', since, path = passPath(card) }: PassOptions = {},
  ): Promise<WalletReply> {
    const conditional = since === undefined ? {} : { 'If-Modified-Since': since }
    return this.send({ method, path, headers: { ...authorization(card, auth), ...conditional } })
  }

  log(body: string): Promise<WalletReply> {
    return this.send({ method: 'POST', path: '/v1/log', headers: { 'Content-Type': 'application/json' }, body })
  }

  /** Waits until a clock with whole seconds has moved on since the last change. */
  async aSecondLater(): Promise<void> {
    await this.sleep(this.#run.counts.updatedAt + A_SECOND - Date.now())
  }

  /** Changes the card, a second after the last change or, with `together`, at once. */
  async update(card: ConformanceCard, { together = false } = {}): Promise<void> {
    const { update, counts } = this.#run
    if (update === undefined) throw new RuleSkipped('It needs a change; give --update-command.')
    if (!together) await this.aSecondLater()
    await update(card.serial)
    counts.updatedAt = Date.now()
  }

  /** Asks until the list holds all of the cards or the time that a change may take is over. */
  async listUntil(device: string, tag: string, cards: readonly ConformanceCard[]): Promise<UpdateList> {
    const until = Date.now() + this.#run.settle
    for (;;) {
      const reply = await this.list(device, tag)
      if (reply.status !== 200 && reply.status !== 204)
        throw new RuleBroken(`The list since the last tag was answered ${reply.status}.`)
      const list = reply.status === 200 ? readList(reply.body) : undefined
      if (list !== undefined && cards.every(({ serial }) => list.serials.includes(serial))) return list
      if (Date.now() >= until) return list ?? { serials: [], tag: undefined, tagType: 'undefined' }
      await this.sleep(POLL)
    }
  }

  /** Takes back every registration that may be there. */
  async cleanUp(): Promise<void> {
    let answers = true
    for (const { card, path } of this.#registrations.values()) {
      const request = { method: 'DELETE', path, headers: authorization(card) }
      const reply: WalletReply | undefined = answers ? await this.#asker.sendAfter(request) : undefined
      answers = reply !== undefined
      // 404: never there, as after a registration that was refused.
      if (reply === undefined || (reply.status >= 300 && reply.status !== 404)) this.#run.counts.registrationsLeft++
    }
    this.#registrations.clear()
  }
}

export interface PassOptions {
  readonly auth?: Authorization
  readonly method?: 'GET' | 'HEAD'
  /** Sent as If-Modified-Since. */
  readonly since?: string
  readonly path?: string
}

export function passPath({ passType, serial }: ConformanceCard): string {
  return `/v1/passes/${encodeURIComponent(passType)}/${encodeURIComponent(serial)}`
}

function registrationPath({ passType, serial }: ConformanceCard, device: string, kind: string): string {
  return `/v1/devices/${device}/${kind}/${encodeURIComponent(passType)}/${encodeURIComponent(serial)}`
}

function authorization(card: ConformanceCard, auth: Authorization = {}): Record<string, string> {
  return auth === null ? {} : { Authorization: `${auth.scheme ?? 'ApplePass'} ${auth.token ?? card.token}` }
}
