/** Inline images as iTerm2 invented them; WezTerm, VS Code and mintty show them too. Source: iterm2.com/documentation-images. */
export function itermSequence(png: Uint8Array, { columns, still }: { columns: number; still: boolean }): string {
  const keys = `size=${png.length};width=${columns};preserveAspectRatio=1;inline=1${still ? ';doNotMoveCursor=1' : ''}`
  return `\u001b]1337;File=${keys}:${Buffer.from(png).toString('base64')}\u0007`
}
