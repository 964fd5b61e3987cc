import type { ValueContext } from './context.js'
import { parseDate } from './parse-date.js'
import { parseMoney } from './parse-money.js'
import { parseNumber } from './parse-number.js'
import { parseEmail, parseEnum, parsePhone, parseText, parseUrl } from './parse-text.js'
import type { FieldSpec, Parsed } from './types.js'

/**
 * Reads one cell of a CSV as a value of its field. White space around it does not count.
 *
 * A reason completes the sentence `members.csv line 42: birthday "31/02/1990" …`. Called for every cell, hence quick:
 * no Intl object is made that was not made before.
 */
export function parseValue(spec: FieldSpec, raw: string, context: ValueContext): Parsed {
  const text = raw.trim()
  if (text === '') return { ok: false, reason: 'is empty' }
  switch (spec.type) {
    case 'text':
      return parseText(spec, text)
    case 'number':
      return parseNumber(spec, text, context)
    case 'money':
      return parseMoney(spec, text, context)
    case 'date':
      return parseDate(text, context)
    case 'phone':
      return parsePhone(text)
    case 'email':
      return parseEmail(text)
    case 'url':
      return parseUrl(text)
    case 'enum':
      return parseEnum(spec, text)
  }
}

/**
 * {@link parseValue} with the rules for empty cells: the default if the field has one, a reason if it is required,
 * undefined otherwise, which leaves the field as the design has it.
 *
 * @param raw undefined when the file has no such column
 */
export function parseCell(spec: FieldSpec, raw: string | undefined, context: ValueContext): Parsed | undefined {
  const text = raw === undefined || raw.trim() === '' ? spec.default : raw
  if (text !== undefined && text !== '') return parseValue(spec, text, context)
  return spec.required ? { ok: false, reason: 'is empty, but every card needs it' } : undefined
}
