import { threadId } from 'node:worker_threads'
import { serveTasks } from '../../../src/jobs/worker-port.js'
import { AppError } from '../../../src/kit/errors/index.js'

export type Task =
  | { readonly do: 'double'; readonly value: number }
  | {
      readonly do: 'throw' | 'throw-app' | 'throw-text' | 'exit' | 'die' | 'die-later' | 'hang' | 'bad-reply' | 'thread'
    }
  | { readonly do: 'exit-once' | 'tell-end' | 'count-and-spin' | 'wait-for' | 'wake'; readonly flag: SharedArrayBuffer }
  | { readonly do: 'buffer'; readonly size: number }

/** A worker that does what it is told, the wrong things too. */
serveTasks<{ fail?: boolean }, Task, unknown>(async (data) => {
  if (data.fail) throw new AppError('DESIGN_INVALID', 'the tools cannot be built', { hints: ['Mend them.'] })
  return async (task) => {
    switch (task.do) {
      case 'double':
        return { result: task.value * 2 }
      case 'thread':
        return { result: threadId }
      case 'throw':
        throw new TypeError('a fault')
      case 'throw-app':
        throw new AppError('DISK_FULL', 'no space', { hints: ['Make some.'] })
      case 'throw-text':
        throw 'a text'
      case 'exit':
        return process.exit(3)
      case 'exit-once':
        if (Atomics.add(new Int32Array(task.flag), 0, 1) === 0) process.exit(3)
        return { result: 'alive' }
      case 'count-and-spin':
        Atomics.add(new Int32Array(task.flag), 0, 1)
        for (;;);
      case 'wait-for':
        for (;;) {
          if (Atomics.load(new Int32Array(task.flag), 0) > 0) return { result: 'woken' }
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      case 'wake':
        Atomics.store(new Int32Array(task.flag), 0, 1)
        return { result: 'done' }
      case 'tell-end':
        // Not heard of by a thread that is stopped from outside.
        process.once('exit', () => Atomics.store(new Int32Array(task.flag), 0, 1))
        return { result: 'will do' }
      case 'die':
        // Out of memory looks the same from outside: an error of the thread and its end.
        setImmediate(() => {
          throw new RangeError('the thread is lost')
        })
        return new Promise(() => {})
      case 'die-later':
        setTimeout(() => {
          throw new Error('died while idle')
        }, 5)
        return { result: 'done' }
      case 'hang':
        return new Promise(() => {})
      case 'bad-reply':
        return { result: () => 'functions cannot be sent' }
      case 'buffer': {
        const bytes = Buffer.alloc(task.size, 7)
        return { result: bytes, transfer: [bytes.buffer] }
      }
    }
  }
})
