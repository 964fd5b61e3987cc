import { visibleText } from '../../kit/visible-text.js'
import { cutText } from './width.js'
import { wrapText } from './wrap.js'

/** Characters of a text from elsewhere that are looked at, whatever the terminal; --json has all. */
const LONGEST = 4000

/** A text from elsewhere on one line, no wider than `width` columns. */
export function oneLine(text: string, width: number): string {
  return cutText(visibleText(head(text, LONGEST).text.replaceAll(/\s+/g, ' ').trim()), width)
}

/** A text from elsewhere in lines of at most `width` columns; its own line breaks stay. Says what it left out. */
export function textBlock(text: string, { width, most }: { readonly width: number; readonly most: number }): string[] {
  const { text: start, cut } = head(text, LONGEST)
  const lines = start
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .flatMap((line) => (line.trim() === '' ? [''] : wrapText(visibleText(line), width)))
    .map((line) => cutText(line, width))
  while (lines.at(-1) === '') lines.pop()
  if (!cut && lines.length <= most) return lines
  return [...lines.slice(0, most), `… ${text.length.toLocaleString('en')} characters in all; --json has them`]
}

function head(text: string, most: number): { text: string; cut: boolean } {
  if (text.length <= most) return { text, cut: false }
  return { text: text.slice(0, most).replace(/[\ud800-\udbff]$/, ''), cut: true }
}
