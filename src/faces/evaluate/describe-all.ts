import { type Describe, type Described, isFailure, type PhotoFailure, subjectOf } from './types.js'
import type { VectorFile } from './vector-file.js'

export interface Outcome {
  readonly path: string
  readonly outcome: Described | PhotoFailure
  /** False: it is that of an earlier run. */
  readonly fresh: boolean
}

export const isDescribed = (outcome: Described | PhotoFailure): outcome is Described => 'vector' in outcome

export interface DescribeAllOptions {
  readonly describe: Describe
  /** Photos under way at once. */
  readonly width: number
  /** Vectors of an earlier run. */
  readonly known?: VectorFile | undefined
  readonly signal?: AbortSignal | undefined
}

/** Describes the subject of every photo; each is yielded once it is done. Ends early when the signal is aborted. */
export async function* describeAll(
  paths: Iterable<string>,
  { describe, width, known, signal }: DescribeAllOptions,
): AsyncGenerator<Outcome> {
  const underway = new Map<string, Promise<Outcome>>()
  const one = async (path: string): Promise<Outcome> => {
    const before = await known?.get(path)
    if (before !== undefined) return { path, outcome: before, fresh: false }
    const outcome = await describeSubject(path, describe)
    await known?.put(path, outcome)
    return { path, outcome, fresh: true }
  }
  const settled = async (): Promise<Outcome> => {
    const done = await Promise.race(underway.values())
    underway.delete(done.path)
    return done
  }
  try {
    for (const path of paths) {
      if (signal?.aborted === true) return
      const work = one(path)
      // Awaited later; a failure before that must not count as unhandled.
      work.catch(() => undefined)
      underway.set(path, work)
      if (underway.size >= width) yield await settled()
    }
    while (underway.size > 0 && signal?.aborted !== true) yield await settled()
  } catch (error) {
    if (signal?.aborted !== true) throw error
  }
}

export async function describeSubject(path: string, describe: Describe): Promise<Described | PhotoFailure> {
  const answer = await describe(path)
  if (isFailure(answer)) return { reason: answer.reason, message: answer.message }
  const face = subjectOf(answer)
  if (face === undefined) return NO_FACE
  return { vector: face.vector, age: face.age.years, gender: face.gender.value }
}

export const NO_FACE: PhotoFailure = { reason: 'no-face', message: 'No face was found.' }
