/** What one escape sequence of the protocol may carry. */
const CHUNK = 4096

/**
 * The kitty graphics protocol: a PNG, scaled to that many columns. Source: sw.kovidgoyal.net/kitty/graphics-protocol.
 *
 * @returns the escape sequences, in their order; one to a PNG of up to 3 KB, else several.
 */
export function kittySequences(png: Uint8Array, { columns, still }: { columns: number; still: boolean }): string[] {
  const data = Buffer.from(png).toString('base64')
  const sequences: string[] = []
  for (let at = 0; at === 0 || at < data.length; at += CHUNK) {
    const more = at + CHUNK < data.length ? 1 : 0
    // a=T: transmit and show. f=100: PNG. q=2: no answers, which would end up at the shell. C=1: leave the cursor.
    const keys = at === 0 ? `a=T,f=100,q=2,c=${columns}${still ? ',C=1' : ''},m=${more}` : `q=2,m=${more}`
    sequences.push(`\u001b_G${keys};${data.slice(at, at + CHUNK)}\u001b\\`)
  }
  return sequences
}
