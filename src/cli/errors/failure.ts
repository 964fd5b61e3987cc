import { stripVTControlCharacters } from 'node:util'
import { closest } from '../../kit/closest.js'
import { ERRORS, type ErrorCode, isAppError } from '../../kit/errors/index.js'
import { EXIT, type ExitCode } from '../../kit/exit-codes.js'

/** Anything that was thrown, in the one form that is shown. */
export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  /** What to do next, most important last. */
  readonly hints: readonly string[]
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly exit: ExitCode
  /** Set for bugs only. */
  readonly stack: string | undefined
}

export interface FailureContext {
  /** `issue`, `card show`: the command that failed; undefined when none was found. */
  readonly command: string | undefined
  /** Flags of that command, for "did you mean". */
  readonly flags?: readonly string[]
}

/** Sorts what was thrown into user errors, usage errors, interruptions and bugs. */
export function toFailure(error: unknown, context: FailureContext): Failure {
  if (isAppError(error)) {
    const { code, message, hints, details, exitCode } = error
    return { code, message, hints, details, exit: exitCode, stack: undefined }
  }
  if (!(error instanceof Error)) return fromRegistry('BUG', String(error))
  if (isParseError(error)) return usageFailure(error, context)
  if (INTERRUPTIONS.has(error.name)) return fromRegistry('INTERRUPTED', 'Interrupted; nothing more was done.')
  return systemFailure(error) ?? { ...fromRegistry('BUG', error.message || error.name), stack: fullStack(error) }
}

// What inquirer throws at Ctrl-C, and what an aborted signal throws.
const INTERRUPTIONS: ReadonlySet<string> = new Set(['ExitPromptError', 'AbortPromptError', 'AbortError'])

function fromRegistry(code: ErrorCode, message: string): Failure {
  const { exit, remedy } = ERRORS[code]
  return { code, message, hints: [remedy], details: undefined, exit, stack: undefined }
}

/** oclif's errors about the command line carry the parse, or an exit code of their own; one is told by its words. */
function isParseError(error: Error): error is ParseError {
  return 'oclif' in error || 'parse' in error || /^Expected an integer .*but received: /.test(error.message)
}

interface ParseError extends Error {
  /** Unknown flags. */
  readonly flags?: unknown
  /** Missing arguments. */
  readonly args?: unknown
}

/** oclif's message in our words. */
function usageMessage({ message, args }: ParseError): string {
  if (message.startsWith('Missing') && Array.isArray(args)) {
    const missing = (args as readonly { name: string; description?: string }[]).map(({ name, description }) =>
      description === undefined ? name.toUpperCase() : `${name.toUpperCase()} (${description.replace(/\.$/, '')})`,
    )
    return `Missing: ${missing.join(', ')}.`
  }
  return stripVTControlCharacters(message)
    .replace(/\nSee more help with --help$/, '')
    .replace(/^Parsing (--\S+)\s+Expected/, '$1: expected')
    .replace(/^The following errors? occurred:\s+/, '')
    .replace(/^Nonexistent flag(s?):/, 'Unknown flag$1:')
    .replace(/^Missing required flag (\S+)$/gm, 'Missing: --$1')
    .replace(/^Command (\S+) not found\.$/, (_, id: string) => `There is no command "${id.replaceAll(':', ' ')}".`)
    .trim()
}

function usageFailure(error: ParseError, context: FailureContext): Failure {
  const message = usageMessage(error)
  const unknown = Array.isArray(error.flags) ? error.flags.map(String) : []
  const known = (context.flags ?? []).map((name) => `--${name}`)
  const guesses = unknown.flatMap((flag) => closest(flag, known) ?? [])
  const command = context.command === undefined ? 'tessera' : `tessera ${context.command}`
  const hints = [
    ...guesses.map((guess) => `Did you mean ${guess}?`),
    `\`${command} --help\` shows its flags and examples.`,
  ]
  return { code: 'USAGE', message, hints, details: undefined, exit: EXIT.usage, stack: undefined }
}

/** Errors of the operating system that no room has translated. */
function systemFailure(error: Error): Failure | undefined {
  const { code, path } = error as NodeJS.ErrnoException
  const where = path === undefined ? '' : `: ${path}`
  if (code === 'ENOSPC' || code === 'EDQUOT') return fromRegistry('DISK_FULL', `The disk is full${where}`)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return fromRegistry('PERMISSION_DENIED', `The operating system refused access${where}`)
  }
  return undefined
}

function fullStack(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`
  return error.cause instanceof Error ? `${own}\nCaused by: ${fullStack(error.cause)}` : own
}
