import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../kit/errors/index.js'

/** What goes over the port. See worker-port.ts for the other end. */
export interface TaskMessage {
  readonly id: number
  readonly task: unknown
}
/** Asks the worker to end by itself. */
export interface EndMessage {
  readonly end: true
}
/** Said once, when the worker's modules are loaded. */
export interface ReadyMessage {
  readonly ready: true
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
  /** What it is at, by id. */
  readonly current: Map<number, Pending>
  /** True once its modules are loaded. */
  ready: boolean
  /** True once it has answered: it can be started. */
  proven: boolean
  timer?: NodeJS.Timeout
  /** True once it was stopped for taking too long. */
  late: boolean
}

export interface WorkerPoolOptions {
  /** Module that calls `serveTasks`. */
  readonly module: URL
  /** Given to every worker when it starts. Structured-clonable. */
  readonly data: unknown
  readonly size: number
  /** Tasks that a worker has at a time; 1 when undefined. One waits for a disk, say, while the other computes. */
  readonly each?: number
  /** Size of the nursery for young objects of each thread, in MB; 4 when undefined. */
  readonly nurseryMb?: number
  /**
   * Milliseconds after which a worker that has not answered a task is stopped and replaced; the task fails and is not
   * tried again. No limit when undefined.
   */
  readonly taskLimit?: number
  /**
   * Milliseconds that a worker which is at work when the pool is closed may take to end by itself; 1000 when undefined.
   * Give more where stopping a thread in native code would bring down the process.
   */
  readonly patience?: number
}

/**
 * Worker threads on one queue. A task whose worker dies is tried once more, with a worker to itself, so that it falls
 * with none but its own fault; an error that a task throws is its result and is not retried, nor is one that takes too
 * long. The caller bounds how many tasks are under way.
 */
export class WorkerPool<Task, Result> {
  readonly #options: WorkerPoolOptions
  readonly #slots: Slot[] = []
  readonly #queue: Pending[] = []
  #nextId = 1
  /** Why no more tasks are taken. */
  #closed: Error | undefined

  constructor(options: WorkerPoolOptions) {
    this.#options = options
    for (let index = 0; index < options.size; index++) this.#slots.push(this.#start())
  }

  /**
   * @throws AppError WORKER_FAILED when two workers in a row died on the task; otherwise what the task threw.
   */
  run(task: Task): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#closed) return reject(this.#closed)
      this.#queue.push({ id: this.#nextId++, task, attempts: 0, resolve: resolve as (result: unknown) => void, reject })
      this.#dispatch()
    })
  }

  /** Ends the workers, each after the task it is at, if that is soon done; tasks that are not done are rejected. */
  async close(): Promise<void> {
    await this.#end(new Error('the worker pool is closed'))
  }

  async #end(reason: Error): Promise<void> {
    this.#closed ??= reason
    for (const waiting of this.#queue.splice(0)) waiting.reject(reason)
    const endings = this.#slots.map((slot) => {
      const patience = slot.ready ? (this.#options.patience ?? PATIENCE.working) : PATIENCE.starting
      for (const task of slot.current.values()) task.reject(reason)
      slot.current.clear()
      clearTimeout(slot.timer)
      return endWorker(slot.worker, patience)
    })
    await Promise.all(endings)
  }

  #start(): Slot {
    const worker = new Worker(this.#options.module, {
      workerData: this.#options.data,
      // What a task makes is dead soon after: in a small nursery it stays in the processor's cache.
      resourceLimits: { maxYoungGenerationSizeMb: this.#options.nurseryMb ?? 4 },
    })
    const slot: Slot = { worker, current: new Map(), ready: false, proven: false, late: false }
    worker.on('message', (reply: ReadyMessage | ReplyMessage) => {
      if ('ready' in reply) slot.ready = true
      else this.#settle(slot, reply)
    })
    let failure: unknown
    worker.on('error', (error) => {
      failure = error
    })
    worker.on('exit', (code) => this.#replace(slot, failure ?? new Error(`the worker ended with code ${code}`)))
    return slot
  }

  #dispatch(): void {
    // Every worker gets its first task before one gets its second.
    const { each = 1 } = this.#options
    for (let had = 0; had < each; had++) {
      for (const slot of this.#slots) {
        while (slot.current.size <= had) {
          const [next] = this.#queue
          if (!next) return
          if (!hasRoom(slot, next)) break
          this.#queue.shift()
          this.#send(slot, next)
        }
      }
    }
  }

  #send(slot: Slot, task: Pending): void {
    task.attempts++
    slot.current.set(task.id, task)
    this.#limit(slot)
    try {
      slot.worker.postMessage({ id: task.id, task: task.task } satisfies TaskMessage)
    } catch (error) {
      // A task that cannot be sent is at fault itself, and the worker is still free.
      slot.current.delete(task.id)
      if (slot.current.size === 0) clearTimeout(slot.timer)
      task.reject(error)
    }
  }

  #limit(slot: Slot): void {
    const { taskLimit } = this.#options
    if (taskLimit === undefined) return
    clearTimeout(slot.timer)
    slot.timer = setTimeout(() => {
      slot.late = true
      void slot.worker.terminate()
    }, taskLimit)
  }

  #settle(slot: Slot, reply: ReplyMessage): void {
    const task = slot.current.get(reply.id)
    if (task === undefined) return
    slot.current.delete(reply.id)
    if (slot.current.size === 0) clearTimeout(slot.timer)
    else this.#limit(slot)
    slot.proven = true
    this.#dispatch()
    if ('error' in reply) task.reject(fromWire(reply.error))
    else task.resolve(reply.result)
  }

  #replace(slot: Slot, cause: unknown): void {
    if (this.#closed) return
    const tasks = [...slot.current.values()]
    clearTimeout(slot.timer)
    // A worker that dies before it ever had work would die again and again.
    if (tasks.length === 0 && !slot.proven) {
      void this.#end(workerFailed(cause))
      return
    }
    this.#slots[this.#slots.indexOf(slot)] = this.#start()
    for (const task of tasks.reverse()) {
      // Of several it is not known which one took too long.
      if (slot.late && (tasks.length === 1 || task.attempts > 1))
        task.reject(workerFailed(tooLong(this.#options.taskLimit)))
      else if (task.attempts < 2) this.#queue.unshift(task)
      else task.reject(workerFailed(cause))
    }
    this.#dispatch()
  }
}

/** A task that a worker died on gets one to itself. */
function hasRoom({ current }: Slot, { attempts }: Pending): boolean {
  if (current.size === 0) return true
  return attempts === 0 && [...current.values()].every((task) => task.attempts === 1)
}

/**
 * How long a worker may take to end by itself, in milliseconds. One that is at work may never end; one that is only
 * loading its modules will, on a busy machine after a while.
 */
const PATIENCE = { working: 1000, starting: 15_000 } as const

/**
 * Lets a worker end by itself: stopping a thread in the middle of native code (while it loads a module, say) has been
 * seen to bring down the process. One that does not end is stopped.
 */
async function endWorker(worker: Worker, patience: number): Promise<void> {
  if (worker.threadId === -1) return
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.postMessage({ end: true } satisfies EndMessage)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, patience, 'late')
  })
  if ((await Promise.race([ended, late])) === 'late') await worker.terminate()
  clearTimeout(timer)
}

function tooLong(limit = 0): Error {
  return new Error(`it took longer than ${limit / 1000} s`)
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
