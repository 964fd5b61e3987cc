import { type JsonObjectNode, jsonMember } from '../design/json-source.js'
import type { CardData, FieldValue } from '../model.js'
import type { FieldSpec } from '../values/types.js'
import { jsonString, jsonValue } from './json-text.js'
import type { Edit, Hole, ObjectEdits } from './parts.js'

export interface FieldContext {
  /** Text of pass.json. */
  readonly source: string
  /** Currency of money fields that name none. */
  readonly currency: string | undefined
}

/** How one field object of pass.json changes with the card. */
export function fieldEdits(field: JsonObjectNode, spec: FieldSpec, context: FieldContext): ObjectEdits {
  const own = jsonMember(field, 'value')
  const ownText = own === undefined ? '""' : context.source.slice(own.start, own.end)
  const write: (value: FieldValue) => string = spec.type === 'date' ? jsonDate : jsonValue
  const { key } = spec
  const value: Hole = (card) => {
    const given = cardValue(card, key)
    return given === undefined ? ownText : write(given)
  }
  const members = new Map<string, Edit>([['value', { kind: 'set', value }]])
  if (spec.type === 'money') return { members, tail: moneyTail(field, spec, context) }
  if (spec.type === 'date') return { members, tail: dateTail(field, key) }
  return { members }
}

/** The card's own value of a field. What is not text or a number (a key such as `constructor`) is none. */
export function cardValue(card: CardData, key: string): FieldValue | undefined {
  const value = card.values[key]
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

/** Wallet formats an amount by its currency code, which goes with numbers only and not beside a numberStyle. */
function moneyTail(field: JsonObjectNode, spec: FieldSpec, context: FieldContext): Hole[] {
  const currency = spec.currency ?? context.currency
  if (currency === undefined || has(field, 'currencyCode') || has(field, 'numberStyle')) return []
  const text = `,"currencyCode":${jsonString(currency)}`
  const own = jsonMember(field, 'value')
  const ownIsNumber = own?.kind === 'scalar' && typeof own.value === 'number'
  return [(card) => (typeof (cardValue(card, spec.key) ?? (ownIsNumber ? 0 : '')) === 'number' ? text : '')]
}

/**
 * Wallet shows a date in the holder's language when it has a style, and moves it to the phone's time zone unless told
 * otherwise: a birthday would become the day before.
 */
function dateTail(field: JsonObjectNode, key: string): Hole[] {
  const styled = has(field, 'dateStyle') || has(field, 'timeStyle') || has(field, 'isRelative')
  const style = styled ? '' : ',"dateStyle":"PKDateStyleMedium"'
  const zone = has(field, 'ignoresTimeZone') ? '' : ',"ignoresTimeZone":true'
  if (style === '' && zone === '') return []
  return [
    (card) => {
      const value = cardValue(card, key)
      if (typeof value !== 'string') return ''
      return isPlainDate(value) ? style + zone : style
    },
  ]
}

/** Wallet wants a time and zone with every date. */
function jsonDate(value: FieldValue): string {
  return typeof value === 'string' && isPlainDate(value) ? `"${value}T00:00:00Z"` : jsonValue(value)
}

function isPlainDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value)
}

function has(field: JsonObjectNode, key: string): boolean {
  return jsonMember(field, key) !== undefined
}
