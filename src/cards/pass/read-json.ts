import { type JsonMember, type JsonNode, JsonSourceError } from '../design/json-source.js'
import type { Slip, SlipKind, TextEdit } from './slip.js'

/** Bounds of what is read; real passes have a hundredth of it. */
export const JSON_LIMITS = { depth: 100, values: 200_000, slips: 20_000 } as const

/** A text with mistakes that can be passed over, read. */
export interface ReadJson {
  /** Places are those of the text as given. */
  readonly root: JsonNode
  /** In the order of the text. */
  readonly slips: readonly Slip[]
}

const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const SPACE = /\s/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD_PART = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\([\s\S])|([\u0000-\u001f])/g
const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' }
const [QUOTE, BACKSLASH, SLASH, STAR] = [0x22, 0x5c, 0x2f, 0x2a]

/**
 * Reads JSON and what Wallet's own parser and hand-written passes let through: superfluous commas, comments, control
 * characters and unknown escapes in strings, exotic white space, keys that occur twice. Time and memory grow with the
 * length of the text, whatever it holds.
 *
 * @throws JsonSourceError with the offset, when it is not JSON even so, or beyond {@link JSON_LIMITS}
 */
export function readJson(text: string): ReadJson {
  const slips: Slip[] = []
  let at = 0
  let values = 0
  let mended = 0

  function fail(expected: string): never {
    const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'the end'
    throw new JsonSourceError(`expected ${expected}, found ${found}`, at)
  }
  function slip(kind: SlipKind, start: number, end: number, replacement?: string): void {
    keep({ kind, start, end, edits: replacement === undefined ? [] : [{ start, end, text: replacement }] })
  }
  function keep(found: Slip): void {
    if (slips.length >= JSON_LIMITS.slips) throw tooMany()
    slips.push(found)
  }
  function tooMany(): JsonSourceError {
    return new JsonSourceError(`more than ${JSON_LIMITS.slips} mistakes`, at)
  }

  function gap(): void {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue
      if (code === SLASH) {
        const start = at
        if (!skipComment()) return
        slip('comment', start, at, '')
        at--
      } else if (code === 0 || code === 0xfeff || (code > 0x7f || code < 0x20 ? SPACE.test(text.charAt(at)) : false))
        slip('white-space', at, at + 1, ' ')
      else return
    }
  }

  /** True when a comment stood there; it ends before its line break, or behind its closing mark. */
  function skipComment(): boolean {
    const next = text.charCodeAt(at + 1)
    if (next === SLASH) {
      for (at += 2; at < text.length && text[at] !== '\n' && text[at] !== '\r'; ) at++
      return true
    }
    const end = next === STAR ? text.indexOf('*/', at + 2) : -1
    if (end < 0) return false
    at = end + 2
    return true
  }

  /** Reads what stands between brackets. */
  function list(close: string, readItem: () => void): void {
    at++
    let items = 0
    let comma: number | undefined
    for (;;) {
      gap()
      const character = text.charAt(at)
      if (character === close) {
        if (comma !== undefined) slip('trailing-comma', comma, comma + 1, '')
        at++
        return
      }
      if (character === ',') {
        if (items === 0 || comma !== undefined) slip('extra-comma', at, at + 1, '')
        else comma = at
        at++
        continue
      }
      if (items > 0 && comma === undefined) fail(`"," or "${close}"`)
      readItem()
      items++
      comma = undefined
    }
  }

  function readObject(start: number, depth: number): JsonNode {
    const members: JsonMember[] = []
    const seen = new Map<string, number>()
    list('}', () => {
      const keyStart = at
      if (text.charCodeAt(at) !== QUOTE) fail('a key in double quotes')
      const key = readString('a key in double quotes')
      const keySpan = { start: keyStart, end: at }
      const before = seen.get(key)
      // The last one counts; the one before goes, with the comma behind it.
      if (before !== undefined) {
        const from = members[before]?.keySpan.start ?? keyStart
        const behind = members[before]?.value.end ?? keyStart
        const edits = [{ start: from, end: commaBehind(behind) + 1, text: '' }]
        keep({ kind: 'duplicate-key', start: keyStart, end: at, edits })
      }
      seen.set(key, members.length)
      gap()
      if (text.charAt(at) !== ':') fail('":"')
      at++
      members.push({ key, keySpan, value: readValue(depth + 1) })
    })
    return { kind: 'object', start, end: at, members }
  }

  /** The comma that follows a member which another one follows; only white space and comments lie between. */
  function commaBehind(from: number): number {
    const back = at
    const told = slips.length
    at = from
    gap()
    slips.length = told
    const comma = at
    at = back
    return comma
  }

  function readArray(start: number, depth: number): JsonNode {
    const items: JsonNode[] = []
    list(']', () => items.push(readValue(depth + 1)))
    return { kind: 'array', start, end: at, items }
  }

  function readString(expected: string): string {
    const start = at
    let end = at + 1
    let plain = true
    for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(end)) {
      if (code < 0x20 || code === BACKSLASH) plain = false
      end += code === BACKSLASH ? 2 : 1
      if (end >= text.length) fail(expected)
    }
    at = end + 1
    if (plain) return text.slice(start + 1, end)
    const value = JSON.parse(mendString(start, at)) as string
    if (LONE.test(value)) slip('lone-surrogate', start, at)
    return value
  }

  /** A quoted string with its control characters escaped; an escape that JSON does not know becomes its character. */
  function mendString(start: number, end: number): string {
    const raw = text.slice(start, end)
    const bad = new Map<SlipKind, TextEdit[]>()
    const strict = raw.replaceAll(BAD_PART, (part, escaped, control, offset) => {
      const character = escaped ?? control
      if (character === undefined) return part
      // One string may hold millions of them.
      if (++mended > JSON_LIMITS.slips) throw tooMany()
      const kind = escaped === undefined ? 'control-character' : 'unknown-escape'
      const replacement = character < ' ' ? escapeControl(character) : character
      const edits = bad.get(kind) ?? []
      edits.push({ start: start + offset, end: start + offset + part.length, text: replacement })
      bad.set(kind, edits)
      return replacement
    })
    for (const [kind, edits] of bad) keep({ kind, start: edits[0]?.start ?? start, end, edits })
    return strict
  }

  function readValue(depth: number): JsonNode {
    gap()
    if (depth > JSON_LIMITS.depth) throw new JsonSourceError(`nested deeper than ${JSON_LIMITS.depth} levels`, at)
    if (++values > JSON_LIMITS.values) throw new JsonSourceError('more than 200,000 values', at)
    const start = at
    const character = text.charAt(at)
    if (character === '{') return readObject(start, depth)
    if (character === '[') return readArray(start, depth)
    if (character === '"') return { kind: 'scalar', start, value: readString('a value'), end: at }
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[0] ?? fail('a value')
    at += word.length
    const value = JSON.parse(word) as number | boolean | null
    if (typeof value === 'number' && !Number.isFinite(value)) slip('number-range', start, at)
    return { kind: 'scalar', start, end: at, value }
  }

  const root = readValue(0)
  gap()
  if (at < text.length) fail('nothing more')
  return { root, slips: slips.sort((a, b) => a.start - b.start) }
}

function escapeControl(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
