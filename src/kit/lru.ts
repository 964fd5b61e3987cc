/** A table that forgets what was not asked for longest, once its contents weigh more than a limit. */
export class LruCache<Key, Value> {
  readonly #most: number
  readonly #weigh: (value: Value, key: Key) => number
  readonly #entries = new Map<Key, { readonly value: Value; readonly weight: number }>()
  #weight = 0

  /** @param most - of what `weigh` returns, all entries together; entries of weight 1 are counted. */
  constructor(most: number, weigh: (value: Value, key: Key) => number = () => 1) {
    this.#most = most
    this.#weigh = weigh
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    // A Map keeps the order of insertion, so the entry asked for last goes to the end.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** What weighs more than the limit alone is not kept. */
  set(key: Key, value: Value): void {
    this.#remove(key)
    const weight = this.#weigh(value, key)
    if (weight > this.#most) return
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#most) break
      this.#remove(oldest)
    }
  }

  get size(): number {
    return this.#entries.size
  }

  #remove(key: Key): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#weight -= entry.weight
  }
}
