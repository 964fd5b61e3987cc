const CANDIDATES = [',', ';', '\t', '|'] as const

/** How many of the first rows vote. */
const ROWS = 20

/**
 * The delimiter of a CSV text: the candidate that splits the first rows into the most columns while agreeing on how
 * many. Quoted parts do not count. A file with one column has none; then a comma does no harm.
 */
export function detectDelimiter(text: string): string {
  const rows = firstRows(text)
  let best = ','
  let bestScore = 0
  for (const candidate of CANDIDATES) {
    const counts = rows.map((row) => row.split(candidate).length - 1)
    const header = counts[0] ?? 0
    const agreeing = counts.filter((count) => count === header).length
    const score = header === 0 ? 0 : header * (agreeing / counts.length) ** 2
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return best
}

/** The first rows with everything inside quotes taken out. */
function firstRows(text: string): string[] {
  const rows: string[] = []
  let row = ''
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '\n' || character === '\r') {
      if (row !== '' && rows.push(row) >= ROWS) return rows
      row = ''
    } else row += character
  }
  if (row !== '') rows.push(row)
  return rows
}
