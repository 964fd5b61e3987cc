/**
 * The exit codes of every command, documented in docs/exit-codes.md (ADR 0004). A script must treat a non-zero code
 * that it does not know as a failure.
 */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  /** Finished or stopped with rows left over; the same command continues. */
  rowsLeft: 3,
  credentials: 4,
  temporary: 5,
  badInput: 6,
  environment: 7,
  nothingToDo: 8,
  notConfirmed: 9,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
