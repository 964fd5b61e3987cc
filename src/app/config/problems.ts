import { isMap, isPair, isScalar, type LineCounter, type Node } from 'yaml'
import type { z } from 'zod'
import { closest } from '../../kit/closest.js'

/** One thing wrong with the configuration, with the place to correct it. */
export interface ConfigProblem {
  /** Dotted path of the value; empty for the file as a whole. */
  readonly path: string
  readonly message: string
  /** 1-based; undefined when the value comes from the environment. */
  readonly line?: number
  readonly column?: number
  /** The environment variable that holds the value. */
  readonly env?: string
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

interface Source {
  readonly contents: Node | null
  readonly lines: LineCounter
  /** Dotted path -> variable, for values that the environment replaced. */
  readonly env: ReadonlyMap<string, string>
  /** The raw configuration, as it was checked. */
  readonly raw: unknown
  /** Keys that are allowed in the map at a dotted path. */
  keysAt(path: string): readonly string[]
}

/** Turns what zod found into problems with a place and, for misspelt keys, a proposal. */
export function problemsOf(issues: readonly Issue[], source: Source): ConfigProblem[] {
  const found = issues.flatMap((issue) => problemOf(issue, source))
  // A misspelt key is not missing as well.
  const meant = new Set(found.flatMap(({ instead }) => instead ?? []))
  return found
    .filter(({ path, missing }) => missing !== true || !meant.has(path))
    .map(({ instead: _instead, missing: _missing, ...problem }) => problem)
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

interface Found extends ConfigProblem {
  /** The path that an unknown key was probably meant to be. */
  readonly instead?: string
  readonly missing?: boolean
}

function problemOf(issue: Issue, source: Source): Found[] {
  if (issue.code === 'unrecognized_keys') {
    const path = dotted(issue.path)
    return issue.keys.map((key) => {
      const guess = closest(key, source.keysAt(path))
      const message = `unknown key "${key}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`
      const place = placeOf([...issue.path, key], source, 'key')
      const instead = guess === undefined ? {} : { instead: dotted([...issue.path, guess]) }
      return { path: dotted([...issue.path, key]), message, ...place, ...instead }
    })
  }
  const path = dotted(issue.path)
  const env = source.env.get(path)
  const value = valueAt(source.raw, issue.path)
  const place = env === undefined ? placeOf(issue.path, source, 'value') : { env }
  return [{ path, message: messageOf(issue, value, path), ...place, missing: value === undefined }]
}

function messageOf(issue: Issue, value: unknown, path: string): string {
  if (value === undefined) return `"${path}" is missing`
  if (issue.code === 'invalid_union') return `"${path}" must have exactly one of the keys file, env or command`
  if (issue.code === 'invalid_value') return `"${path}" must be ${issue.values.map(String).join(' or ')}`
  if (issue.code !== 'invalid_type') return `"${path}" ${quote(value)}${issue.message}`
  const found = Array.isArray(value) ? 'a list' : value === null ? 'empty' : `a ${typeof value}`
  const cure = issue.expected === 'string' && typeof value !== 'object' ? '; put it in quotes' : ''
  return `"${path || 'the file'}" must be ${issue.expected === 'object' ? 'a group of keys' : `a ${issue.expected}`}, not ${found}${cure}`
}

function quote(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `is ${JSON.stringify(value)}; it ` : ''
}

/** The position of the deepest part of the path that the file has. */
function placeOf(path: Path, source: Source, part: 'key' | 'value'): { line: number; column: number } {
  let node: unknown = source.contents
  let offset = 0
  for (const [depth, step] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === step) : undefined
    if (!isPair(pair)) break
    const key = pair.key
    if (isScalar(key)) offset = key.range?.[0] ?? offset
    node = pair.value
    if (part === 'value' && depth === path.length - 1 && isScalar(node)) offset = node.range?.[0] ?? offset
  }
  const { line, col } = source.lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

function dotted(path: Path): string {
  return path.map(String).join('.')
}

/** `tessera.yaml line 4, column 3: unknown key …` */
export function describeProblem(problem: ConfigProblem, file: string): string {
  if (problem.env !== undefined) return `${problem.env}: ${problem.message}`
  const place = problem.line === undefined ? '' : ` line ${problem.line}, column ${problem.column ?? 1}`
  return `${file}${place}: ${problem.message}`
}
