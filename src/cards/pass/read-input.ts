import { AppError } from '../../kit/errors/index.js'
import { JsonSourceError } from '../design/json-source.js'
import { DESIGN_LIMITS } from '../design/read-files.js'
import type { PassFiles } from '../model.js'
import { type PassSource, readPassSource } from './pass-source.js'

/** The files of somebody's pass, pass.json among them. */
export interface ImportInput {
  /** Where it was found, for messages: `card.pkpass`. */
  readonly source: string
  readonly files: PassFiles
}

/**
 * Reads the pass.json of a pass, leniently.
 *
 * @throws AppError PASS_UNREADABLE with line and column
 */
export function readInput({ source, files }: ImportInput): PassSource {
  const bytes = files.get('pass.json')
  if (bytes === undefined) throw new AppError('PASS_UNREADABLE', `${source} holds no pass.json, so it is no pass.`)
  if (bytes.length > DESIGN_LIMITS.fileBytes)
    throw new AppError('PASS_UNREADABLE', `The pass.json of ${source} is larger than 4 MB.`, { details: { source } })
  try {
    return readPassSource(bytes, files)
  } catch (cause) {
    if (!(cause instanceof JsonSourceError)) throw cause
    throw new AppError('PASS_UNREADABLE', `The pass.json of ${source} cannot be read: ${cause.message}.`, {
      details: { source },
      cause,
    })
  }
}
