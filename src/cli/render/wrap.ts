import { textWidth } from './width.js'

/** Breaks a text into lines of at most `width` columns between words; a longer word stays whole, so that it can be copied. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

/** As wrapText, but words that are too long are broken as well: for a piece of code, which may have no spaces. */
export function wrapCode(text: string, width: number): string[] {
  return wrapText(text, width).flatMap((line) => {
    const parts: string[] = []
    let part = ''
    for (const character of line) {
      if (textWidth(part) + textWidth(character) > width) {
        parts.push(part)
        part = ''
      }
      part += character
    }
    return [...parts, part]
  })
}
