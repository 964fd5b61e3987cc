import { isIPv6 } from 'node:net'

/** How many requests in a minute; 0 for as many as they like. */
export interface LimitSettings {
  readonly perAddress: number
  readonly perCard: number
  /** Requests of one address with a wrong token, for a card that does not exist, for a made-up link. */
  readonly failures: number
}

const MINUTE = 60_000
/** Addresses and cards that are counted in a minute. Beyond it counting begins anew, so that memory has an end. */
const MOST_KEYS = 200_000

/** Counts by key in windows of a minute. */
export class Counter {
  readonly #limit: number
  readonly #now: () => number
  #window = 0
  #counts = new Map<string | number, number>()

  constructor(limit: number, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Counts one. @returns seconds to wait when that was one too many, 0 otherwise. */
  count(key: string | number): number {
    if (this.#limit === 0) return 0
    const now = this.#turn()
    const counts = (this.#counts.get(key) ?? 0) + 1
    if (this.#counts.size >= MOST_KEYS && counts === 1) this.#counts.clear()
    this.#counts.set(key, counts)
    return counts > this.#limit ? this.#rest(now) : 0
  }

  /** @returns seconds to wait when the next one would be too many, 0 otherwise. */
  check(key: string | number): number {
    if (this.#limit === 0) return 0
    const now = this.#turn()
    return (this.#counts.get(key) ?? 0) >= this.#limit ? this.#rest(now) : 0
  }

  #turn(): number {
    const now = this.#now()
    const window = Math.floor(now / MINUTE)
    if (window !== this.#window) {
      this.#window = window
      this.#counts = new Map()
    }
    return now
  }

  #rest(now: number): number {
    return Math.ceil(((this.#window + 1) * MINUTE - now) / 1000)
  }
}

/** What counts as one address: a whole /64 of IPv6, since that is what one customer gets (RFC 6177). */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = ip.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  return [...groups, ...Array<string>(zeros).fill('0'), ...rest].slice(0, 4).join(':')
}
