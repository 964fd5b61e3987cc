import { relative, resolve } from 'node:path'
import type { ListedMeasure, PairsMeasure } from '../../faces/evaluate/measure-pairs.js'
import type { AttributesResult } from '../../faces/evaluate/metrics/attributes.js'
import type { ClusteringResult } from '../../faces/evaluate/metrics/clustering.js'
import type { IdentificationResult } from '../../faces/evaluate/metrics/identification.js'
import { AppError } from '../../kit/errors/index.js'
import type { JobEvent } from '../../kit/events.js'
import type { Environment } from '../environment.js'
import { assertSafeOutputs } from '../safe-outputs.js'
import { type DescribedPhotos, describePhotos, type PhotoRun } from './describe-photos.js'
import { type LaunchAround, launchIfAny, modelFolders } from './model-folders.js'
import { assertNotInputs } from './not-an-input.js'
import { withOwnModel } from './own-models.js'

/** What is measured; paths as they were typed. */
export type EvaluateTask =
  | { readonly kind: 'pairs'; readonly pairs?: string | undefined; readonly images: string; readonly all: boolean }
  | { readonly kind: 'identify'; readonly gallery: string; readonly probes: string }
  | { readonly kind: 'cluster'; readonly dir: string; readonly threshold?: number | undefined }
  | { readonly kind: 'attributes'; readonly dir: string }

export interface EvaluateRequest extends Omit<PhotoRun, 'paths'>, LaunchAround {
  readonly task: EvaluateTask
  readonly environment: Environment
  /** The user's folder for data that all launches share. */
  readonly dataDir: string
  /** CSV to write the scores of pairs to. */
  readonly scores?: string | undefined
  /** .svg or .png to draw the DET curve to. */
  readonly plot?: string | undefined
}

export interface PhotosCount {
  readonly total: number
  readonly described: number
  /** Taken from --vectors. */
  readonly kept: number
  readonly failed: number
  /** Relative to the working directory, sorted. */
  readonly failures: readonly { readonly file: string; readonly reason: string; readonly message: string }[]
}

export type Measured =
  | { readonly kind: 'pairs'; readonly listed: ListedMeasure | null; readonly all: PairsMeasure | null }
  | { readonly kind: 'identify'; readonly identification: readonly IdentificationResult[] }
  | { readonly kind: 'cluster'; readonly threshold: ClusterThreshold; readonly clustering: ClusteringResult }
  | { readonly kind: 'attributes'; readonly unlabelled: number; readonly attributes: AttributesResult }

export interface ClusterThreshold {
  readonly value: number
  /** `given`; the model's `calibration` at FMR 1e-4; or these very `photos` at FMR 1e-4, which flatters. */
  readonly from: 'given' | 'calibration' | 'photos'
}

/** @throws AppError USAGE when the name is that of another kind of file */
function assertPlotName(file: string): void {
  if (/\.(?:svg|png)$/i.test(file)) return
  throw new AppError('USAGE', `--plot ${file} is neither .svg nor .png.`, { hints: ['Give a name such as det.svg.'] })
}

/** The result; measured is null when the run was stopped before all photos were described. */
export interface Evaluation {
  readonly model: string
  readonly photos: PhotosCount
  readonly measured: Measured | null
}

export interface PlanRequest extends EvaluateRequest {
  readonly modelFolders: readonly string[]
}

/** A task whose labels were read: the photos it wants, and what it does with their vectors. */
export interface Plan {
  readonly paths: readonly string[]
  measure(photos: DescribedPhotos): Promise<Measured>
}

/**
 * Measures the face engine on labelled photos.
 *
 * @throws AppError FACES_PAIRS_UNREADABLE, FACES_FOLDER_UNREADABLE, FACES_TOO_FEW, OUTPUT_UNWRITABLE and what opening the
 * engine throws
 */
export async function* evaluateFaces(request: EvaluateRequest): AsyncGenerator<JobEvent<Evaluation>> {
  const { planOf } = await import('./evaluate-plans.js')
  const { cwd } = request.environment
  const here = (file: string | undefined): string | undefined => (file === undefined ? undefined : resolve(cwd, file))
  const [vectors, scores, plot] = [request.vectors, request.scores, request.plot].map(here)
  const launch = await launchIfAny(request)
  if (launch !== undefined) assertSafeOutputs(launch, [vectors, scores, plot])
  if (plot !== undefined) assertPlotName(plot)
  const folders = modelFolders(request.dataDir, launch)
  const plan = await planOf({ ...request, scores, plot, modelFolders: folders })
  const listed = request.task.kind === 'pairs' ? here(request.task.pairs) : undefined
  assertNotInputs([vectors, scores, plot], listed === undefined ? plan.paths : [listed, ...plan.paths])
  const photos = yield* describePhotos({
    ...request,
    engine: await withOwnModel(request.engine, request),
    vectors,
    paths: plan.paths,
  })
  const { model, described, failures, kept } = photos
  const count: PhotosCount = {
    total: plan.paths.length,
    described: described.size,
    kept,
    failed: failures.size,
    failures: [...failures]
      .map(([path, { reason, message }]) => ({ file: relative(cwd, path), reason, message }))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
  }
  const stopped = (): boolean => request.signal?.aborted === true
  const incomplete = { type: 'summary', state: 'stopped', summary: { model, photos: count, measured: null } } as const
  if (stopped()) return yield incomplete
  try {
    const measured = await plan.measure(photos)
    yield { type: 'summary', state: 'done', summary: { model, photos: count, measured } }
  } catch (error) {
    if (!stopped()) throw error
    yield incomplete
  }
}
