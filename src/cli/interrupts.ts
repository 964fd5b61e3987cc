import { EXIT } from '../kit/exit-codes.js'

type Exit = (code: number) => void

// Signals and the end of the process are process-wide, so this module keeps the one piece of state of cli/.
// bin/run.js hands process.exit in; without it (in tests) the code is only noted.
let exitNow: Exit = (code) => {
  process.exitCode = code
}

export function setExit(exit: Exit): void {
  exitNow = exit
}

/** Ends the process at once, without waiting for anything. */
export function endProcess(code: number): void {
  exitNow(code)
}

/** Ctrl-C, SIGTERM and a closed pipe, for the time of one command. */
export class Interrupts {
  readonly #controller = new AbortController()
  readonly #onStop: () => void
  #cooperative = false
  readonly #signalled = (): void => {
    if (!this.#cooperative || this.#controller.signal.aborted) {
      endProcess(EXIT.interrupted)
      return
    }
    this.#controller.abort()
    this.#onStop()
  }
  readonly #outputFailed = (error: NodeJS.ErrnoException): void => {
    // The reader of our output has left (`| head`): nobody wants the rest, and that is no error.
    if (error.code !== 'EPIPE') return
    if (this.#cooperative) this.#controller.abort()
    else endProcess(EXIT.ok)
  }

  /** `onStop` tells the user that a long job is being stopped; a second signal does not wait for it. */
  constructor(onStop: () => void) {
    this.#onStop = onStop
  }

  /** Asking for the signal declares that the command stops cleanly when it is aborted. */
  get signal(): AbortSignal {
    this.#cooperative = true
    return this.#controller.signal
  }

  listen(): void {
    process.on('SIGINT', this.#signalled).on('SIGTERM', this.#signalled)
    process.stdout.on('error', this.#outputFailed)
  }

  close(): void {
    process.off('SIGINT', this.#signalled).off('SIGTERM', this.#signalled)
    process.stdout.off('error', this.#outputFailed)
  }
}
