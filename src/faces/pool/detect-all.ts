import type { PhotoSource } from '../photo/types.js'
import type { PhotoOutcome } from './describe-source.js'
import type { FacePool } from './face-pool.js'

/**
 * Describes photos on all workers of a pool and yields the outcomes in the order of the photos. Memory does not grow with
 * their number. Ends early, without an error, when the signal is aborted.
 *
 * @param sourceOf - where the photo of an item is
 */
export async function* detectAll<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  { pool, sourceOf, signal }: { pool: FacePool; sourceOf(item: Item): PhotoSource; signal?: AbortSignal | undefined },
): AsyncGenerator<{ readonly item: Item; readonly outcome: PhotoOutcome }> {
  const underway: Promise<{ item: Item; outcome: PhotoOutcome }>[] = []
  // One large photo must not leave the other workers idle: some outcomes may wait for it.
  const most = pool.width * 4
  try {
    for await (const item of items) {
      const outcome = pool.detect(sourceOf(item), signal).then((found) => ({ item, outcome: found }))
      // Awaited in order later; without this a failure before that would count as unhandled.
      outcome.catch(() => undefined)
      underway.push(outcome)
      if (signal?.aborted === true) return
      const oldest = underway.length >= most ? underway.shift() : undefined
      if (oldest !== undefined) yield await oldest
    }
    for (const each of underway) yield await each
  } catch (error) {
    if (signal?.aborted !== true) throw error
  }
}
