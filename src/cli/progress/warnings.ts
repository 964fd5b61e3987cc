import type { JobWarning } from '../../kit/events.js'
import { plural } from '../render/numbers.js'
import { type Output, paint } from '../render/styles.js'

const SHOWN = 20

/** Prints the first warnings of a job and counts the rest, so that a bad file does not bury everything else. */
export class WarningPrinter {
  #count = 0
  readonly #output: Output

  constructor(output: Output) {
    this.#output = output
  }

  /** The line to print for this warning, without a line break; undefined once enough were shown. */
  take(warning: JobWarning): string | undefined {
    this.#count++
    return this.#count > SHOWN ? undefined : warningLine(warning, this.#output)
  }

  /** What to say at the end of the job; undefined when everything was shown. */
  rest(): string | undefined {
    const hidden = this.#count - SHOWN
    if (hidden <= 0) return undefined
    return paint('yellow', `… and ${plural(hidden, 'more warning')}.`, this.#output)
  }
}

/** `Warning: members.csv line 42: birthday "31/02/1990" is not a date.` */
export function warningLine({ message, where }: JobWarning, output: Output): string {
  const place = where === undefined || message.includes(where.file) ? '' : placeOf(where)
  return `${paint('yellow', 'Warning:', output)} ${place}${message}`
}

function placeOf({ file, line }: NonNullable<JobWarning['where']>): string {
  return line === undefined ? `${file}: ` : `${file} line ${line}: `
}
