import { resolve } from 'node:path'
import type { Calibration } from '../../faces/calibration/calibration.js'
import type { JobEvent } from '../../kit/events.js'
import type { Environment } from '../environment.js'
import { assertSafeOutputs } from '../safe-outputs.js'
import { describePhotos, type PhotoRun } from './describe-photos.js'
import { type LaunchAround, launchIfAny, modelFolders } from './model-folders.js'
import { assertNotInputs } from './not-an-input.js'
import { withOwnModel } from './own-models.js'

export interface CalibrateRequest extends Omit<PhotoRun, 'paths'>, LaunchAround {
  /** File in LFW's format; all photos that it names are compared with each other. */
  readonly pairs?: string | undefined
  /** Folder with a folder of photos per person. */
  readonly images: string
  readonly environment: Environment
  /** The user's folder for data that all launches share. */
  readonly dataDir: string
  /** Where the calibration goes in place of the launch, or the user's data folder. */
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
  const { environment, out, signal, dryRun } = request
  const launch = await launchIfAny(request)
  const outputs = [request.vectors, out].map((file) =>
    file === undefined ? undefined : resolve(environment.cwd, file),
  )
  if (launch !== undefined) assertSafeOutputs(launch, outputs)
  const [vectors, chosen] = outputs
  const { photos } = await labelsOf(request, environment.cwd)
  const listed = request.pairs === undefined ? [] : [resolve(environment.cwd, request.pairs)]
  assertNotInputs(outputs, [...listed, ...photos.map(({ path }) => path)])
  const run = yield* describePhotos({
    ...request,
    engine: await withOwnModel(request.engine, request),
    vectors,
    paths: photos.map(({ path }) => path),
  })
  const place = chosen ?? store.calibrationFile(modelFolders(request.dataDir, launch)[0], run.model)
  const outcome = { failed: run.failures.size, file: place }
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
