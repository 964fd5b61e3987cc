import type { PassSource } from '../pass/pass-source.js'
import { parseValue } from '../values/parse-value.js'
import { type InventOptions, inventCell, inventCode } from './invent-value.js'
import { barcodesOf, serialOf } from './pass-codes.js'
import type { CodeSuggestion } from './suggest-codes.js'
import type { FieldSuggestion } from './suggest-fields.js'

/** What the sample of design.yaml says: cells as a CSV would have them, invented or the card's own. */
export function sampleCells(
  pass: PassSource,
  suggestions: readonly FieldSuggestion[],
  codes: CodeSuggestion,
  options: InventOptions & { readonly keepValues: boolean },
): Record<string, string> {
  // A pass may call its fields as it likes, `__proto__` included.
  const sample: Record<string, string> = Object.create(null)
  const serial = serialOf(pass)
  const cellOf = (own: string): string => (options.keepValues ? own : inventCode(own))
  const serialCell = serial === undefined || serial === 'TEMPLATE' ? undefined : cellOf(serial)
  if (serialCell !== undefined && codes.serialField === undefined) sample.serial = serialCell
  for (const suggestion of suggestions) {
    const own = String(pass.fields.find(({ key }) => key === suggestion.key)?.value ?? '').trim()
    const first = suggestion.key === codes.serialField ? serialCell : options.keepValues ? own : undefined
    // A value may look odd to those who read cells, such as 1e-7 for an amount.
    const cell = [first, inventCell(suggestion, own, options)].find(
      (candidate) => candidate !== undefined && candidate !== '' && isCell(suggestion, candidate, options.language),
    )
    if (cell !== undefined) sample[suggestion.key] = cell
  }
  if (codes.serialField !== undefined && serialCell !== undefined) sample.serial = serialCell
  const message = barcodesOf(pass)[0]?.message
  if (codes.barcode !== undefined && 'column' in codes.barcode && message !== undefined)
    sample.barcode = cellOf(message)
  return sample
}

function isCell(suggestion: FieldSuggestion, cell: string, locale: string): boolean {
  return parseValue(suggestion, cell, { locale }).ok
}

/** The language of the sample: English if the pass speaks it, else its first, else that of the launch. */
export function languageOf({ languages }: PassSource, locale: string): string {
  const known = languages
    .map((language) => language.split(/[-_]/)[0]?.toLowerCase() ?? '')
    .filter((code) => /^[a-z]{2,3}$/.test(code))
  return known.includes('en') ? 'en' : (known[0] ?? locale.split(/[-_]/)[0] ?? 'en')
}
