import type { Design } from '../../cards/design/design.js'
import type { CardData, FieldValue } from '../../cards/model.js'
import { compileTextTemplate } from '../../cards/text-template.js'
import type { ValueContext } from '../../cards/values/context.js'
import { parseCell } from '../../cards/values/parse-value.js'
import { closest } from '../../kit/closest.js'
import { AppError } from '../../kit/errors/index.js'

/** What `--set` puts in place of a card's own. */
export interface SetValues {
  /** Undefined takes the value away: the design's own text is shown. */
  readonly values: ReadonlyMap<string, FieldValue | undefined>
  readonly serial?: string
  readonly barcode?: string
}

/**
 * Reads `--set field=value`, each value as a cell of a CSV would be read.
 *
 * @throws AppError USAGE that names the field
 */
export function parseSetValues(pairs: readonly string[], design: Design, context: ValueContext): SetValues {
  const values = new Map<string, FieldValue | undefined>()
  const own: { serial?: string; barcode?: string } = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1) throw new AppError('USAGE', `--set "${pair}" is not of the form field=value.`)
    const [key, text] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    const spec = design.fields.find((field) => field.key === key)
    if (spec === undefined) {
      if (key !== 'serial' && key !== 'barcode') throw unknownField(key, design)
      if (text === '') throw new AppError('USAGE', `--set ${key}: a card needs one.`)
      own[key] = text
      continue
    }
    const parsed = parseCell(spec, text, context)
    if (parsed?.ok === false) {
      throw new AppError('USAGE', `--set ${key}: "${text}" ${parsed.reason}.`, {
        hints: ['The value is read as a cell of a CSV is; `tessera design show NAME` lists the types.'],
        details: { field: key },
      })
    }
    values.set(key, parsed?.value)
  }
  return { values, ...own }
}

function unknownField(key: string, design: Design): AppError {
  const keys = [...design.fields.map((field) => field.key), 'serial', 'barcode']
  const guess = closest(key, keys)
  return new AppError('USAGE', `--set ${key}: the design "${design.name}" is fed no such field.`, {
    hints: [`It has ${keys.join(', ')}.`, ...(guess === undefined ? [] : [`Did you mean ${guess}?`])],
    details: { field: key },
  })
}

/**
 * A card with other values. The barcode of a sample follows its serial and values; that of an issued card stays what
 * tills know.
 */
export function withValues(card: CardData, set: SetValues, design: Design, kind: 'sample' | 'issued'): CardData {
  const values = { ...card.values }
  for (const [key, value] of set.values) {
    if (value === undefined) delete values[key]
    else values[key] = value
  }
  const serial = set.serial ?? card.serial
  const { barcode } = design.config
  const template = barcode !== undefined && 'value' in barcode ? barcode.value : undefined
  const made =
    kind === 'issued' || template === undefined ? card.barcode : compileTextTemplate(template)({ serial, values })
  return { ...card, serial, values, barcode: set.barcode ?? made }
}
