import type { JobEvent, JobSummary } from '../../kit/events.js'
import { type Output, paint } from '../render/styles.js'
import { ProgressState } from './progress-state.js'
import { liveLine, plainLine } from './progress-text.js'
import { WarningPrinter } from './warnings.js'

const REDRAW_MS = 100
const PLAIN_MS = 5_000
const CLEAR_LINE = '\r\u001b[2K'

export interface FollowOptions {
  /** text: progress and warnings on stderr. quiet: warnings only. silent: nothing. ndjson: all events on stdout. */
  readonly mode: 'text' | 'quiet' | 'silent' | 'ndjson'
  readonly stdout: Output
  readonly stderr: Output
  /** Epoch milliseconds; for tests. */
  readonly now?: () => number
}

/**
 * Runs a long job by reading its events to the end, and shows them. Returns the summary, which every job ends with.
 * SIGUSR1 prints where the job is, in every mode.
 */
export async function followJob<S>(events: AsyncIterable<JobEvent<S>>, options: FollowOptions): Promise<JobSummary<S>> {
  const { mode, stdout, stderr, now = Date.now } = options
  const state = new ProgressState(now())
  const warnings = new WarningPrinter(stderr)
  const line = new StatusLine(state, { stderr, now, show: mode === 'text' })
  const printStatus = (): void => line.above(plainLine(state, now()))
  process.on('SIGUSR1', printStatus)
  let summary: JobSummary<S> | undefined
  try {
    for await (const event of events) {
      state.take(event, now())
      if (mode === 'ndjson') await writeLine(stdout, JSON.stringify(event))
      if (event.type === 'warning' && (mode === 'text' || mode === 'quiet')) {
        const text = warnings.take(event)
        if (text !== undefined) line.above(text)
      }
      if (event.type === 'summary') summary = event
      line.update()
    }
  } finally {
    process.off('SIGUSR1', printStatus)
    line.end()
  }
  const rest = mode === 'text' || mode === 'quiet' ? warnings.rest() : undefined
  if (rest !== undefined) stderr.write(`${rest}\n`)
  if (summary === undefined) throw new Error('The job ended without a summary.')
  return summary
}

interface StatusLineOptions {
  readonly stderr: Output
  readonly now: () => number
  readonly show: boolean
}

/** The live line of a terminal, or a plain line every five seconds where there is none. */
class StatusLine {
  readonly #state: ProgressState
  readonly #stderr: Output
  readonly #now: () => number
  readonly #live: boolean
  readonly #timer: NodeJS.Timeout | undefined
  #drawnAt = 0
  #drawn = false

  constructor(state: ProgressState, { stderr, now, show }: StatusLineOptions) {
    this.#state = state
    this.#stderr = stderr
    this.#now = now
    this.#live = show && stderr.isTTY === true
    // The timer keeps time and ETA moving while the job is busy with one long step.
    if (this.#live) this.#timer = setInterval(() => this.#draw(), 500).unref()
    else if (show) this.#timer = setInterval(() => stderr.write(`${plainLine(state, now())}\n`), PLAIN_MS).unref()
  }

  update(): void {
    if (this.#live && this.#now() - this.#drawnAt >= REDRAW_MS) this.#draw()
  }

  /** Prints a whole line above the live one. */
  above(text: string): void {
    this.#clear()
    this.#stderr.write(`${text}\n`)
    if (this.#live) this.#draw()
  }

  end(): void {
    clearInterval(this.#timer)
    this.#clear()
  }

  #draw(): void {
    this.#drawnAt = this.#now()
    this.#drawn = true
    const text = liveLine(this.#state, this.#drawnAt, this.#stderr.columns ?? 80)
    this.#stderr.write(`${CLEAR_LINE}${paint('cyan', text, this.#stderr)}`)
  }

  #clear(): void {
    if (this.#drawn) this.#stderr.write(CLEAR_LINE)
    this.#drawn = false
  }
}

/** Waits when the reader is slower than we are, so that millions of events never pile up in memory. */
async function writeLine(output: Output, line: string): Promise<void> {
  let written = (): void => {}
  const taken = new Promise<void>((resolve) => {
    written = resolve
  })
  if (!output.write(`${line}\n`, () => written())) await taken
}
