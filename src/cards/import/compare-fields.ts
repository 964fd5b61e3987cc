import type { PassSource, SourceField } from '../pass/pass-source.js'
import { parseDate } from '../values/parse-date.js'
import { readDecimal } from '../values/parse-number.js'
import { parseEmail } from '../values/parse-text.js'
import { fieldRoles, ladderOf, looksLikeName } from './field-roles.js'
import { currencyOf, type Guess, moneyGuess } from './guess-field.js'
import type { SuggestOptions } from './suggest-fields.js'

/** What differs between passes of the same kind is the member's. Undefined when all passes agree. */
export function compareField(
  field: SourceField,
  pass: PassSource,
  others: readonly PassSource[],
  { locale }: SuggestOptions,
): Guess | undefined {
  const found = [field, ...others.flatMap((other) => other.fields.find(({ key }) => key === field.key) ?? [])]
  const values = found.flatMap(({ value }) => (value === undefined ? [] : [value]))
  const count = others.length + 1
  if (new Set(values).size < 2) return undefined
  const why = `differs between the ${count} passes`
  const required = values.length === count && values.every((value) => value !== '')
  const texts = values.map((value) => String(value).trim()).filter((text) => text !== '')
  const roles = fieldRoles(field.key, field.labels)

  const amounts = texts.every((text) => readDecimal(text, { locale }).ok)
  if (amounts && found.some(({ json }) => json.currencyCode !== undefined)) return moneyGuess(why, currencyOf(field))
  const counts = values.every((value) => typeof value === 'number') || (amounts && roles.has('points'))
  if (counts) return { type: 'number', about: 'points', why, required: false, default: '0' }
  if (texts.every((text) => parseDate(text, { locale }).ok)) return { type: 'date', about: 'date', why, required }
  if (texts.every((text) => parseEmail(text).ok)) return { type: 'email', about: 'email', why, required: false }

  const distinct = [...new Set(texts)]
  const ladder = ladderOf(texts[0] ?? '', [...distinct, ...pass.translations.keys()])
  if (ladder !== undefined && distinct.every((text) => ladder.includes(text)))
    return { type: 'enum', about: 'level', why, required: false, options: ladder, default: ladder[0] ?? '' }
  // A few values for many passes are a choice; anything else is free text.
  if (count >= 6 && distinct.length * 3 <= count && distinct.every((text) => text.length <= 40))
    return { type: 'enum', about: roles.has('level') ? 'level' : 'place', why, required, options: distinct.sort() }
  const about = texts.every(looksLikeName)
    ? 'name'
    : roles.has('level')
      ? 'level'
      : texts.every((text) => /\d/.test(text)) || roles.has('number')
        ? 'number'
        : 'other'
  return { type: 'text', about, why, required: required && (about === 'name' || about === 'number') }
}
