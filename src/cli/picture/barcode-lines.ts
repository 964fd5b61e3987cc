/** A barcode as squares, row by row. */
export interface Squares {
  readonly width: number
  readonly rows: number
  readonly dark: readonly boolean[]
}

export interface BarcodeLines {
  /** White squares around the code. */
  readonly quiet: number
  /** How many squares high a row is: 3 for PDF417, as many as wanted for codes of bars. */
  readonly rowHeight: number
  /** Black on white; without colours the light squares are drawn, which is right on a dark terminal. */
  readonly colours: boolean
}

/** A barcode of half blocks, two squares in a character. */
export function barcodeLines(squares: Squares, { quiet, rowHeight, colours }: BarcodeLines): string[] {
  const { width, rows } = squares
  const height = rows * rowHeight
  const isDark = (x: number, y: number): boolean =>
    x >= 0 && x < width && y >= 0 && y < height && squares.dark[Math.floor(y / rowHeight) * width + x] === true
  const lines: string[] = []
  for (let y = -quiet; y < height + quiet; y += 2) {
    let line = ''
    for (let x = -quiet; x < width + quiet; x++) {
      const [upper, lower] = [isDark(x, y), isDark(x, y + 1)]
      const drawn = colours ? [upper, lower] : [!upper, !lower]
      line += drawn[0] ? (drawn[1] ? '█' : '▀') : drawn[1] ? '▄' : ' '
    }
    lines.push(colours ? `\u001b[38;2;0;0;0;48;2;255;255;255m${line}\u001b[0m` : line)
  }
  return lines
}
