import type { PassBundle } from '../../cards/view/types.js'
import { WorkerPool } from '../../jobs/worker-pool.js'
import { isAppError } from '../../kit/errors/index.js'

/** Draws the picture of a card's front. */
export interface CardPainter {
  /**
   * @param locale - BCP 47.
   * @returns a PNG, two pixels per point.
   * @throws AppError WORKER_FAILED when it took too long or the thread died twice.
   */
  draw(bundle: PassBundle, locale: string): Promise<Uint8Array>
  close(): Promise<void>
}

export interface DrawTask {
  readonly bundle: PassBundle
  readonly locale: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** Milliseconds; a front takes about a tenth of a second. */
const LIMIT = 20_000
/** Pictures are large; a nursery for signing would be collected all the time. */
const NURSERY_MB = 16

export interface PainterOptions {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The module of the thread; the one beside this when undefined. */
  readonly module?: URL
}

/**
 * Draws in a thread of its own, since a picture would keep all other requests waiting for about 100 ms. The thread is
 * started for the first picture.
 */
export function createCardPainter({ now, module = WORKER }: PainterOptions): CardPainter {
  let pool: WorkerPool<DrawTask, Uint8Array> | undefined
  let underWay = 0
  let closed = false
  const start = () =>
    new WorkerPool<DrawTask, Uint8Array>({ module, data: undefined, size: 1, nurseryMb: NURSERY_MB, taskLimit: LIMIT })
  return {
    async draw({ passJson, files }, locale) {
      if (closed) throw new Error('the painter is closed')
      pool ??= start()
      const used = pool
      underWay++
      try {
        return await used.run({ bundle: { passJson, files: onlyNeeded(files) }, locale, now: now() })
      } catch (error) {
        // A pool whose threads could not even start takes no more tasks; the next picture gets a new one.
        if (isAppError(error) && error.code === 'WORKER_FAILED' && underWay === 1 && pool === used) {
          pool = undefined
          void used.close()
        }
        throw error
      } finally {
        underWay--
      }
    },
    async close() {
      closed = true
      await pool?.close()
      pool = undefined
    },
  }
}

// The sources run as they are under the tests, where the module has its TypeScript name.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './draw-worker.ts' : './draw-worker.js', import.meta.url)

/** What goes to the thread is copied. A Buffer of Node's pool would bring the whole pool with it. */
function onlyNeeded(files: PassBundle['files']): ReadonlyMap<string, Uint8Array> {
  return new Map(
    [...files].map(([name, bytes]) => [
      name,
      bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes),
    ]),
  )
}
