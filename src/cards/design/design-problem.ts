import { basename } from 'node:path'
import { AppError } from '../../kit/errors/index.js'

export interface DesignProblem {
  /** The design folder. */
  readonly dir: string
  /** The file in it, with `/`. */
  readonly file: string
  /** What is wrong, without a full stop. */
  readonly reason: string
  /** Both from 1. */
  readonly position?: { readonly line: number; readonly column: number }
  readonly hints?: readonly string[]
  readonly cause?: unknown
}

/** The error for a mistake in a design, in one wording: `bonus.pkpasstemplate/pass.json line 3, column 7: …`. */
export function designProblem(problem: DesignProblem): AppError {
  const { dir, file, reason, position, hints, cause } = problem
  const where = position === undefined ? '' : ` line ${position.line}, column ${position.column}`
  return new AppError('DESIGN_INVALID', `${basename(dir)}/${file}${where}: ${reason}.`, {
    ...(hints === undefined ? {} : { hints }),
    details: { dir, file, ...position },
    cause,
  })
}
