/** What lenient readers pass over in the text of a pass.json. */
export type SlipKind =
  | 'byte-order-mark'
  | 'wide-encoding'
  | 'not-utf-8'
  | 'comment'
  | 'trailing-comma'
  | 'extra-comma'
  | 'control-character'
  | 'unknown-escape'
  | 'white-space'
  | 'duplicate-key'
  | 'lone-surrogate'
  | 'number-range'

/** A change of a text, in offsets of the text before any change. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Something in the text of pass.json that strict readers refuse or read in different ways. */
export interface Slip {
  readonly kind: SlipKind
  /** Offsets in the decoded text, which is without byte order mark. */
  readonly start: number
  readonly end: number
  /** What makes strict JSON of it; none where it is strict JSON already, or concerns the file as a whole. */
  readonly edits: readonly TextEdit[]
  /** The encoding, in words: `UTF-16`. */
  readonly detail?: string
}

/**
 * The text after the edits. Of edits that overlap the one that begins first counts, and of those that begin together
 * the longest.
 */
export function applyEdits(
  text: string,
  edits: readonly TextEdit[],
): { readonly text: string; readonly applied: number } {
  const parts: string[] = []
  let done = 0
  let applied = 0
  for (const { start, end, text: added } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < done) continue
    parts.push(text.slice(done, start), added)
    done = end
    applied++
  }
  parts.push(text.slice(done))
  return { text: parts.join(''), applied }
}
