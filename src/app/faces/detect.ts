import { availableParallelism } from 'node:os'
import type { EngineSetup } from '../../faces/engine/types.js'
import type { JobEvent } from '../../kit/events.js'
import type { Environment } from '../environment.js'
import { assertSafeOutputs } from '../safe-outputs.js'
import { type DetectItem, type DetectSummary, toDetected } from './detected.js'
import { drawnPlaces } from './drawn-places.js'
import { type EngineWishes, engineSetup } from './engine-setup.js'
import { launchIfAny } from './model-folders.js'
import { type ModelPlaces, withOwnModel } from './own-models.js'

export interface DetectRequest extends ModelPlaces {
  /** Photos, and folders of them. */
  readonly names: readonly string[]
  readonly environment: Environment
  /** What the flags say of the engine. */
  readonly engine: EngineWishes
  /** Threads; as many as there are cores when undefined. */
  readonly workers?: number | undefined
  /** Whether to hand out the vectors. */
  readonly vectors: boolean
  /** File for one photo, or folder for several, to draw the faces into. */
  readonly draw?: string | undefined
  /** Stops the run; what was found until then is told. */
  readonly signal?: AbortSignal | undefined
  /** In place of the engine; for tests. */
  readonly engineModule?: string
}

/**
 * Finds and describes the faces of photos; each photo is an item, in the order of the names, with its faces or with why
 * it could not be read. A limit of faces that was reached is a warning.
 *
 * @throws AppError PHOTO_NOT_FOUND, OUTPUT_UNWRITABLE, USAGE, and what opening the engine throws
 */
export async function* detectFaces(request: DetectRequest): AsyncGenerator<JobEvent<DetectSummary, DetectItem>> {
  const { names, environment, vectors, draw, signal } = request
  const [{ listPhotos }, { openFacePool }, { detectAll }, { isProblem }] = await Promise.all([
    import('../../faces/photo/list-photos.js'),
    import('../../faces/pool/face-pool.js'),
    import('../../faces/pool/detect-all.js'),
    import('../../faces/pool/describe-source.js'),
  ])
  const begun = performance.now()
  const unread: DetectItem[] = []
  const photos = await listPhotos(names, {
    cwd: environment.cwd,
    unreadable: (file, reason) =>
      unread.push({ file, reason: 'unreadable', message: `The folder cannot be opened (${reason}).` }),
  })
  const places = draw === undefined ? [] : drawnPlaces(photos, draw, environment.cwd)
  if (draw !== undefined || request.launchNamed)
    await assertNotInLaunch(
      request,
      places.map(({ path }) => path),
    )
  const engine = engineSetup(await withOwnModel(request.engine, request))
  const workers = Math.max(1, Math.min(request.workers ?? availableParallelism(), photos.length))
  const counts = { photos: 0, faces: 0, withoutFaces: 0, problems: 0 }
  let model: string | null = null
  const total = photos.length
  yield { type: 'start', job: 'detect', kind: 'detect', unit: 'photos', total }
  for (const item of unread) {
    counts.problems++
    yield { type: 'item', item }
  }
  const pool = openFacePool({ engine, workers, ...(request.engineModule && { engineModule: request.engineModule }) })
  try {
    const items = photos.map((photo, index) => ({ ...photo, place: places[index] }))
    for await (const { item, outcome } of detectAll(items, { pool, sourceOf: ({ path }) => path, signal })) {
      const { file } = item
      counts.photos++
      if (isProblem(outcome)) {
        counts.problems++
        yield { type: 'item', item: { file, ...outcome } }
      } else {
        counts.faces += outcome.faces.length
        if (outcome.faces.length === 0) counts.withoutFaces++
        model = outcome.model
        yield { type: 'item', item: toDetected(file, outcome, { vectors }) }
        if (outcome.found > outcome.faces.length) {
          const message = `${outcome.found} faces were found; the ${outcome.faces.length} largest are told.`
          yield { type: 'warning', code: 'FACES_LIMIT', message, where: { file } }
        }
        const lost = item.place && (await drawInto(item.place, { path: item.path, faces: outcome.faces, engine }))
        if (lost !== undefined) yield { type: 'warning', code: 'FACES_NOT_DRAWN', message: lost, where: { file } }
      }
      yield { type: 'progress', done: counts.photos, failed: counts.problems, total }
    }
    if (model === null && signal?.aborted !== true) model = (await pool.model()).id
  } finally {
    await pool.close()
  }
  const state = signal?.aborted === true && counts.photos < total ? 'stopped' : 'done'
  const { backend } = engine
  yield { type: 'summary', state, summary: { ...counts, model, backend, milliseconds: performance.now() - begun } }
}

type Drawn = typeof import('../../faces/draw/draw-faces.js')

/** @returns why it was not drawn, if so */
async function drawInto(
  { path, format }: ReturnType<typeof drawnPlaces>[number],
  photo: { readonly path: string; readonly faces: Parameters<Drawn['drawFaces']>[1]; readonly engine: EngineSetup },
): Promise<string | undefined> {
  const [{ decodePhoto }, { PhotoError }, { drawFaces }, { writeWholeFile }] = await Promise.all([
    import('../../faces/photo/decode.js'),
    import('../../faces/photo/types.js'),
    import('../../faces/draw/draw-faces.js'),
    import('../../jobs/whole-file.js'),
  ])
  try {
    const pixels = await decodePhoto(photo.path, photo.engine.limits)
    await writeWholeFile(path, await drawFaces(pixels, photo.faces, format))
    return undefined
  } catch (error) {
    // The photo may have gone since it was looked at.
    if (error instanceof PhotoError) return `It was not drawn. ${error.message}`
    throw error
  }
}

async function assertNotInLaunch(request: DetectRequest, paths: readonly string[]): Promise<void> {
  const launch = await launchIfAny(request)
  if (launch !== undefined) assertSafeOutputs(launch, paths)
}
