/** A text from elsewhere, such as a name in an archive, with what would steer a terminal spelled out: `\x1b[31m`. */
export function visibleText(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
