import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../kit/errors/index.js'

/** What goes over the port. See worker-port.ts for the other end. */
export interface TaskMessage {
  readonly id: number
  readonly task: unknown
}
export type ReplyMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: WireError }

export interface WireError {
  readonly message: string
  readonly stack?: string
  /** Set for errors of the registry. */
  readonly code?: ErrorCode
  readonly hints?: readonly string[]
}

interface Pending {
  readonly id: number
  readonly task: unknown
  attempts: number
  resolve(result: unknown): void
  reject(error: unknown): void
}

interface Slot {
  worker: Worker
  current: Pending | undefined
}

export interface WorkerPoolOptions {
  /** Module that calls `serveTasks`. */
  readonly module: URL
  /** Given to every worker when it starts. Structured-clonable. */
  readonly data: unknown
  readonly size: number
}

/**
 * Worker threads on one queue. A task whose worker dies is tried once more on a fresh worker; an error that a task
 * throws is its result and is not retried. The caller bounds how many tasks are under way.
 */
export class WorkerPool<Task, Result> {
  readonly #options: WorkerPoolOptions
  readonly #slots: Slot[] = []
  readonly #queue: Pending[] = []
  #nextId = 1
  #closed = false

  constructor(options: WorkerPoolOptions) {
    this.#options = options
    for (let index = 0; index < options.size; index++) this.#slots.push(this.#start())
  }

  /**
   * @throws AppError WORKER_FAILED when two workers in a row died on the task; otherwise what the task threw.
   */
  run(task: Task): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#closed) return reject(new Error('the worker pool is closed'))
      this.#queue.push({ id: this.#nextId++, task, attempts: 0, resolve: resolve as (result: unknown) => void, reject })
      this.#dispatch()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#slots.map(({ worker }) => worker.terminate()))
  }

  #start(): Slot {
    const worker = new Worker(this.#options.module, {
      workerData: this.#options.data,
      // Short-lived strings and buffers by the thousand: a roomier nursery halves the time spent collecting them.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    })
    const slot: Slot = { worker, current: undefined }
    worker.on('message', (reply: ReplyMessage) => this.#settle(slot, reply))
    let failure: unknown
    worker.on('error', (error) => {
      failure = error
    })
    worker.on('exit', (code) => this.#replace(slot, failure ?? new Error(`the worker ended with code ${code}`)))
    return slot
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (slot.current) continue
      const next = this.#queue.shift()
      if (!next) return
      next.attempts++
      slot.current = next
      slot.worker.postMessage({ id: next.id, task: next.task } satisfies TaskMessage)
    }
  }

  #settle(slot: Slot, reply: ReplyMessage): void {
    const task = slot.current
    if (task?.id !== reply.id) return
    slot.current = undefined
    this.#dispatch()
    if ('error' in reply) task.reject(fromWire(reply.error))
    else task.resolve(reply.result)
  }

  #replace(slot: Slot, cause: unknown): void {
    if (this.#closed) return
    const task = slot.current
    // A worker that dies before it ever had work would die again and again.
    if (task) {
      const index = this.#slots.indexOf(slot)
      this.#slots[index] = this.#start()
      if (task.attempts < 2) this.#queue.unshift(task)
      else task.reject(workerFailed(cause))
      this.#dispatch()
      return
    }
    this.#closed = true
    for (const waiting of this.#queue.splice(0)) waiting.reject(workerFailed(cause))
    for (const other of this.#slots) {
      other.current?.reject(workerFailed(cause))
      void other.worker.terminate()
    }
  }
}

function workerFailed(cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new AppError('WORKER_FAILED', `a worker thread failed: ${reason}`, { cause })
}

function fromWire(wire: WireError): Error {
  if (wire.code) return new AppError(wire.code, wire.message, wire.hints ? { hints: wire.hints } : {})
  const error = new Error(wire.message)
  if (wire.stack) error.stack = wire.stack
  return error
}
