import type { Fonts, TextStyle } from './fonts.js'

const ELLIPSIS = '…'

/** The text, or as much of it as fits before an ellipsis, as phones do it. */
export function cutToWidth(fonts: Fonts, text: string, width: number, style: TextStyle): string {
  if (fonts.width(text, style) <= width) return text
  const characters = [...text]
  let fits = 0
  for (let low = 0, high = characters.length; low < high; ) {
    const middle = Math.ceil((low + high) / 2)
    const cut = characters.slice(0, middle).join('').trimEnd() + ELLIPSIS
    if (fonts.width(cut, style) <= width) low = fits = middle
    else high = middle - 1
  }
  return characters.slice(0, fits).join('').trimEnd() + ELLIPSIS
}

/**
 * Breaks a text into lines: at line breaks, between words, and inside a word that alone is wider than a line.
 *
 * @param maxLines the last of them is cut with an ellipsis when more would follow
 */
export function wrapText(
  fonts: Fonts,
  text: string,
  { width, maxLines = Number.POSITIVE_INFINITY, ...style }: TextStyle & { width: number; maxLines?: number },
): { readonly lines: readonly string[]; readonly truncated: boolean } {
  const lines = text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .flatMap((paragraph) => wrapParagraph(fonts, paragraph, width, style))
  if (lines.length <= maxLines) return { lines, truncated: false }
  const shown = lines.slice(0, maxLines)
  const last = shown.length - 1
  shown[last] = cutToWidth(fonts, `${shown[last]} ${lines[maxLines]}`, width, style)
  return { lines: shown, truncated: true }
}

function wrapParagraph(fonts: Fonts, paragraph: string, width: number, style: TextStyle): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/(?<=[ \t-])/)) {
    if (fonts.width((line + word).trimEnd(), style) <= width) {
      line += word
      continue
    }
    if (line !== '') lines.push(line.trimEnd())
    line = ''
    for (const character of word) {
      if (line !== '' && fonts.width(line + character, style) > width) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  lines.push(line.trimEnd())
  return lines
}
