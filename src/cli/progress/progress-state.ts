import type { JobEvent } from '../../kit/events.js'

const WINDOW_MS = 10_000

/** What is known of a running job; fed with events, read by whatever shows it. Times in milliseconds. */
export class ProgressState {
  kind = 'job'
  unit = 'items'
  done = 0
  failed = 0
  total: number | undefined
  #share: number | undefined
  readonly #startedAt: number
  /** Recent (time, done) pairs, for a rate that follows the last ten seconds. */
  #samples: { readonly at: number; readonly done: number }[] = []

  constructor(now: number) {
    this.#startedAt = now
  }

  take(event: JobEvent<unknown>, now: number): void {
    if (event.type === 'start') {
      this.kind = event.kind
      this.unit = event.unit
      this.total = event.total
      this.done = event.resumedAt ?? 0
      this.#samples = [{ at: now, done: this.done }]
    } else if (event.type === 'progress') {
      this.done = event.done
      this.failed = event.failed
      this.total = event.total ?? this.total
      this.#share = event.share
      this.#samples.push({ at: now, done: event.done })
      while (this.#samples.length > 2 && now - (this.#samples[0]?.at ?? now) > WINDOW_MS) this.#samples.shift()
    }
  }

  /** Units a second over the last ten seconds; undefined before there is anything to measure. */
  rate(now: number): number | undefined {
    const first = this.#samples[0]
    if (first === undefined || this.done === first.done) return undefined
    return ((this.done - first.done) * 1000) / Math.max(now - first.at, 1)
  }

  /** 0…1; undefined when the size of the work is unknown. */
  share(): number | undefined {
    if (this.#share !== undefined) return clamp(this.#share)
    return this.total === undefined || this.total === 0 ? undefined : clamp(this.done / this.total)
  }

  /** Seconds left at the present rate. */
  secondsLeft(now: number): number | undefined {
    const rate = this.rate(now)
    if (rate === undefined || rate <= 0) return undefined
    if (this.total !== undefined) return Math.max(0, this.total - this.done) / rate
    const share = this.share()
    return share === undefined || share === 0 ? undefined : (this.done / share - this.done) / rate
  }

  secondsSoFar(now: number): number {
    return (now - this.#startedAt) / 1000
  }
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}
