import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import { isAppError } from '../kit/errors/index.js'
import type { EndMessage, ReadyMessage, ReplyMessage, TaskMessage, WireError } from './worker-pool.js'

export interface TaskResult<Result> {
  readonly result: Result
  /** Buffers handed over without copying. */
  readonly transfer?: readonly Transferable[]
}

/**
 * The worker thread's end of a WorkerPool: builds its tools once from the pool's data, then answers tasks one by one.
 * When the tools cannot be built, every task is answered with that error.
 */
export function serveTasks<Data, Task, Result>(
  setUp: (data: Data) => Promise<(task: Task) => Promise<TaskResult<Result>>>,
): void {
  const port = parentPort
  if (!port) throw new Error('this module runs in a worker thread only')
  const ready = setUp(workerData as Data)
  ready.catch(() => {})
  port.on('message', async (message: TaskMessage | EndMessage) => {
    if ('end' in message) return port.close()
    const { id, task } = message
    try {
      const work = await ready
      const { result, transfer } = await work(task as Task)
      port.postMessage({ id, result } satisfies ReplyMessage, transfer ?? [])
    } catch (error) {
      port.postMessage({ id, error: toWire(error) } satisfies ReplyMessage)
    }
  })
  port.postMessage({ ready: true } satisfies ReadyMessage)
}

function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { message: String(error) }
  if (isAppError(error)) return { message: error.message, code: error.code, hints: error.hints }
  return { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) }
}
