import { basename } from 'node:path'
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

/** `Warning: members.csv line 42: birthday "31/02/1990" is not a date` */
export function warningLine({ message, where }: JobWarning, output: Output): string {
  return `${paint('yellow', 'Warning:', output)} ${where === undefined ? message : placed(message, where)}`
}

/** Puts the place before the message, unless the message names it itself. */
function placed(message: string, { file, line }: NonNullable<JobWarning['where']>): string {
  const name = basename(file)
  if (message.includes(name)) return message
  if (line === undefined) return `${name}: ${message}`
  return message.startsWith(`line ${line}`) ? `${name} ${message}` : `${name} line ${line}: ${message}`
}
