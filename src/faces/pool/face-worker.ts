/** Runs in a worker thread: opens the engine and describes photos. See face-task.ts for what goes in and out. */
import { serveTasks } from '../../jobs/worker-port.js'
import type { EngineSetup, FaceEngine } from '../engine/types.js'
import { isProblem, sourceDescriber } from './describe-source.js'
import type { FaceResult, FaceTask, FaceWorkerData } from './face-task.js'

serveTasks<FaceWorkerData, FaceTask, FaceResult>(async ({ setup, engineModule }) => {
  const { default: sharp } = await import('sharp')
  // One thread per photo: there are as many photos under way as there are cores.
  sharp.concurrency(1)
  sharp.cache(false)
  const engine = await openEngine(setup, engineModule)
  const describe = sourceDescriber(engine, setup.limits)
  return async (task) => {
    if ('about' in task) return { result: { model: engine.model } }
    const outcome = await describe(task.photo)
    const vectors = isProblem(outcome) ? [] : outcome.faces.map(({ vector }) => vector.buffer)
    // Vectors may share a buffer, which can be handed over only once.
    return { result: { outcome }, transfer: [...new Set(vectors)].filter((buffer) => buffer instanceof ArrayBuffer) }
  }
})

async function openEngine(setup: EngineSetup, module: string | undefined): Promise<FaceEngine> {
  if (module === undefined) return (await import('../engine/engine.js')).openEngine(setup)
  const other: { openEngine(setup: EngineSetup): Promise<FaceEngine> } = await import(module)
  return other.openEngine(setup)
}
