import type { Place } from '../../kit/findings.js'
import { linePosition } from '../design/json-source.js'
import type { Slip } from './read-pass-text.js'

/** Where a slip of pass.json stands. */
export function slipPlace(text: string, { start }: Slip): Place {
  return { file: 'pass.json', ...linePosition(text, start) }
}
