import type { PassSource, SourceField } from '../pass/pass-source.js'
import { parseDate } from '../values/parse-date.js'
import { readDecimal } from '../values/parse-number.js'
import { parseEmail, parsePhone } from '../values/parse-text.js'
import { type FieldRole, fieldRoles, ladderOf, looksLikeFirstName, looksLikeName } from './field-roles.js'
import { barcodesOf, serialOf } from './pass-codes.js'
import type { FieldSuggestion, SuggestOptions } from './suggest-fields.js'

/** What is suggested for one field, apart from what the field itself says. */
export interface Guess extends Pick<FieldSuggestion, 'type' | 'why' | 'required' | 'default' | 'options' | 'currency'> {
  /** `other` is text of an unknown kind. */
  readonly about: 'name' | 'number' | 'points' | 'money' | 'level' | 'date' | 'email' | 'phone' | 'place' | 'other'
}

/** What marks the places of values in templates: `{{name}}`, `%%name%%`, `${name}`, `[[name]]`, `<name>`. */
const PLACEHOLDER = /^(?:\{\{?[^{}]+\}?\}|%%?[\w .-]+%%?|\$\{[^{}]+\}|\[\[[^[\]]+\]\]|<[\w .-]+>|TEMPLATE)$/
const GENERIC_MAILBOX =
  /^(?:info|support|hello|hi|contact|service|help|office|mail|team|care|no-?reply|kontakt|hilfe|kundenservice|contacto|ayuda|contatti|bonjour|press|jobs|feedback|meinenachricht|shop|store|sales|club|loyalty|bonus)\b/i

/** Judges a field by its key, labels and value. Undefined when it is probably the same on every card. */
export function guessField(field: SourceField, pass: PassSource, options: SuggestOptions): Guess | undefined {
  const roles = fieldRoles(field.key, field.labels)
  const { value } = field
  if (value === undefined) return undefined
  if (typeof value === 'number') return guessNumber(field, value, roles)
  const text = value.trim()
  return (
    guessCode(text, roles, pass) ??
    guessTemplate(text, field, roles) ??
    guessMoney(text, field, roles, options) ??
    guessDate(text, field, roles, options) ??
    guessAddress(text, field, roles) ??
    guessLevel(text, field, roles, pass) ??
    guessName(text, field, roles, pass) ??
    guessAmount(text, field, roles, options) ??
    guessText(text, field, roles, options)
  )
}

/** Three-letter code of a field, when it is one. */
export function currencyOf(field: SourceField): string | undefined {
  const code = field.json.currencyCode
  return typeof code === 'string' && /^[A-Z]{3}$/.test(code) ? code : undefined
}

export function moneyGuess(why: string, currency: string | undefined): Guess {
  return { type: 'money', about: 'money', why, required: false, default: '0', ...(currency ? { currency } : {}) }
}

function guessNumber(field: SourceField, value: number, roles: ReadonlySet<FieldRole>): Guess | undefined {
  const currency = currencyOf(field)
  if (field.json.currencyCode !== undefined) return moneyGuess('is an amount of money', currency)
  if (!field.front && !roles.has('points') && !roles.has('number')) return undefined
  if (roles.has('number') && !roles.has('points') && Number.isInteger(value) && value > 9999)
    return { type: 'text', about: 'number', why: 'is a long number that identifies', required: true }
  const why = roles.has('points') ? 'counts something: its label says so' : 'is a number'
  return { type: 'number', about: 'points', why, required: false, default: '0' }
}

function guessCode(text: string, roles: ReadonlySet<FieldRole>, pass: PassSource): Guess | undefined {
  if (text.length < 3) return undefined
  const about = roles.has('name') && looksLikeName(text) ? 'name' : 'number'
  const same = (why: string): Guess => ({ type: 'text', about, why, required: true })
  if (text === serialOf(pass)) return same('is the serial of the card')
  const codes = barcodesOf(pass)
  if (codes.some(({ message }) => message === text)) return same('says the same as the barcode')
  return codes.some(({ altText }) => altText === text) ? same('says the same as the text below the barcode') : undefined
}

function guessTemplate(text: string, field: SourceField, roles: ReadonlySet<FieldRole>): Guess | undefined {
  if (text !== '' && !PLACEHOLDER.test(text)) return undefined
  if (text === '' && !field.front) return undefined
  const why = text === '' ? 'has no value of its own' : 'has a placeholder for its value'
  if (roles.has('points')) return { type: 'number', about: 'points', why, required: false, default: '0' }
  const about = roles.has('name') && !roles.has('number') ? 'name' : roles.has('number') ? 'number' : 'other'
  return { type: 'text', about, why, required: about !== 'other' }
}

const SYMBOLS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₽': 'RUB',
  '₴': 'UAH',
  '₸': 'KZT',
  '₹': 'INR',
  '₺': 'TRY',
  $: 'USD',
}

