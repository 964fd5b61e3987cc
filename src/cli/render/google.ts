import type { GoogleNote, Outcome } from '../../cards/google/types.js'
import { plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { table } from './table.js'

const HEADINGS: readonly (readonly [outcome: Outcome, title: string])[] = [
  ['needed', 'Google needs'],
  ['lost', 'Lost'],
  ['shortened', 'Too long'],
  ['changed', 'Different'],
  ['maps', 'The same'],
  ['apple', 'Apple only'],
]

/** What maps where and what does not, the most urgent first. */
export function renderGoogleReport(report: readonly GoogleNote[], output: Output = process.stdout): string {
  return HEADINGS.flatMap(([outcome, title]) => {
    const notes = report.filter((note) => note.outcome === outcome)
    if (notes.length === 0) return []
    const rows = table(
      notes,
      [
        { title: 'APPLE', value: apple },
        { title: 'GOOGLE', value: ({ to }) => to ?? '-' },
        { title: 'WHY', value: ({ reason }) => reason },
      ],
      output,
    )
    return [`${paint('bold', title, output)} (${plural(notes.length, 'point')})\n${rows}`]
  }).join('\n\n')
}

/** `level (storeCard/headerFields/0)` */
function apple({ from, key }: GoogleNote): string {
  if (from === '') return '-'
  return key === undefined ? from : `${key} (${from})`
}
