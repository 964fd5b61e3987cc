import { AppError } from '../../kit/errors/index.js'
import type { Output } from '../render/styles.js'
import { planPicture } from './plan-picture.js'
import type { PictureProtocol, TerminalPlan } from './types.js'

export interface TerminalChoice {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly protocol: PictureProtocol | 'auto'
}

/**
 * How to draw on the terminal behind standard output.
 *
 * @throws AppError NO_TERMINAL when there is none and nobody said what its reader understands
 */
export function terminalPlan({ env, protocol }: TerminalChoice, output: Output = process.stdout): TerminalPlan {
  if (output.isTTY !== true && protocol === 'auto') {
    throw new AppError('NO_TERMINAL', '--terminal draws on a terminal, but standard output is none.')
  }
  return planPicture({ env, protocol, columns: output.columns })
}

/** How colours are shown on the terminal behind standard output; undefined where there is none, or none with colours. */
export function swatchesOf(
  env: TerminalChoice['env'],
  output: Output = process.stdout,
): { readonly trueColour: boolean } | undefined {
  if (output.isTTY !== true || output.hasColors?.() !== true) return undefined
  return planPicture({ env, protocol: 'blocks', columns: output.columns })
}
