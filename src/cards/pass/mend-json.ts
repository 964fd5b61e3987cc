import { plainJson } from './plain-json.js'
import { readJson } from './read-json.js'
import { applyEdits, type Slip, type SlipKind } from './slip.js'

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

const WORDS: Readonly<Partial<Record<SlipKind, string>>> = {
  comment: 'a comment',
  'trailing-comma': 'a comma before a closing bracket',
  'extra-comma': 'a comma too many',
  'control-character': 'a line break or control character in a string',
  'unknown-escape': 'an unknown escape in a string',
  'white-space': 'white space that JSON does not know',
}

/**
 * Makes strict JSON of what {@link readJson} lets through. Valid JSON comes back as it is.
 *
 * @throws JsonSourceError with the offset, when it is not JSON even so
 */
export function mendJson(text: string): MendedJson {
  if (plainJson(text) !== undefined) return { text, mends: [] }
  const slips = readJson(text).slips.filter(({ edits }) => edits.length > 0)
  return { text: mendedText(text, slips), mends: withLines(text, slips) }
}

/** The text with the edits of its slips. */
export function mendedText(text: string, slips: readonly Slip[]): string {
  return slips.length === 0
    ? text
    : applyEdits(
        text,
        slips.flatMap(({ edits }) => edits),
      ).text
}

/** Counts lines once over the whole text, however much was mended. */
function withLines(text: string, slips: readonly Slip[]): JsonMend[] {
  let line = 1
  let next = text.indexOf('\n')
  return slips.map(({ kind, start, end }) => {
    while (next !== -1 && next < start) {
      line++
      next = text.indexOf('\n', next + 1)
    }
    const what = WORDS[kind] ?? `the key ${text.slice(start, end)} for the second time`
    return { what, line }
  })
}
