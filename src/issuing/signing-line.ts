import type { CardArchive } from './card-archive.js'
import type { Recorded } from './record-batch.js'
import type { SignResult, SignTarget, SignTask } from './sign-task.js'
import type { SignerPool } from './signers.js'

/** Cards that a worker signs at a time: few, so that what it lays out (about 1 MB) stays in the processor's cache. */
const TASK_CARDS = 64

interface Underway<Mark> {
  readonly signed: Promise<readonly SignResult[]>
  readonly mark: Mark
}

/**
 * The signing half of a run: recorded batches go in, each with a mark of how far the run is with it, and settle in the
 * same order, when their cards are written. Batches without anything to sign go through for their marks.
 */
export class SigningLine<Mark> {
  readonly #pool: SignerPool | undefined
  readonly #target: SignTarget | undefined
  readonly #archive: CardArchive | undefined
  readonly #since: number
  readonly #now: () => number
  readonly #underway: Underway<Mark>[] = []
  /** Memory of written cards, for the next ones: fresh pages for each batch would cost more than the copying. */
  readonly #rooms: SharedArrayBuffer[] = []

  constructor(parts: {
    /** Undefined when the run only records. */
    pool: SignerPool | undefined
    target: SignTarget | undefined
    archive: CardArchive | undefined
    /** Since when cards are signed as they are now, epoch milliseconds: files from before are written again. */
    since: number
    now: () => number
  }) {
    this.#pool = parts.pool
    this.#target = parts.target
    this.#archive = parts.archive
    this.#since = parts.since
    this.#now = parts.now
  }

  /** Batches that have not settled yet. */
  get length(): number {
    return this.#underway.length
  }

  push(recorded: readonly Recorded[], mark: Mark): void {
    const tasks: Promise<SignResult>[] = []
    for (let at = 0; at < recorded.length; at += TASK_CARDS) {
      const task = this.#taskOf(recorded.slice(at, at + TASK_CARDS))
      if (task && this.#pool) tasks.push(this.#pool.run(task))
    }
    const signed = Promise.all(tasks)
    // Awaited in order later; without this a failure before that would count as unhandled.
    signed.catch(() => {})
    this.#underway.push({ signed, mark })
  }

  /** Waits for the oldest batch. @returns its mark; undefined when none is under way. */
  async settleNext(): Promise<Mark | undefined> {
    const next = this.#underway.shift()
    if (!next) return undefined
    for (const result of await next.signed) {
      if (result.kind !== 'archive') continue
      this.#archive?.append(result)
      this.#rooms.push(result.bytes.buffer as SharedArrayBuffer)
    }
    return next.mark
  }

  #taskOf(recorded: readonly Recorded[]): SignTask | undefined {
    const cards = recorded.flatMap(({ card }) => card ?? [])
    if (this.#target === undefined || cards.length === 0) return undefined
    return { cards, now: this.#now(), target: this.#targetOf(this.#target, recorded) }
  }

  #targetOf(target: SignTarget, recorded: readonly Recorded[]): SignTarget {
    if (target.kind === 'folder') {
      const keep = new Map<string, number>()
      for (const { draft, changedAt } of recorded) {
        if (changedAt !== undefined) keep.set(draft.serial, Math.max(changedAt, this.#since))
      }
      return keep.size > 0 ? { ...target, keep } : target
    }
    const room = this.#rooms.pop()
    return room === undefined ? target : { ...target, room }
  }
}
