import { closest } from '../kit/closest.js'
import { AppError } from '../kit/errors/index.js'

/**
 * The error for a rule that there is not, with the rule or group that was probably meant.
 *
 * @param known - the names to choose from
 * @param list - the command that lists them
 */
export function unknownRule(name: string, known: readonly string[], list: string): AppError {
  const meant = closest(name, known)
  return new AppError('RULE_UNKNOWN', `There is no rule "${name}".`, {
    hints: [meant === undefined ? `List them: ${list}` : `Did you mean ${meant}?`],
  })
}
