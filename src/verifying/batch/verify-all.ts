import { WorkerPool } from '../../jobs/worker-pool.js'
import { isAppError } from '../../kit/errors/index.js'
import type { PassReport } from '../types.js'
import { unreadableReport } from '../verify-pass.js'
import type { PassSource } from './pass-source.js'
import { type SourceOptions, verifySource } from './verify-source.js'
import type { VerifyTask } from './verify-task.js'

export interface VerifyAllOptions extends SourceOptions {
  /** Threads. */
  readonly workers: number
  readonly signal?: AbortSignal | undefined
  /** Milliseconds that a thread may spend on its passes before they are tried one by one, and then on one. */
  readonly limit?: number
  /** The module of the threads. */
  readonly module?: URL
}

/** Sources that a thread gets at a time. */
const BATCH = 16
/** Batches under way for each thread: one at work and one waiting. */
const AHEAD = 2
/** Starting threads costs half a second; below this they do not pay. */
const FEW = 12
/** A pass takes a few milliseconds; one made to take for ever must not hold up the others. */
const LIMIT = 30_000

/**
 * Verifies sources on all threads and yields the reports of each in the order of the sources. Memory does not grow with
 * their number. Ends early, without an error, when the signal is aborted.
 */
export async function* verifyAll(
  sources: AsyncIterable<PassSource>,
  { workers, signal, limit = LIMIT, module = WORKER, ...options }: VerifyAllOptions,
): AsyncGenerator<readonly PassReport[]> {
  const first: PassSource[] = []
  const rest = sources[Symbol.asyncIterator]()
  while (first.length <= FEW) {
    const next = await unlessAborted(rest.next(), signal)
    if (next === undefined) return
    if (next.done === true) break
    first.push(next.value)
  }
  if (first.length <= FEW || workers < 2) {
    for (const source of first) {
      if (signal?.aborted === true) return
      yield await verifySource(source, options)
    }
    if (first.length <= FEW) return
  }
  const pool = new WorkerPool<VerifyTask, PassReport[][]>({
    module,
    data: options,
    size: workers,
    taskLimit: limit,
    nurseryMb: 16,
  })
  const underway: Promise<PassReport[][]>[] = []
  const start = (batch: readonly PassSource[]): void => {
    const task = verifyBatch(pool, batch)
    // Awaited in order later; without this a failure before that would count as unhandled.
    task.catch(() => {})
    underway.push(task)
  }
  const oldest = async (): Promise<PassReport[][]> =>
    (await unlessAborted(underway.shift() ?? Promise.resolve([]), signal)) ?? []
  try {
    let batch = workers < 2 ? [] : first
    for (;;) {
      const next = await unlessAborted(rest.next(), signal)
      if (next === undefined) return
      const { value, done } = next
      if (done !== true) batch.push(value)
      if (batch.length >= BATCH || (done === true && batch.length > 0)) {
        start(batch)
        batch = []
      }
      if (done === true) break
      if (underway.length >= workers * AHEAD) yield* await oldest()
    }
    while (underway.length > 0 && signal?.aborted !== true) yield* await oldest()
  } finally {
    await pool.close()
  }
}

// The sources run as they are under the tests, where the module has its TypeScript name.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './verify-worker.ts' : './verify-worker.js', import.meta.url)

/** Undefined as soon as the signal is aborted, whatever becomes of the work. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return work
  const stop = new AbortController()
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true, signal: stop.signal })
  })
  try {
    return await Promise.race([work, aborted])
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  } finally {
    stop.abort()
  }
}

/** A batch on which two threads died is tried source by source, so that only the one at fault is reported. */
async function verifyBatch(
  pool: WorkerPool<VerifyTask, PassReport[][]>,
  sources: readonly PassSource[],
): Promise<PassReport[][]> {
  try {
    return await pool.run({ sources })
  } catch (error) {
    if (!isAppError(error) || error.code !== 'WORKER_FAILED') throw error
    const [only, ...others] = sources
    if (only === undefined) return []
    if (others.length === 0) return [[unreadableReport(only.file, `it could not be verified, since ${error.message}`)]]
    const reports: PassReport[][] = []
    for (const source of sources) reports.push(...(await verifyBatch(pool, [source])))
    return reports
  }
}
