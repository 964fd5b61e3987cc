import { linePosition } from '../../design/json-source.js'
import { applyEdits, type TextEdit } from '../../pass/slip.js'

/** Neighbouring lines before and after. */
export interface ChangedLines {
  /** The first of them, from 1. */
  readonly line: number
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** The lines that edits touch, as they were and as they become. */
export function changedLines(text: string, edits: readonly TextEdit[]): ChangedLines[] {
  const lines = text.split('\n')
  const spans: { first: number; last: number; edits: TextEdit[] }[] = []
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const [first, last] = [linePosition(text, edit.start).line, linePosition(text, edit.end).line]
    const open = spans.at(-1)
    if (open !== undefined && first <= open.last) {
      open.last = Math.max(open.last, last)
      open.edits.push(edit)
    } else spans.push({ first, last, edits: [edit] })
  }
  return spans.map(({ first, last, edits: own }) => {
    const offset = first === 1 ? 0 : lines.slice(0, first - 1).join('\n').length + 1
    const before = lines.slice(first - 1, last)
    const moved = own.map(({ start, end, text: added }) => ({ start: start - offset, end: end - offset, text: added }))
    const after = applyEdits(before.join('\n'), moved).text
    return { line: first, before, after: after.split('\n') }
  })
}
