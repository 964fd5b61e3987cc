import type { FieldValue } from '../../cards/model.js'
import type { ValueContext } from '../../cards/values/context.js'
import { parseValue } from '../../cards/values/parse-value.js'
import type { FieldSpec, Parsed } from '../../cards/values/types.js'
import { isLanguageTag, parseExpiry } from '../cell-values.js'
import type { CardEdit } from './card-edit.js'

/** What a card may be given besides the values of its fields; named as the columns of a file of changes are. */
export const OPTIONS = ['expires', 'voided', 'locale', 'barcode', 'sharing', 'location_text', 'beacon_text'] as const
export type Option = (typeof OPTIONS)[number]

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

/** A text as the new value of a field; nothing takes the card's own value away, so that the design's shows. */
export function readFieldValue(spec: FieldSpec, text: string, context: ValueContext): Read<FieldValue | null> {
  if (text.trim() !== '') return parseValue(spec, text, context)
  return spec.required ? { ok: false, reason: 'is empty, but every card needs it' } : { ok: true, value: null }
}

/** A text as what it says of the card; nothing takes away what the card has for itself. */
export function readOption(option: Option, raw: string, context: ValueContext): Read<CardEdit> {
  const text = raw.trim()
  switch (option) {
    case 'expires': {
      const never = text === '' || text.toLowerCase() === 'never'
      const time = never ? null : parseExpiry(text, context)
      return typeof time === 'string' ? { ok: false, reason: time } : { ok: true, value: { expiresAt: time } }
    }
    case 'voided':
      return readSwitch(text, { empty: false, name: (voided) => ({ voided: voided ?? false }) })
    case 'sharing':
      return readSwitch(text, { empty: null, name: (sharing) => ({ sharing }) })
    case 'locale':
      if (text !== '' && !isLanguageTag(text)) return { ok: false, reason: 'is not a language tag such as en or ru' }
      return { ok: true, value: { locale: text || null } }
    case 'barcode':
      return { ok: true, value: { barcode: text || null } }
    case 'location_text':
      return readText(option, text, (locationText) => ({ locationText }))
    case 'beacon_text':
      return readText(option, text, (beaconText) => ({ beaconText }))
  }
}

const SWITCHES: ReadonlyMap<string, boolean | null> = new Map([
  ...['on', 'yes', 'true', '1'].map((word) => [word, true] as const),
  ...['off', 'no', 'false', '0'].map((word) => [word, false] as const),
  ['default', null],
])

/** @param empty - what an empty text means; null is also what `default` means, where there is a default. */
function readSwitch(
  text: string,
  { empty, name }: { empty: boolean | null; name: (value: boolean | null) => CardEdit },
): Read<CardEdit> {
  const value = text === '' ? empty : SWITCHES.get(text.toLowerCase())
  if (value === undefined || (value === null && empty !== null)) {
    const words = empty === null ? 'on, off or default' : 'yes or no'
    return { ok: false, reason: `is not ${words}` }
  }
  return { ok: true, value: name(value) }
}

/** What the lock screen has room for is far less. */
const LONGEST_TEXT = 500

function readText(key: string, text: string, name: (value: string | null) => CardEdit): Read<CardEdit> {
  if (text === '') return { ok: true, value: name(null) }
  const parsed: Parsed = parseValue({ key, type: 'text', required: false, maxLength: LONGEST_TEXT }, text, {
    locale: 'en',
  })
  return parsed.ok ? { ok: true, value: name(String(parsed.value)) } : parsed
}
