import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeWalletPasses, type WalletPasses } from './wallet-passes.js'

/** What the server does wrong; without any it does all of Apple's protocol, and what Android readers ask for. */
export type WalletBug =
  | 'all-tokens'
  | 'any-cards-token'
  | 'bad-body-500'
  | 'bad-body-200'
  | 'register-never-201'
  | 'register-repeated-409'
  | 'row-per-push-token'
  | 'one-device'
  | 'list-wants-token'
  | 'list-never-204'
  | 'list-as-text'
  | 'list-of-all-types'
  | 'only-latest'
  | 'unknown-device-400'
  | 'odd-tag-404'
  | 'number-tag'
  | 'second-tag'
  | 'tag-stays'
  | 'updates-lost'
  | 'unregister-keeps'
  | 'unregister-anyway'
  | 'unregister-204'
  | 'unregister-again-500'
  | 'pass-as-zip'
  | 'pass-for-all'
  | 'pass-any-serial'
  | 'new-token'
  | 'tampered'
  | 'no-last-modified'
  | 'numeric-if-modified-since'
  | 'always-304'
  | 'no-head'
  | 'no-log'
  | 'log-500'
  | 'no-attido'
  | 'apple-only'
  | 'any-scheme'
  | 'raw-ids'

interface Card {
  readonly serial: string
  readonly token: string
  balance: number
  tag: number
  /** Epoch milliseconds. */
  updated: number
  /** Epoch seconds; never the same twice. */
  modified: number
}

export interface WalletServer {
  readonly url: string
  readonly passes: WalletPasses
  readonly cards: readonly { readonly serial: string; readonly passType: string; readonly token: string }[]
  /** How many registrations there are. */
  registrations(): number
  /** Every request: method, path, User-Agent. */
  readonly requests: { readonly method: string; readonly path: string; readonly userAgent: string }[]
  update(serial: string): void
  /** The .pkpass of a card. */
  pass(serial: string): Buffer
  close(): Promise<void>
}

const TYPE = 'application/vnd.apple.pkpass'
const SCHEMES = ['ApplePass', 'AttidoPass', 'WalletUnionPass', 'WalletUnionHMSPass', 'AndroidPass']
let passes: WalletPasses | undefined

