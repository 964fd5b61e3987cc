import { relative, resolve } from 'node:path'
import type { Calibration } from '../../faces/calibration/calibration.js'
import type { JobEvent } from '../../kit/events.js'
import type { Environment } from '../environment.js'
import { describePhotos, type PhotoRun } from './describe-photos.js'

export interface CalibrateRequest extends Omit<PhotoRun, 'paths'> {
  /** File in LFW's format; all photos that it names are compared with each other. */
  readonly pairs?: string | undefined
  /** Folder with a folder of photos per person. */
  readonly images: string
  readonly environment: Environment
  readonly modelFolders: readonly [string, ...string[]]
  /** Where the calibration goes in place of the first of `modelFolders`. */
  readonly out?: string | undefined
  readonly dryRun: boolean
}

export interface CalibrateOutcome {
  /** Null when the run was stopped. */
  readonly calibration: Calibration | null
  /** FMR -> threshold, for a person to read. */
  readonly thresholds: readonly { readonly fmr: number; readonly threshold: number; readonly extrapolated: boolean }[]
  /** Photos without a face, which a calibration leaves out: it is about scores. */
  readonly failed: number
  readonly file: string
  readonly written: boolean
}

const TOLD = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6] as const

/** Measures what the scores of a model mean, and keeps it beside the model. @throws as `evaluateFaces` does */
export async function* calibrateFaces(request: CalibrateRequest): AsyncGenerator<JobEvent<CalibrateOutcome>> {
  const [{ labelsOf, assertMeasured }, { compareAll }, { peopleVectors }, { calibrate, thresholdFor }, store] =
    await Promise.all([
      import('./evaluate-plans.js'),
      import('../../faces/evaluate/metrics/all-pairs.js'),
      import('../../faces/evaluate/people.js'),
      import('../../faces/calibration/calibration.js'),
      import('../../faces/calibration/store.js'),
    ])
  const { environment, modelFolders, out, signal, dryRun } = request
  const { photos } = await labelsOf(request, environment.cwd)
  const vectors = request.vectors === undefined ? undefined : resolve(environment.cwd, request.vectors)
  const run = yield* describePhotos({ ...request, vectors, paths: photos.map(({ path }) => path) })
  const place = out === undefined ? store.calibrationFile(modelFolders[0], run.model) : resolve(environment.cwd, out)
  const outcome = { failed: run.failures.size, file: relative(environment.cwd, place) || place }
  const stopped = { ...outcome, calibration: null, thresholds: [], written: false }
  if (signal?.aborted === true) return yield { type: 'summary', state: 'stopped', summary: stopped }
  const found = photos.filter(({ path }) => run.described.has(path))
  const set = peopleVectors(found, run.described)
  const { genuine, impostor } = await compareAll(set, { tail: 0, signal })
  assertMeasured({ genuine: { pairs: genuine.total }, impostor: { pairs: impostor.total } })
  const facts = { model: run.model, people: set.people.length, photos: found.length }
  const calibration = calibrate({ ...facts, measured: environment.now().toISOString() }, genuine, impostor)
  const thresholds = TOLD.map((fmr) => {
    const { value, extrapolated } = thresholdFor(calibration, fmr)
    return { fmr, threshold: value, extrapolated }
  })
  if (!dryRun) await store.writeCalibration(place, calibration)
  yield { type: 'summary', state: 'done', summary: { ...outcome, calibration, thresholds, written: !dryRun } }
}
