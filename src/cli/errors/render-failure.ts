import { type Output, paint } from '../render/styles.js'
import type { Failure } from './failure.js'

/** The `error` object of --json and of the last NDJSON line. Its keys are a stable interface. */
export interface ErrorJson {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly hints: readonly string[]
    readonly details?: Readonly<Record<string, unknown>>
  }
}

export function failureJson({ code, message, hints, details }: Failure): ErrorJson {
  return { error: { code, message, hints, ...(details === undefined ? {} : { details }) } }
}

/** The error as people read it: what happened, what to do, where to read more. Ends with a line break. */
export function failureText(failure: Failure, options: { verbose: boolean; output: Output }): string {
  const { code, message, hints, stack } = failure
  const { verbose, output } = options
  if (code === 'INTERRUPTED') return `${paint('yellow', message, output)}\n`
  const lines = [`${paint(['red', 'bold'], 'Error:', output)} ${message}`]
  if (verbose && stack !== undefined) lines.push(paint('dim', stack, output))
  lines.push(...hints.map((hint) => `  ${hint}`))
  lines.push(paint('dim', `  tessera help errors ${code}`, output))
  return `${lines.join('\n')}\n`
}