/** A Wallet web service in memory over real HTTP on loopback, with two cards. `POST /update/SERIAL` changes one. */
export async function startWalletServer(...bugs: readonly WalletBug[]): Promise<WalletServer> {
  passes ??= makeWalletPasses()
  const state = new State(new Set(bugs), passes)
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    state.answer(request, response, Buffer.concat(parts).toString('utf8'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: state.url,
    passes,
    cards: state.cards.map(({ serial, token }) => ({ serial, token, passType: state.passes.passType })),
    registrations: () => state.rows.length,
    requests: state.requests,
    update: (serial) => state.update(serial),
    pass: (serial) => state.sign(state.card(serial)!),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

class State {
  url = ''
  readonly requests: WalletServer['requests'] = []
  rows: { device: string; serial: string; pushToken: string }[] = []
  readonly cards: readonly Card[]
  readonly #bugs: ReadonlySet<WalletBug>
  readonly passes: WalletPasses
  #sequence = 41

  constructor(bugs: ReadonlySet<WalletBug>, made: WalletPasses) {
    this.#bugs = bugs
    this.passes = made
    const hourAgo = Date.now() - 3_600_000
    this.cards = ['A-1005', 'B 1006/ü'].map((serial, index) => ({
      serial,
      token: `token-of-card-${index}-1234567890`,
      balance: 0,
      tag: ++this.#sequence,
      updated: hourAgo + index * 60_000,
      modified: Math.floor(hourAgo / 1000) + index * 60,
    }))
  }

  card(serial: string): Card | undefined {
    return this.cards.find((card) => card.serial === serial)
  }

  sign(card: Card): Buffer {
    const token = this.#has('new-token') ? `${card.token}-new` : card.token
    const pass = this.passes.sign({ serial: card.serial, token, url: this.url, balance: card.balance })
    if (this.#has('tampered')) pass[pass.indexOf('an icon')] = 0x41
    return pass
  }

  update(serial: string): void {
    const card = this.card(serial)
    if (card === undefined) throw new Error(`there is no card ${serial}`)
    if (this.#has('updates-lost')) return
    card.balance++
    card.tag = ++this.#sequence
    card.updated = Date.now()
    card.modified = Math.max(Math.floor(Date.now() / 1000), card.modified + 1)
  }

  #has(bug: WalletBug): boolean {
    return this.#bugs.has(bug)
  }

  answer(request: IncomingMessage, response: ServerResponse, body: string): undefined {
    const { method = '', url = '', headers } = request
    this.requests.push({ method, path: url, userAgent: headers['user-agent'] ?? '' })
    const [path = '', query = ''] = url.split('?', 2)
    const end = (status: number, content: string | Buffer = '', own: Record<string, string> = {}): undefined => {
      response.writeHead(status, { 'Content-Length': Buffer.byteLength(content), ...own })
      response.end(method === 'HEAD' ? undefined : content)
    }
    let words: string[]
    try {
      words = path
        .split('/')
        .slice(1)
        .map(this.#has('raw-ids') ? String : decodeURIComponent)
    } catch {
      return end(400)
    }
    if (method === 'POST' && words[0] === 'update') return this.#updated(words[1] ?? '', end)
    if (words[0] !== 'v1') return end(404)
    if (words[1] === 'log') return this.#log(method, body, end)
    if (words[1] === 'passes') return this.#pass(method, words.slice(2), { headers, end })
    const attido = words[3] === 'registrations_attido' && !this.#has('no-attido')
    if (words[1] !== 'devices' || !(words[3] === 'registrations' || attido)) return end(404)
    const [device = '', type = '', serial] = [words[2], words[4], words[5]]
    if (serial === undefined) return this.#list(device, type, { query, headers, end })
    const card = type === this.passes.passType ? this.card(serial) : undefined
    if (card === undefined || !this.#allowed(card, headers.authorization)) {
      if (method === 'DELETE' && this.#has('unregister-anyway')) this.rows = []
      return end(401)
    }
    if (method === 'POST') return this.#register(device, card, { body, end })
    if (method === 'DELETE') return this.#unregister(device, card, end)
    end(405)
  }

  #updated(serial: string, end: End): undefined {
    if (this.card(serial) === undefined) return end(404)
    this.update(serial)
    end(200)
  }

  #allowed(card: Card, authorization = ''): boolean {
    if (this.#has('all-tokens')) return true
    const [scheme = '', token = ''] = authorization.split(' ', 2)
    const schemes = this.#has('apple-only') ? ['ApplePass'] : SCHEMES
    if (!schemes.includes(scheme) && !(this.#has('any-scheme') && scheme !== '')) return false
    return this.#has('any-cards-token') ? this.cards.some((one) => one.token === token) : token === card.token
  }

  #register(device: string, { serial }: Card, { body, end }: { body: string; end: End }): undefined {
    let pushToken: unknown
    try {
      ;({ pushToken } = JSON.parse(body))
    } catch {}
    if (typeof pushToken !== 'string' || pushToken === '') {
      if (this.#has('bad-body-500')) return end(500, 'TypeError: undefined is not an object')
      if (!this.#has('bad-body-200')) return end(400)
      pushToken = ''
    }
    const row = { device, serial, pushToken: pushToken as string }
    const same = (one: typeof row): boolean =>
      one.device === device &&
      one.serial === serial &&
      (!this.#has('row-per-push-token') || one.pushToken === pushToken)
    const isNew = !this.rows.some(same)
    if (this.#has('one-device')) this.rows = this.rows.filter((one) => one.serial !== serial)
    this.rows = [...this.rows.filter((one) => !same(one)), row]
    if (!isNew && this.#has('register-repeated-409')) return end(409)
    end(isNew && !this.#has('register-never-201') ? 201 : 200)
  }

  #unregister(device: string, { serial }: Card, end: End): undefined {
    const at = this.rows.findIndex((one) => one.device === device && one.serial === serial)
    if (at < 0 && this.#has('unregister-again-500')) return end(500)
    if (at >= 0 && !this.#has('unregister-keeps')) this.rows.splice(at, 1)
    end(this.#has('unregister-204') ? 204 : 200)
  }

  #list(device: string, type: string, { query, headers, end }: ListAsk): undefined {
    if (this.#has('list-wants-token') && headers.authorization === undefined) return end(401)
    const own = this.rows.filter((one) => one.device === device).map(({ serial }) => this.card(serial)!)
    if (own.length === 0 && this.#has('unknown-device-400')) return end(400)
    const mine = type === this.passes.passType || this.#has('list-of-all-types') ? own : []
    const since = new URLSearchParams(query).get('passesUpdatedSince')
    if (since !== null && !/^\d+$/.test(since) && this.#has('odd-tag-404')) return end(404)
    const tagOf = (card: Card): string =>
      this.#has('second-tag') ? new Date(card.updated - (card.updated % 1000)).toISOString() : String(card.tag)
    const later = (card: Card): boolean => {
      if (since === null) return true
      if (this.#has('second-tag')) return Number.isNaN(Date.parse(since)) || tagOf(card) > new Date(since).toISOString()
      return !(/^\d+$/.test(since) && card.tag <= Number(since))
    }
    const latest = Math.max(...mine.map(({ updated }) => updated))
    const found = mine.filter(later).filter(({ updated }) => !this.#has('only-latest') || updated === latest)
    if (found.length === 0 && !this.#has('list-never-204')) return end(204)
    const newest =
      found
        .map(tagOf)
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
        .at(-1) ??
      since ??
      ''
    const tag = this.#has('tag-stays') ? '7' : newest
    const json = {
      serialNumbers: found.map(({ serial }) => serial),
      lastUpdated: this.#has('number-tag') ? Number(tag) : tag,
    }
    end(200, JSON.stringify(json), { 'Content-Type': this.#has('list-as-text') ? 'text/plain' : 'application/json' })
  }

  #pass(method: string, [type = '', serial = '', ...more]: readonly string[], { headers, end }: PassAsk): undefined {
    if (method !== 'GET' && (method !== 'HEAD' || this.#has('no-head'))) return end(405)
    const known = more.length === 0 && type === this.passes.passType ? this.card(serial) : undefined
    const card = known ?? (this.#has('pass-any-serial') ? this.cards[0] : undefined)
    if (card === undefined) return end(401)
    if (!this.#has('pass-for-all') && !this.#allowed(card, headers.authorization)) return end(401)
    const since = headers['if-modified-since']
    // What is no number is NaN, which is later than nothing.
    const asked = this.#has('numeric-if-modified-since') ? Number(since || Number.NaN) * 1000 : httpDate(since)
    if ((asked >= card.modified * 1000 || this.#has('always-304')) && since !== undefined) return end(304)
    const date = { 'Last-Modified': new Date(card.modified * 1000).toUTCString() }
    const type_ = { 'Content-Type': this.#has('pass-as-zip') ? 'application/zip' : TYPE }
    end(200, this.sign(card), { ...type_, ...(this.#has('no-last-modified') ? {} : date) })
  }

  #log(method: string, body: string, end: End): undefined {
    if (method !== 'POST' || this.#has('no-log')) return end(404)
    try {
      const { logs } = JSON.parse(body)
      return end(Array.isArray(logs) ? 200 : 400)
    } catch {
      end(this.#has('log-500') ? 500 : 400)
    }
  }
}

function httpDate(text = ''): number {
  return / GMT$/.test(text) ? Date.parse(text) : Number.NaN
}

/** Returned by what answers, so that it answers once. */
type End = (status: number, content?: string | Buffer, headers?: Record<string, string>) => undefined

interface PassAsk {
  readonly headers: IncomingMessage['headers']
  readonly end: End
}

interface ListAsk extends PassAsk {
  readonly query: string
}
