import { availableParallelism } from 'node:os'
import { WorkerPool } from '../../jobs/worker-pool.js'
import { isAppError } from '../../kit/errors/index.js'
import type { EngineSetup } from '../engine/types.js'
import type { PhotoSource } from '../photo/types.js'
import type { PhotoOutcome } from './describe-source.js'
import type { EngineModel, FaceResult, FaceTask, FaceWorkerData } from './face-task.js'

export interface FacePoolOptions {
  readonly engine: EngineSetup
  /** Threads, each with an engine; as many as there are cores when undefined. */
  readonly workers?: number | undefined
  /** Milliseconds that a photo may take; ten minutes when undefined. */
  readonly limit?: number
  /** URL of a module that exports `openEngine`, in place of the engine; for tests. */
  readonly engineModule?: string
}

export interface FacePool {
  /** Photos that are worth having under way at once: more only wait. */
  readonly width: number
  /** @throws AppError when the engine cannot be opened. */
  model(): Promise<EngineModel>
  /**
   * Finds and describes the faces of a photo. Photos that cannot be looked at come back with the reason; two workers
   * that died on a photo are a reason too, `engine-died`.
   *
   * @throws AppError when the engine cannot be opened; the signal's reason when it is aborted first.
   */
  detect(source: PhotoSource, signal?: AbortSignal): Promise<PhotoOutcome>
  close(): Promise<void>
}

/**
 * Photos that a worker has at a time: it decodes the next ones while it looks for faces in one. Reading and decoding take
 * several turns of the worker's event loop, of which a photo under the networks leaves few; with two, workers would wait.
 */
const EACH = 3
const LIMIT = 600_000
/** onnxruntime ends the whole process when its thread is stopped in the middle of a run. */
const PATIENCE = 60_000

/** Describes photos on all cores. The caller bounds how many are under way, best to `width`. */
export function openFacePool({ engine, workers, limit = LIMIT, engineModule }: FacePoolOptions): FacePool {
  const size = workers ?? availableParallelism()
  const pool = new WorkerPool<FaceTask, FaceResult>({
    module: WORKER,
    data: { setup: engine, engineModule } satisfies FaceWorkerData,
    size,
    each: EACH,
    taskLimit: limit,
    patience: PATIENCE,
    nurseryMb: 16,
  })
  return {
    width: size * EACH,
    async model() {
      const answer = await pool.run({ about: 'model' })
      if (!('model' in answer)) throw new Error('a worker answered another question')
      return answer.model
    },
    async detect(photo, signal) {
      const answer = await unlessAborted(detectOne(pool, photo), signal)
      if (!('outcome' in answer)) throw new Error('a worker answered another question')
      return answer.outcome
    },
    close: () => pool.close(),
  }
}

// The sources run as they are under the tests, where the module has its TypeScript name.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './face-worker.ts' : './face-worker.js', import.meta.url)

async function detectOne(pool: WorkerPool<FaceTask, FaceResult>, photo: PhotoSource): Promise<FaceResult> {
  try {
    return await pool.run({ photo })
  } catch (error) {
    if (!isAppError(error) || error.code !== 'WORKER_FAILED') throw error
    // A pool whose workers cannot even start says the same of every photo; then it is not the photo's fault.
    await pool.run({ about: 'model' })
    return { outcome: { reason: 'engine-died', message: `The face engine failed on it twice: ${error.message}.` } }
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  const done = new AbortController()
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: done.signal })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    work.catch(() => undefined)
    done.abort()
  }
}