function guessMoney(
  text: string,
  field: SourceField,
  roles: ReadonlySet<FieldRole>,
  { locale }: SuggestOptions,
): Guess | undefined {
  const currency = currencyOf(field)
  if (field.json.currencyCode !== undefined && readDecimal(text, { locale }).ok)
    return moneyGuess('is an amount of money', currency)
  const found = /^([€£₽₴₸₹₺$])?\s*([\d.,' \u00a0]*\d)\s*([€£₽₴₸₹₺$]|[A-Z]{3})?$/u.exec(text)
  const mark = found?.[1] ?? found?.[3]
  if (mark === undefined || !field.front || !(roles.has('points') || field.json.changeMessage !== undefined))
    return undefined
  if (!readDecimal(found?.[2] ?? '', { locale }).ok) return undefined
  return moneyGuess('is an amount of money', SYMBOLS[mark] ?? mark)
}

function guessDate(
  text: string,
  field: SourceField,
  roles: ReadonlySet<FieldRole>,
  { locale, style }: SuggestOptions,
): Guess | undefined {
  if (!parseDate(text, { locale }).ok) return undefined
  const own = roles.has('own-date') || roles.has('personal')
  // The day of an event is everybody's, and so is what a card says on its back of its conditions.
  if (!own && (style === 'eventTicket' || !field.front)) return undefined
  const styled = field.json.dateStyle !== undefined || field.json.timeStyle !== undefined
  const why = own ? 'is a date of the member or the card' : styled ? 'is a date, shown as one' : 'is a date'
  return { type: 'date', about: 'date', why, required: true }
}

/** Who is reached there is the shop, whatever else the label says. */
const OF_THE_SHOP =
  /service|support|hotline|help|contact|kontakt|store|shop|kundendienst|поддерж|служб|магазин|контакт/i

function guessAddress(text: string, field: SourceField, roles: ReadonlySet<FieldRole>): Guess | undefined {
  const names = [field.key, ...field.labels].join(' ')
  // On the back an address is the holder's only where the label says so.
  if (OF_THE_SHOP.test(names) || (!field.front && !roles.has('name'))) return undefined
  if (parseEmail(text).ok && !GENERIC_MAILBOX.test(text))
    return { type: 'email', about: 'email', why: 'is an e-mail address', required: false }
  const isPhone = /^\+?[\d\s()./-]{7,}$/.test(text) && parsePhone(text).ok
  if (!isPhone || !/phone|mobile|telefon|handy|móvil|movil|телефон|電話|电话|전화/i.test(names)) return undefined
  return { type: 'phone', about: 'phone', why: 'is a phone number', required: false }
}

function guessLevel(
  text: string,
  field: SourceField,
  roles: ReadonlySet<FieldRole>,
  pass: PassSource,
): Guess | undefined {
  const ladder = text.length > 40 ? undefined : ladderOf(text, pass.translations.keys())
  if (ladder === undefined && !(roles.has('level') && field.front && text.length <= 40)) return undefined
  if (!field.front && !roles.has('level')) return undefined
  const why = roles.has('level') ? 'is a level: its label says so' : 'looks like a level'
  if (ladder === undefined || ladder.length < 2) return { type: 'text', about: 'level', why, required: false }
  return { type: 'enum', about: 'level', why, required: false, options: ladder, default: text }
}

function guessName(
  text: string,
  field: SourceField,
  roles: ReadonlySet<FieldRole>,
  pass: PassSource,
): Guess | undefined {
  if (!roles.has('name') || pass.translations.has(text)) return undefined
  const firstOnly = looksLikeFirstName(text) && field.front && !roles.has('number') && !roles.has('level')
  if (!looksLikeName(text) && !firstOnly) return undefined
  return { type: 'text', about: 'name', why: "is somebody's name", required: true }
}

function guessAmount(
  text: string,
  field: SourceField,
  roles: ReadonlySet<FieldRole>,
  { locale }: SuggestOptions,
): Guess | undefined {
  if (roles.has('points') && !roles.has('number') && readDecimal(text, { locale }).ok)
    return {
      type: 'number',
      about: 'points',
      why: 'counts something: its label says so',
      required: false,
      default: '0',
    }
  const code = /^[\p{Lu}\p{N}][\p{Lu}\p{N} ./-]{2,39}$/u.test(text) && /\d{2}/.test(text)
  if (!code || !(roles.has('number') || roles.has('name')) || (!field.front && /^\d{1,4}$/.test(text))) return undefined
  return { type: 'text', about: 'number', why: 'is a number that identifies', required: true }
}

function guessText(
  text: string,
  field: SourceField,
  roles: ReadonlySet<FieldRole>,
  { style }: SuggestOptions,
): Guess | undefined {
  const guess = (about: Guess['about'], why: string): Guess => ({ type: 'text', about, why, required: false })
  if (roles.has('personal') && text.length <= 120) return guess('other', 'says something personal: its label tells')
  if (!field.front) return undefined
  if (style === 'boardingPass') return guess('place', 'is on the front of a boarding pass')
  if (style === 'eventTicket' && roles.has('seat') && text.length <= 24)
    return guess('place', 'tells a seat: its label says so')
  return typeof field.json.changeMessage === 'string'
    ? guess('other', 'has a message for changes, so it changes')
    : undefined
}
