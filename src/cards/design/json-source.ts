/** A place in a JSON text: offsets of the first character and of the one after the last. */
export interface JsonSpan {
  readonly start: number
  readonly end: number
}
export interface JsonMember {
  readonly key: string
  /** The key as written, with its quotes. */
  readonly keySpan: JsonSpan
  readonly value: JsonNode
}
export interface JsonObjectNode extends JsonSpan {
  readonly kind: 'object'
  readonly members: readonly JsonMember[]
}
export interface JsonArrayNode extends JsonSpan {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
}
export interface JsonScalarNode extends JsonSpan {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
}
export type JsonNode = JsonObjectNode | JsonArrayNode | JsonScalarNode

/** Thrown by {@link parseJsonSource}: what is wrong, and at which offset of the text. */
export class JsonSourceError extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.name = 'JsonSourceError'
    this.offset = offset
  }
}

const SPACE = /[ \t\n\r]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows no bare control characters in strings
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const MAX_DEPTH = 100

export interface JsonSourceOptions {
  /** Called with the place of a key that its object has already; such keys are refused when absent. */
  readonly onDuplicate?: (keySpan: JsonSpan) => void
}

/**
 * Reads JSON into nodes that know where they stand in the text. Numbers, escapes and the order of keys can so be
 * written again exactly as they were, which JSON.parse and JSON.stringify would not do. Strict RFC 8259; keys that
 * occur twice in one object are refused.
 */
export function parseJsonSource(text: string, { onDuplicate }: JsonSourceOptions = {}): JsonNode {
  let at = 0

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  function take(character: string): boolean {
    match(SPACE)
    if (text[at] !== character) return false
    at++
    return true
  }

  function fail(expected: string): never {
    const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'the end'
    throw new JsonSourceError(`expected ${expected}, found ${found}`, at)
  }

  function readKey(seen: Set<string>): { key: string; keySpan: JsonSpan } {
    match(SPACE)
    const start = at
    const raw = match(STRING) ?? fail('a key in double quotes')
    const key = JSON.parse(raw) as string
    if (seen.has(key)) {
      if (onDuplicate === undefined) throw new JsonSourceError(`the key ${raw} occurs twice in one object`, start)
      onDuplicate({ start, end: at })
    }
    seen.add(key)
    return { key, keySpan: { start, end: at } }
  }

  function readObject(start: number, depth: number): JsonObjectNode {
    const members: JsonMember[] = []
    const seen = new Set<string>()
    if (take('}')) return { kind: 'object', start, end: at, members }
    do {
      const head = readKey(seen)
      if (!take(':')) fail('":"')
      members.push({ ...head, value: readValue(depth + 1) })
    } while (take(','))
    if (!take('}')) fail('"," or "}"')
    return { kind: 'object', start, end: at, members }
  }

  function readArray(start: number, depth: number): JsonArrayNode {
    const items: JsonNode[] = []
    if (take(']')) return { kind: 'array', start, end: at, items }
    do items.push(readValue(depth + 1))
    while (take(','))
    if (!take(']')) fail('"," or "]"')
    return { kind: 'array', start, end: at, items }
  }

  function readValue(depth: number): JsonNode {
    match(SPACE)
    if (depth > MAX_DEPTH) throw new JsonSourceError(`nested deeper than ${MAX_DEPTH} levels`, at)
    const start = at
    if (take('{')) return readObject(start, depth)
    if (take('[')) return readArray(start, depth)
    const raw = match(STRING) ?? match(NUMBER) ?? match(WORD) ?? fail('a value')
    return { kind: 'scalar', start, end: at, value: JSON.parse(raw) as JsonScalarNode['value'] }
  }

  const root = readValue(0)
  match(SPACE)
  if (at < text.length) fail('nothing more')
  return root
}

/** The member's value of an object node, or undefined. */
export function jsonMember(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.find((member) => member.key === key)?.value : undefined
}

/** Line and column of an offset, both from 1; the column counts UTF-16 units, as editors do. */
export function linePosition(text: string, offset: number): { line: number; column: number } {
  let line = 1
  let lineStart = 0
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) {
    line++
    lineStart = next + 1
  }
  return { line, column: offset - lineStart + 1 }
}
