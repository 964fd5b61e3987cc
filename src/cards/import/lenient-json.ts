import { JsonSourceError } from '../design/json-source.js'

export interface MendedJson {
  /** Strict JSON; everything that needed no mending is kept, character by character. */
  readonly text: string
  /** What was mended, in the order of the text. */
  readonly mends: readonly JsonMend[]
}

export interface JsonMend {
  /** Such as `a comma before a closing bracket`. */
  readonly what: string
  /** Line of the text as given, from 1. */
  readonly line: number
}

const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** A quoted string, where control characters and unknown escapes are let through. */
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const COMMENT = /\/\/[^\n\r]*|\/\*[\s\S]*?\*\//y
const SPACE = /\s/
const STRICT_SPACE = /[ \t\n\r]/
const MAX_DEPTH = 100

/**
 * Makes strict JSON of what Wallet's own parser and hand-written passes let through: superfluous commas, comments,
 * control characters and unknown escapes in strings, exotic white space, keys that occur twice (the last one counts).
 * Valid JSON comes back as it is.
 *
 * @throws JsonSourceError with the offset, when it is not JSON even so
 */
export function mendJson(text: string): MendedJson {
  const out: string[] = []
  const mends: { what: string; at: number }[] = []
  let at = 0

  function fail(expected: string): never {
    const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'the end'
    throw new JsonSourceError(`expected ${expected}, found ${found}`, at)
  }
  function mend(what: string, offset: number): void {
    mends.push({ what, at: offset })
  }
  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  function gap(): void {
    for (;;) {
      const character = text.charAt(at)
      if (STRICT_SPACE.test(character)) out.push(character)
      else if (character !== '' && (SPACE.test(character) || character === '\ufeff' || character === '\0')) {
        mend('white space that JSON does not know', at)
        out.push(' ')
      } else {
        const start = at
        if (match(COMMENT) === undefined) return
        mend('a comment', start)
        continue
      }
      at++
    }
  }

  /** Reads what stands between brackets; commas too many are dropped, and the gaps around them stay. */
  function list(open: string, close: string, readItem: () => void, commaRead: () => void = () => undefined): void {
    out.push(open)
    at++
    let items = 0
    let comma: number | undefined
    for (;;) {
      gap()
      const character = text.charAt(at)
      if (character === close) {
        if (comma !== undefined) {
          mend('a comma before a closing bracket', at)
          out[comma] = ''
        }
        out.push(close)
        at++
        return
      }
      if (character === ',') {
        if (items === 0 || comma !== undefined) mend('a comma too many', at)
        else {
          comma = out.length
          out.push(',')
          commaRead()
        }
        at++
        continue
      }
      if (items > 0 && comma === undefined) fail(`"," or "${close}"`)
      readItem()
      items++
      comma = undefined
    }
  }

  function readObject(depth: number): void {
    /** Key -> the pieces of its member, the comma behind it included. */
    const seen = new Map<string, { start: number; end: number }>()
    let current: { start: number; end: number } | undefined
    const readMember = (): void => {
      const offset = at
      const start = out.length
      const raw = readString() ?? fail('a key in double quotes')
      const key = JSON.parse(raw) as string
      const before = seen.get(key)
      if (before !== undefined) {
        mend(`the key ${raw} for the second time`, offset)
        out.fill('', before.start, before.end)
      }
      out.push(raw)
      gap()
      if (text.charAt(at) !== ':') fail('":"')
      out.push(':')
      at++
      readValue(depth + 1)
      current = { start, end: out.length }
      seen.set(key, current)
    }
    list('{', '}', readMember, () => {
      if (current !== undefined) current.end = out.length
    })
  }

  function readString(): string | undefined {
    const start = at
    const raw = match(STRING)
    return raw === undefined ? undefined : mendString(raw, (what) => mend(what, start))
  }

  function readValue(depth: number): void {
    gap()
    if (depth > MAX_DEPTH) throw new JsonSourceError(`nested deeper than ${MAX_DEPTH} levels`, at)
    const character = text.charAt(at)
    if (character === '{') readObject(depth)
    else if (character === '[') list('[', ']', () => readValue(depth + 1))
    else out.push(readString() ?? match(WORD) ?? fail('a value'))
  }

  readValue(0)
  gap()
  if (at < text.length) fail('nothing more')
  return { text: out.join(''), mends: withLines(text, mends) }
}

/** Counts lines once over the whole text, however much was mended. */
function withLines(text: string, mends: readonly { what: string; at: number }[]): JsonMend[] {
  let line = 1
  let next = text.indexOf('\n')
  return mends
    .toSorted((a, b) => a.at - b.at)
    .map(({ what, at }) => {
      while (next !== -1 && next < at) {
        line++
        next = text.indexOf('\n', next + 1)
      }
      return { what, line }
    })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD_PART = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\([\s\S])|([\u0000-\u001f])/g
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' }

/** A quoted string with its control characters escaped; an escape that JSON does not know becomes its character. */
function mendString(raw: string, mend: (what: string) => void): string {
  const told = new Set<string>()
  const tell = (what: string): void => {
    if (!told.has(what)) mend(what)
    told.add(what)
  }
  return raw.replaceAll(BAD_PART, (part, escaped: string | undefined, control: string | undefined) => {
    if (escaped !== undefined) {
      tell('an unknown escape in a string')
      return isControl(escaped) ? escapeControl(escaped) : escaped
    }
    if (control === undefined) return part
    tell('a line break or control character in a string')
    return escapeControl(control)
  })
}

function isControl(character: string): boolean {
  return character < ' '
}

function escapeControl(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
