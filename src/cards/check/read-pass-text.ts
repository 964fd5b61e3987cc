import { type JsonNode, JsonSourceError, parseJsonSource } from '../design/json-source.js'

/** Something in the text of pass.json that strict readers refuse and that can be passed over. */
export interface Slip {
  readonly kind: 'byte-order-mark' | 'comment' | 'trailing-comma' | 'duplicate-key'
  /** Offsets in the text without the byte order mark. */
  readonly start: number
  readonly end: number
}

export type PassText =
  | {
      readonly ok: true
      /** Without the byte order mark; slips are blanked out. */
      readonly text: string
      readonly root: JsonNode
      readonly json: Readonly<Record<string, unknown>>
      readonly slips: readonly Slip[]
    }
  | {
      readonly ok: false
      readonly text: string
      /** What is wrong, without a full stop. */
      readonly reason: string
      /** Absent when the whole file is concerned. */
      readonly offset?: number
      readonly encoding?: true
      readonly slips: readonly Slip[]
    }

const BYTE_ORDER_MARK = '\ufeff'

/**
 * Reads pass.json as far as it can be read: comments, trailing commas and a byte order mark are passed over and
 * reported as slips. Never throws.
 */
export function readPassText(bytes: Uint8Array): PassText {
  const decoded = decode(bytes)
  if (decoded === undefined) {
    return { ok: false, text: '', reason: 'pass.json is not UTF-8 text', encoding: true, slips: [] }
  }
  const marked = decoded.startsWith(BYTE_ORDER_MARK)
  const source = marked ? decoded.slice(1) : decoded
  const slips = findSlips(source)
  if (marked) slips.unshift({ kind: 'byte-order-mark', start: 0, end: 0 })
  const text = blankOut(source, slips)
  try {
    const root = parseJsonSource(text, {
      onDuplicate: ({ start, end }) => slips.push({ kind: 'duplicate-key', start, end }),
    })
    if (root.kind !== 'object') {
      return { ok: false, text, reason: 'pass.json must be an object, in braces', offset: root.start, slips }
    }
    return { ok: true, text, root, json: JSON.parse(text) as Record<string, unknown>, slips }
  } catch (error) {
    if (!(error instanceof JsonSourceError)) throw error
    return { ok: false, text, reason: error.message, offset: error.offset, slips }
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Strings are matched first, so that what looks like a comment inside of one is none. */
const COMMENT = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|(\/\/[^\n]*|\/\*[\s\S]*?\*\/)/g
const TRAILING_COMMA = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|(,)(?=[ \t\n\r]*[}\]])/g

function findSlips(text: string): Slip[] {
  const comments = matches(text, COMMENT, 'comment')
  const commas = matches(blankOut(text, comments), TRAILING_COMMA, 'trailing-comma')
  return [...comments, ...commas].sort((a, b) => a.start - b.start)
}

function matches(text: string, pattern: RegExp, kind: Slip['kind']): Slip[] {
  return [...text.matchAll(pattern)].flatMap((match) =>
    match[1] === undefined ? [] : [{ kind, start: match.index, end: match.index + match[1].length }],
  )
}

/** The text with spaces in place of the slips, which are in order; line breaks stay. */
function blankOut(text: string, slips: readonly Slip[]): string {
  let result = ''
  let done = 0
  for (const { start, end } of slips) {
    result += text.slice(done, start) + text.slice(start, end).replaceAll(/[^\n\r]/g, ' ')
    done = end
  }
  return result + text.slice(done)
}
