import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'

/**
 * Photos and lists are read for hours and cannot be made again: no output may take the place of one, also not through a
 * link. Paths are absolute.
 *
 * @throws AppError OUTPUT_UNWRITABLE
 */
export function assertNotInputs(outputs: readonly (string | undefined)[], inputs: Iterable<string>): void {
  const places = outputs.filter((output) => output !== undefined).map((path) => ({ path, real: realPath(path) }))
  if (places.length === 0) return
  const read = new Set([...inputs].map(realPath))
  const over = places.find(({ real }) => read.has(real))
  if (over === undefined) return
  throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${over.path}: it is one of the files that are read`, {
    hints: ['Give a place of its own.'],
  })
}

/** Where a path leads through links; of what is not there yet, through those of its folder. */
function realPath(path: string): string {
  for (const [there, rest] of [[path, ''] as const, [dirname(path), basename(path)] as const]) {
    try {
      return join(realpathSync(there), rest)
    } catch {
      // Not there: its folder may be.
    }
  }
  return path
}
