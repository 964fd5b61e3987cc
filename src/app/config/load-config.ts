import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMap, LineCounter, type Node, parseDocument } from 'yaml'
import { AppError } from '../../kit/errors/index.js'
import type { Environment } from '../environment.js'
import { type ConfigKey, configKeys } from './keys.js'
import { type ConfigProblem, describeProblem, problemsOf } from './problems.js'
import { type LaunchConfig, launchConfigSchema } from './schema.js'

export const CONFIG_FILE = 'tessera.yaml'

/** Where a value of the configuration comes from. */
export type Origin =
  | { readonly kind: 'file'; readonly line: number }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'default' }

export interface LoadedConfig {
  readonly config: LaunchConfig
  /** Dotted path -> origin, for every value that is set. */
  readonly origins: ReadonlyMap<string, Origin>
}

/**
 * Reads `dir`/tessera.yaml, lets TESSERA_… variables replace values, checks everything and fills in the defaults.
 * Throws CONFIG_UNREADABLE, or CONFIG_INVALID naming every problem at once (`details.problems`).
 */
export async function loadConfig(dir: string, env: Environment['env']): Promise<LoadedConfig> {
  const file = join(dir, CONFIG_FILE)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('CONFIG_UNREADABLE', `${file} cannot be read.`, { cause })
  })
  const result = parseConfig(text, env)
  if ('problems' in result) throw invalid(file, result.problems)
  return result
}

/** The pure half of `loadConfig`. */
export function parseConfig(
  text: string,
  env: Environment['env'],
): LoadedConfig | { readonly problems: readonly ConfigProblem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ message, pos: [offset] }) => {
        const { line, col } = lines.linePos(offset)
        return { path: '', message, line, column: col }
      }),
    }
  }
  const raw: unknown = document.toJS() ?? {}
  const keys = configKeys()
  const replaced = isRecord(raw) ? applyEnvironment(raw, keys, env) : new Map<string, string>()
  const parsed = launchConfigSchema.safeParse(raw)
  const contents = document.contents as Node | null
  if (!parsed.success) {
    const keysAt = (path: string): string[] => keysBelow(keys, path)
    return { problems: problemsOf(parsed.error.issues, { contents, lines, env: replaced, raw, keysAt }) }
  }
  const origins = new Map<string, Origin>()
  for (const { path, default: preset } of keys) {
    const name = replaced.get(path)
    const offset = offsetOf(contents, path.split('.'))
    if (name !== undefined) origins.set(path, { kind: 'env', name })
    else if (offset !== undefined) origins.set(path, { kind: 'file', line: lines.linePos(offset).line })
    else if (preset !== undefined) origins.set(path, { kind: 'default' })
  }
  return { config: parsed.data, origins }
}

function invalid(file: string, problems: readonly ConfigProblem[]): AppError {
  const lines = problems.map((problem) => describeProblem(problem, CONFIG_FILE))
  const message = lines.length === 1 ? `${lines[0]}.` : `${file} has ${lines.length} errors:\n  ${lines.join('\n  ')}`
  return new AppError('CONFIG_INVALID', message.replace(/\?\.$/, '?'), { details: { file, problems } })
}

/** Puts TESSERA_… values into `raw` and returns dotted path -> variable for those used. */
function applyEnvironment(
  raw: Record<string, unknown>,
  keys: readonly ConfigKey[],
  env: Environment['env'],
): Map<string, string> {
  const used = new Map<string, string>()
  for (const key of keys) {
    const value = env[key.env]
    if (value === undefined || value === '') continue
    const path = key.path.split('.')
    let group = raw
    for (const step of path.slice(0, -1)) {
      const next = group[step]
      // One passphrase source replaces another; they do not add up.
      group[step] = isRecord(next) && step !== 'keyPassphrase' ? next : {}
      group = group[step] as Record<string, unknown>
    }
    group[path.at(-1) ?? ''] = value
    used.set(key.path, key.env)
  }
  return used
}

function keysBelow(keys: readonly ConfigKey[], path: string): string[] {
  const prefix = path === '' ? '' : `${path}.`
  const names = keys.filter((key) => key.path.startsWith(prefix)).map((key) => key.path.slice(prefix.length))
  const own = names.map((name) => name.split('.')[0] ?? name)
  return [...new Set(path === '' ? ['version', ...own] : own)]
}

function offsetOf(contents: Node | null, path: readonly string[]): number | undefined {
  let node: unknown = contents
  let offset: number | undefined
  for (const step of path) {
    const pair = isMap(node) ? node.items.find((item) => String(item.key) === step) : undefined
    if (pair === undefined) return undefined
    offset = (pair.key as Node).range?.[0]
    node = pair.value
  }
  return offset
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
