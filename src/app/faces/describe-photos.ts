import type { Described, PhotoFailure } from '../../faces/evaluate/types.js'
import type { JobEvent } from '../../kit/events.js'
import { type EngineWishes, engineSetup } from './engine-setup.js'

export interface PhotoRun {
  readonly paths: readonly string[]
  readonly engine: EngineWishes
  readonly workers?: number | undefined
  /** Where vectors are kept between runs; absolute. */
  readonly vectors?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** In place of the engine; for tests. */
  readonly engineModule?: string | undefined
}

export interface DescribedPhotos {
  readonly model: string
  readonly described: ReadonlyMap<string, Described>
  readonly failures: ReadonlyMap<string, PhotoFailure>
  /** Photos whose vectors were those of an earlier run. */
  readonly kept: number
}

/** Cosine of an old and a new vector of one photo, below which what is kept is of another engine. */
const SAME = 0.9999

/** Describes the subjects of photos on all cores. Yields progress; returns what was found until it was stopped. */
export async function* describePhotos(
  { paths, engine, workers, vectors, signal, engineModule }: PhotoRun,
  unit = 'photos',
): AsyncGenerator<JobEvent<never>, DescribedPhotos> {
  const [{ openFacePool }, { describeAll, describeSubject, isDescribed }, { openVectorFile }, { dotOf }] =
    await Promise.all([
      import('../../faces/pool/face-pool.js'),
      import('../../faces/evaluate/describe-all.js'),
      import('../../faces/evaluate/vector-file.js'),
      import('../../faces/evaluate/products.js'),
    ])
  const pool = openFacePool({ engine: engineSetup(engine), workers, ...(engineModule && { engineModule }) })
  const describe = (path: string) => pool.detect(path, signal)
  try {
    const model = (await pool.model()).id
    const known =
      vectors === undefined ? undefined : await openVectorFile(vectors, JSON.stringify([model, engine.find ?? {}]))
    try {
      if (known?.sample !== undefined) {
        const [before, now] = [await known.get(known.sample), await describeSubject(known.sample, describe)]
        const same = before !== undefined && isDescribed(before) && isDescribed(now)
        if (same && dotOf(before.vector, now.vector) < SAME) known.forget()
      }
      yield { type: 'start', job: 'evaluate', kind: 'evaluate', unit, total: paths.length }
      const described = new Map<string, Described>()
      const failures = new Map<string, PhotoFailure>()
      let kept = 0
      for await (const { path, outcome, fresh } of describeAll(paths, { describe, width: pool.width, known, signal })) {
        if (isDescribed(outcome)) described.set(path, outcome)
        else failures.set(path, outcome)
        if (!fresh) kept++
        yield { type: 'progress', done: described.size + failures.size, total: paths.length, failed: failures.size }
      }
      return { model, described, failures, kept }
    } finally {
      await known?.close()
    }
  } finally {
    await pool.close()
  }
}
