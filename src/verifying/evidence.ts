import type { PassText } from '../cards/pass/read-pass-text.js'
import type { Finding } from '../kit/findings.js'
import { visibleText } from '../kit/visible-text.js'

/** Characters of a line that are shown. */
const LONGEST = 100
const SECRET = 'authenticationToken'

/**
 * Adds to findings in pass.json what stands there: the line, or of a long one the part around the place. The token that
 * lets whoever knows it change the card is never shown.
 */
export function withEvidence(findings: readonly Finding[], text: PassText): readonly Finding[] {
  let lines: readonly string[] | undefined
  return findings.map((finding) => {
    const { place, evidence } = finding
    if (evidence !== undefined || place.file !== 'pass.json' || place.line === undefined) return finding
    lines ??= withoutSecrets(text).split('\n')
    const shown = excerpt(lines[place.line - 1] ?? '', (place.column ?? 1) - 1)
    return shown === '' ? finding : { ...finding, evidence: shown }
  })
}

/** The part of a line around a column, from 0; printable. */
function excerpt(line: string, column: number): string {
  const indent = line.length - line.trimStart().length
  const whole = line.trim()
  if (whole.length <= LONGEST) return visibleText(whole)
  // A third of what is shown stands before the place, so that the key is seen with its value.
  const from = Math.max(0, Math.min(column - indent - Math.floor(LONGEST / 3), whole.length - LONGEST))
  const part = whole.slice(from, from + LONGEST).toWellFormed()
  return visibleText(`${from > 0 ? '…' : ''}${part}${from + LONGEST < whole.length ? '…' : ''}`)
}

/** The text, as long as it was, with the characters of tokens replaced. */
function withoutSecrets(text: PassText): string {
  return text.ok ? maskedByPlace(text) : maskedByLooks(text.text)
}

function maskedByPlace({ text, root: read }: Extract<PassText, { ok: true }>): string {
  const root = read()
  if (root.kind !== 'object') return text
  return mask(
    text,
    root.members.filter(({ key }) => key === SECRET).map(({ value }) => value),
  )
}

/** Of a text that is no JSON: what follows the key, up to the end of the line. */
function maskedByLooks(text: string): string {
  const spans = [...text.matchAll(/authenticationToken\b[^\n]*/gi)].map(({ index, 0: found }) => ({
    start: index + SECRET.length,
    end: index + found.length,
  }))
  return mask(text, spans)
}

/** Puts the text together once, since a hostile one may hold the key a hundred thousand times. */
function mask(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  const parts: string[] = []
  let done = 0
  for (const { start, end } of spans) {
    parts.push(text.slice(done, start), text.slice(start, end).replaceAll(/[^"\s]/g, '*'))
    done = end
  }
  return [...parts, text.slice(done)].join('')
}
