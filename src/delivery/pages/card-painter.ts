import type { PassBundle } from '../../cards/view/types.js'
import { WorkerPool } from '../../jobs/worker-pool.js'

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

/**
 * Draws in a thread of its own, since a picture would keep all other requests waiting for about 100 ms. The thread is
 * started for the first picture.
 */
export function createCardPainter({ now }: { readonly now: () => number }): CardPainter {
  let pool: WorkerPool<DrawTask, Uint8Array> | undefined
  let closed = false
  return {
    async draw({ passJson, files }, locale) {
      if (closed) throw new Error('the painter is closed')
      pool ??= start()
      const bundle = { passJson, files: onlyNeeded(files) }
      return pool.run({ bundle, locale, now: now() })
    },
    async close() {
      closed = true
      await pool?.close()
      pool = undefined
    },
  }
}

function start(): WorkerPool<DrawTask, Uint8Array> {
  // The sources run as they are under the tests, where the module has its TypeScript name.
  const module = new URL(import.meta.url.endsWith('.ts') ? './draw-worker.ts' : './draw-worker.js', import.meta.url)
  return new WorkerPool({ module, data: undefined, size: 1, nurseryMb: NURSERY_MB, taskLimit: LIMIT })
}

/** What goes to the thread is copied. A Buffer of Node's pool would bring the whole pool with it. */
function onlyNeeded(files: PassBundle['files']): ReadonlyMap<string, Uint8Array> {
  return new Map(
    [...files].map(([name, bytes]) => [
      name,
      bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes),
    ]),
  )
}
