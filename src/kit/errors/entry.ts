import type { ExitCode } from '../exit-codes.js'

/** One documented error: the page of `tessera help errors CODE` and of docs/errors.md. */
export interface ErrorEntry {
  readonly exit: ExitCode
  /** One line: what is wrong, in general terms. */
  readonly title: string
  /** Why it happens. */
  readonly cause: string
  /** What the reader does next. */
  readonly remedy: string
}
