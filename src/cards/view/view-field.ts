import { type DateContext, formatDate } from './format-date.js'
import { formatNumber } from './format-number.js'
import { attributedRuns, detectRuns } from './text-runs.js'
import type { TextRun, ViewField } from './types.js'

export interface FieldContext extends DateContext {
  translate(text: string): string
}

/** Characters. */
const LONGEST_SEARCHED = 20_000

const ALIGNMENTS: Readonly<Record<string, ViewField['alignment']>> = {
  PKTextAlignmentLeft: 'left',
  PKTextAlignmentCenter: 'center',
  PKTextAlignmentRight: 'right',
}

/** One field as the phone writes it: translated, formatted, its links found. */
export function viewField(
  field: Readonly<Record<string, unknown>>,
  context: FieldContext & { readonly path: string; readonly onBack: boolean },
): ViewField {
  const { translate, path, onBack } = context
  const { key, label, attributedValue, changeMessage, textAlignment, row } = field
  const value = typeof field.value === 'number' || typeof field.value === 'string' ? field.value : ''
  const runs = runsOf()
  return {
    key: typeof key === 'string' ? key : '',
    label: typeof label === 'string' ? translate(label) : '',
    text: runs.map(({ text }) => text).join(''),
    value,
    alignment: ALIGNMENTS[String(textAlignment)] ?? 'natural',
    ...(runs.some(({ href }) => href !== undefined) ? { runs } : {}),
    ...(typeof changeMessage === 'string' && changeMessage !== '' ? { changeMessage: translate(changeMessage) } : {}),
    row: row === 1 ? 1 : 0,
    path,
  }

  function runsOf(): readonly TextRun[] {
    if (typeof attributedValue === 'number') return [{ text: String(attributedValue) }]
    // Looking for links in longer ones would take long, and no holder reads them.
    const isShort = (text: string) => text.length <= LONGEST_SEARCHED
    if (typeof attributedValue === 'string' && attributedValue !== '') {
      const text = translate(attributedValue)
      return isShort(text) ? attributedRuns(text) : [{ text }]
    }
    const text = plainText()
    return onBack && isShort(text) ? detectRuns(text, field.dataDetectorTypes) : [{ text }]
  }

  function plainText(): string {
    if (typeof value === 'number') return formatNumber(value, field, context.locale)
    return formatDate(field, context) ?? translate(value)
  }
}
