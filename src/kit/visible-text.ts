/** Control characters, and those that turn the direction of the text around them. */
const STEERING = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu

/**
 * A text from elsewhere, such as a name in an archive, with what would steer a terminal spelled out: `\x1b[31m`,
 * `\u202e`.
 */
export function visibleText(text: string): string {
  return text.replaceAll(STEERING, (one) => {
    const code = one.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
