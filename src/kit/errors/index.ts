import type { ExitCode } from '../exit-codes.js'
import { CERTS_ERRORS } from './codes/certs.js'
import { CONFORMANCE_ERRORS } from './codes/conformance.js'
import { DESIGNS_ERRORS } from './codes/designs.js'
import { FACES_ERRORS } from './codes/faces.js'
import { FACES_EVALUATE_ERRORS } from './codes/faces-evaluate.js'
import { FACES_MODELS_ERRORS } from './codes/faces-models.js'
import { ISSUING_ERRORS } from './codes/issuing.js'
import { LAUNCH_ERRORS } from './codes/launch.js'
import { PASSES_ERRORS } from './codes/passes.js'
import { SERVICE_ERRORS } from './codes/service.js'
import { STORE_ERRORS } from './codes/store.js'
import { UPDATES_ERRORS } from './codes/updates.js'
import { USAGE_ERRORS } from './codes/usage.js'
import type { ErrorEntry } from './entry.js'

export type { ErrorEntry } from './entry.js'

/** Every error that Tessera raises on purpose. */
export const ERRORS = {
  ...USAGE_ERRORS,
  ...LAUNCH_ERRORS,
  ...STORE_ERRORS,
  ...CERTS_ERRORS,
  ...CONFORMANCE_ERRORS,
  ...DESIGNS_ERRORS,
  ...FACES_EVALUATE_ERRORS,
  ...FACES_ERRORS,
  ...FACES_MODELS_ERRORS,
  ...ISSUING_ERRORS,
  ...PASSES_ERRORS,
  ...SERVICE_ERRORS,
  ...UPDATES_ERRORS,
} as const

export type ErrorCode = keyof typeof ERRORS

export interface AppErrorOptions {
  /** What to do next, most important last. Replaces the registry's remedy when given. */
  readonly hints?: readonly string[]
  /** Machine-readable facts for --json. Never secrets, never personal data. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/**
 * An error the user can act on. The message says what is wrong and where; the hints say what to do next. Anything else
 * that is thrown is a bug and keeps its stack.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly hints: readonly string[]
  readonly exitCode: ExitCode
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    const entry: ErrorEntry = ERRORS[code]
    this.exitCode = entry.exit
    this.hints = options.hints ?? [entry.remedy]
    this.details = options.details
  }
}

/** Narrow by shape, since an error may come from a worker thread or another copy of the package. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error && String(error.code) in ERRORS
}
