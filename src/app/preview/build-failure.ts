import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAppError } from '../../kit/errors/index.js'

/** Why a preview could not be made, ready to be shown. */
export interface BuildFailure {
  readonly code: string
  readonly message: string
  readonly hints: readonly string[]
  /** Absolute path of the file that is to blame, where it is known. */
  readonly file?: string
  /** Both from 1. */
  readonly line?: number
  readonly column?: number
  /** The lines around the place. */
  readonly excerpt?: { readonly first: number; readonly lines: readonly string[] }
}

const AROUND = 3
/** A minified file has one line of everything. */
const MOST_COLUMNS = 160

/** What went wrong, with the lines of the file around the place. Never throws. */
export async function explainFailure(error: unknown): Promise<BuildFailure> {
  if (!isAppError(error)) {
    const message = error instanceof Error ? error.message : String(error)
    return { code: 'BUG', message: `Unexpected: ${message}`, hints: ['Save the design again to try once more.'] }
  }
  const { code, message, hints } = error
  const place = placeOf(error.details ?? {})
  const excerpt = place.line === undefined ? undefined : await excerptOf(place.file ?? '', place.line)
  return { code, message, hints, ...place, ...(excerpt === undefined ? {} : { excerpt }) }
}

type Place = Pick<BuildFailure, 'file' | 'line' | 'column'>

/** Mistakes of designs name folder, file and place; those of tessera.yaml have a list, of which the first is shown. */
function placeOf(details: Readonly<Record<string, unknown>>): Place {
  const { dir, file, problems } = details
  const first: unknown = Array.isArray(problems) ? problems[0] : undefined
  const { line, column } = (typeof first === 'object' && first !== null ? first : details) as Record<string, unknown>
  return {
    ...(typeof file === 'string' ? { file: typeof dir === 'string' ? join(dir, file) : file } : {}),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof column === 'number' ? { column } : {}),
  }
}

async function excerptOf(file: string, line: number): Promise<BuildFailure['excerpt']> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const first = Math.max(1, line - AROUND)
  const lines = text
    .split(/\r\n|\r|\n/)
    .slice(first - 1, line + AROUND)
    .map((own) => (own.length > MOST_COLUMNS ? `${own.slice(0, MOST_COLUMNS)}…` : own))
  return { first, lines }
}
