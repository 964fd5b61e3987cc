import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { thresholdFor } from '../../faces/calibration/calibration.js'
import { readCalibration } from '../../faces/calibration/store.js'
import { clusterVectors } from '../../faces/evaluate/cluster.js'
import { measureAll, measureListed, photosOfPairs, scorePairs } from '../../faces/evaluate/measure-pairs.js'
import { compareAll } from '../../faces/evaluate/metrics/all-pairs.js'
import { measureAttributes } from '../../faces/evaluate/metrics/attributes.js'
import { compareClusters } from '../../faces/evaluate/metrics/clustering.js'
import { rateAt } from '../../faces/evaluate/metrics/error-rates.js'
import { identify } from '../../faces/evaluate/metrics/identification.js'
import { type PeopleVectors, peopleVectors } from '../../faces/evaluate/people.js'
import { placePairs, readPeople } from '../../faces/evaluate/read/folders.js'
import { type PairsFile, parsePairs } from '../../faces/evaluate/read/pairs.js'
import { readUtkface } from '../../faces/evaluate/read/utkface.js'
import { allScoreRows, writeScores } from '../../faces/evaluate/scores-file.js'
import type { LabelledPhoto } from '../../faces/evaluate/types.js'
import { AppError } from '../../kit/errors/index.js'
import type { DescribedPhotos } from './describe-photos.js'
import type { ClusterThreshold, EvaluateTask, Measured, Plan, PlanRequest } from './evaluate.js'
import { drawDet } from './plot-det.js'

type TaskOf<Kind> = Extract<EvaluateTask, { kind: Kind }>

/** Reads the labels of a task. */
export function planOf(request: PlanRequest): Promise<Plan> {
  const { task } = request
  if (task.kind === 'pairs') return pairsPlan(task, request)
  if (task.kind === 'identify') return identifyPlan(task, request)
  if (task.kind === 'cluster') return clusterPlan(task, request)
  return attributesPlan(task, request)
}

async function pairsPlan(task: TaskOf<'pairs'>, request: PlanRequest): Promise<Plan> {
  const { cwd } = request.environment
  const images = resolve(cwd, task.images)
  const { file, places, photos } = await labelsOf(task, cwd)
  const { signal } = request
  return {
    paths: photos.map(({ path }) => path),
    async measure(found) {
      const { described, model } = found
      const nameOf = (path: string): string => relative(images, path)
      const scored = file === undefined ? [] : scorePairs(file, places, described)
      const listed = file === undefined ? null : measureListed(file, scored)
      const all = file === undefined || task.all ? await measureAll(photos, described, { signal }) : null
      assertMeasured(listed ?? all)
      if (request.scores !== undefined) {
        const rows = scored.map((row) => ({
          ...row,
          fold: row.fold + 1,
          left: nameOf(row.left),
          right: nameOf(row.right),
        }))
        const every = allScoreRows(peopleVectors(photos, described), nameOf, signal)
        await writeScores(request.scores, file === undefined ? every : rows)
      }
      const measured = { kind: 'pairs', listed, all } as const
      if (request.plot !== undefined) await drawDet(request.plot, measured, model)
      return measured
    },
  }
}

export interface Labels {
  readonly file?: PairsFile
  readonly places: ReadonlyMap<string, string>
  readonly photos: readonly LabelledPhoto[]
}

/** The photos that a file of pairs names, or all of a folder of people. */
export async function labelsOf(
  { pairs, images }: { readonly pairs?: string | undefined; readonly images: string },
  cwd: string,
): Promise<Labels> {
  const dir = resolve(cwd, images)
  if (pairs === undefined) return { places: new Map(), photos: await readPeople(dir) }
  const text = await readFile(resolve(cwd, pairs), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('FACES_PAIRS_UNREADABLE', `${pairs} cannot be read (${cause.code}).`, { cause })
  })
  const file = parsePairs(text, pairs)
  const places = await placePairs(file, dir, pairs)
  return { file, places, photos: photosOfPairs(file, places) }
}

/** @throws AppError FACES_TOO_FEW */
export function assertMeasured(
  measure: { readonly genuine: { readonly pairs: number }; readonly impostor: { readonly pairs: number } } | null,
): void {
  const [genuine, impostor] = [measure?.genuine.pairs ?? 0, measure?.impostor.pairs ?? 0]
  if (genuine > 0 && impostor > 0) return
  const missing = genuine === 0 ? 'pairs of photos of one person' : 'pairs of photos of two people'
  throw new AppError('FACES_TOO_FEW', `There are no ${missing}.`)
}

async function identifyPlan(task: TaskOf<'identify'>, { environment, signal }: PlanRequest): Promise<Plan> {
  const galleryPhotos = await readPeople(resolve(environment.cwd, task.gallery))
  const probePhotos = await readPeople(resolve(environment.cwd, task.probes))
  return {
    paths: [...new Set([...galleryPhotos, ...probePhotos].map(({ path }) => path))],
    async measure({ described }) {
      const gallery = peopleVectors(galleryPhotos, described)
      const probes = peopleVectors(probePhotos, described, gallery.people)
      return { kind: 'identify', identification: await identify({ gallery, probes }, { signal }) }
    },
  }
}

async function clusterPlan(task: TaskOf<'cluster'>, request: PlanRequest): Promise<Plan> {
  const photos = await readPeople(resolve(request.environment.cwd, task.dir))
  return {
    paths: photos.map(({ path }) => path),
    async measure(found): Promise<Measured> {
      const set = peopleVectors(photos, found.described)
      const threshold = await clusterThreshold(task, { ...request, found, set })
      const clusters = await clusterVectors(set.vectors, threshold.value, request.signal)
      // A photo without a face is a cluster of its own.
      const failed = photos.filter(({ path }) => !found.described.has(path))
      const numbers = new Map(set.people.map((name, index) => [name, index]))
      const clustering = compareClusters(
        [...set.personOf, ...failed.map(({ person }) => numbers.get(person) ?? 0)],
        [...clusters, ...failed.map((_, index) => photos.length + index)],
      )
      return { kind: 'cluster', threshold, clustering }
    },
  }
}

/** FMR of a threshold that clusters are made with: pairs are many, so it must be rare that strangers reach it. */
const CLUSTER_FMR = 1e-4

async function clusterThreshold(
  { threshold }: TaskOf<'cluster'>,
  { modelFolders, signal, found, set }: PlanRequest & { readonly found: DescribedPhotos; readonly set: PeopleVectors },
): Promise<ClusterThreshold> {
  if (threshold !== undefined) return { value: threshold, from: 'given' }
  const known = await readCalibration(found.model, modelFolders)
  if (known !== undefined) return { value: thresholdFor(known.calibration, CLUSTER_FMR).value, from: 'calibration' }
  const { genuine, impostor } = await compareAll(set, { tail: CLUSTER_FMR, signal })
  assertMeasured({ genuine: { pairs: genuine.total }, impostor: { pairs: impostor.total } })
  return { value: rateAt(genuine, impostor, CLUSTER_FMR).threshold, from: 'photos' }
}

async function attributesPlan(task: TaskOf<'attributes'>, { environment }: PlanRequest): Promise<Plan> {
  const { photos, unlabelled } = await readUtkface(resolve(environment.cwd, task.dir))
  return {
    paths: photos.map(({ path }) => path),
    async measure({ described }) {
      const guesses = photos.map(({ path, labels }) => ({ label: labels, guess: described.get(path) }))
      return { kind: 'attributes', unlabelled: unlabelled.length, attributes: measureAttributes(guesses) }
    },
  }
}
