import { type Document, isMap, LineCounter, parseDocument } from 'yaml'
import type { core } from 'zod'
import { DESIGN_CONFIG, type DesignConfig, FIELD_TYPE_LIST } from './design-config.js'
import { designProblem } from './design-problem.js'

/** Where a key or value of design.yaml stands; both from 1. Falls back to the nearest parent that is there. */
export type ConfigPosition = (path: readonly (string | number)[]) => { line: number; column: number }

export interface ReadConfig {
  readonly config: DesignConfig
  readonly positionOf: ConfigPosition
}

/** Reads design.yaml. Every mistake is an AppError that names line and column of the key or value concerned. */
export function readDesignConfig(dir: string, bytes: Uint8Array): ReadConfig {
  const lines = new LineCounter()
  const document = parseDocument(decode(dir, bytes), { lineCounter: lines, prettyErrors: false })
  const broken = document.errors[0]
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0])
    throw problem(dir, firstLine(broken.message), { line, column: col })
  }

  const positionOf: ConfigPosition = (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      const range = (node as { range?: readonly number[] | null } | undefined)?.range
      if (range?.[0] !== undefined) return toPosition(lines, range[0])
    }
    return { line: 1, column: 1 }
  }
  const positionOfKey = (path: readonly (string | number)[], key: string) => {
    const map = path.length === 0 ? document.contents : document.getIn(path, true)
    const pair = isMap(map) ? map.items.find((item) => String(item.key) === key) : undefined
    const range = (pair?.key as { range?: readonly number[] | null } | undefined)?.range
    return range?.[0] === undefined ? positionOf(path) : toPosition(lines, range[0])
  }

  const parsed = DESIGN_CONFIG.safeParse(toPlain(dir, document) ?? {})
  if (parsed.success) return { config: parsed.data, positionOf }
  const [issue] = parsed.error.issues
  if (issue === undefined)
    throw designProblem({ dir, file: 'design.yaml', reason: 'is not valid', cause: parsed.error })
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    throw problem(dir, `${describe(path)} has the unknown key "${key}"`, positionOfKey(path, key))
  }
  const given = document.getIn(path)
  throw problem(dir, explain(issue, path, given), positionOf(path))
}

function decode(dir: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) // drops a byte order mark
  } catch (cause) {
    throw designProblem({ dir, file: 'design.yaml', reason: 'is not UTF-8 text', cause })
  }
}

function toPlain(dir: string, document: Document): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    // Aliases that multiply without bound, or that refer to nothing.
    const reason = firstLine(cause instanceof Error ? cause.message : String(cause))
    throw designProblem({ dir, file: 'design.yaml', reason, cause })
  }
}

function toPosition(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

function problem(dir: string, reason: string, position: { line: number; column: number }) {
  return designProblem({ dir, file: 'design.yaml', reason, position })
}

function describe(path: readonly (string | number)[]): string {
  return path.length === 0 ? 'the file' : `"${path.join('.')}"`
}

function explain(issue: core.$ZodIssue, path: readonly (string | number)[], given: unknown): string {
  const what = describe(path)
  const isFieldType = path.length === 3 && path[0] === 'fields' && path[2] === 'type'
  if (isFieldType) {
    const field = `the field "${path[1]}"`
    const types = `expected one of ${FIELD_TYPE_LIST}`
    return given === undefined ? `${field} has no type; ${types}` : `${field} has the unknown type "${given}"; ${types}`
  }
  if (path.length === 2 && path[0] === 'fields' && given === null) {
    return `the field "${path[1]}" has no type; expected one of ${FIELD_TYPE_LIST}`
  }
  if (path.length === 1 && path[0] === 'version' && given === undefined)
    return 'the key "version" is missing; write "version: 1"'
  if (given === undefined) return `${what} is missing`
  return `${what}: ${lowerFirst(issue.message)}`
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1)
}

function firstLine(message: string): string {
  return lowerFirst(message.split('\n')[0] ?? message).replace(/[.:]$/, '')
}
