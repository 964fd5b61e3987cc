import type { ValueContext } from './context.js'
import { localeFormat } from './locale-format.js'
import type { FieldSpec, Parsed } from './types.js'

const PLAIN = /^-?\d{1,15}(?:\.\d{1,2})?$/
/** No-break, figure, thin and narrow no-break spaces, as spreadsheets write them between thousands. */
const SPACES = /[\s\u00a0\u2000-\u200a\u202f]/g
const MINUS = /[\u2212\u2012\u2013]/
const GROUPED_BY = { ' ': /^\d{1,3}(?: \d{3})+$/, "'": /^\d{1,3}(?:'\d{3})+$/ } as const
const SPREADSHEET = /^[+-]?\d(?:[.,]\d+)?E\+\d+$/i
/** Finer numbers would turn into 1e-7 on the card. */
const MOST_DECIMALS = 6
const NOT_A_NUMBER: Parsed = { ok: false, reason: 'is not a number' }

/** Reads a number field: grouping and decimal separators of all usual kinds, bounds, whole numbers. */
export function parseNumber(spec: FieldSpec, text: string, context: ValueContext): Parsed {
  const read = readDecimal(text, { locale: context.locale })
  if (!read.ok) return read
  return checkBounds(spec, read.value)
}

export function checkBounds(spec: FieldSpec, value: number): Parsed {
  if (spec.integer === true && !Number.isInteger(value)) return { ok: false, reason: 'is not a whole number' }
  if (spec.min !== undefined && value < spec.min) return { ok: false, reason: `is less than ${spec.min}` }
  if (spec.max !== undefined && value > spec.max) return { ok: false, reason: `is more than ${spec.max}` }
  return { ok: true, value }
}

export interface DecimalOptions {
  readonly locale: string
  /** Most decimal places that make sense, when known (money). */
  readonly decimals?: number
}
export type Decimal = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly reason: string }

/**
 * Reads a decimal number however it is punctuated: 1250.5, 1,250.50, 1.250,50, 1 250,50, 1'250.50. One separator
 * before three digits (1,250) can mean either; then the locale decides, and where it cannot the value is refused,
 * since a wrong guess is wrong by a factor of thousand.
 */
export function readDecimal(text: string, options: DecimalOptions): Decimal {
  if (PLAIN.test(text) && (options.decimals === undefined || options.decimals >= 2)) return finish(text, text)
  if (SPREADSHEET.test(text)) return { ok: false, reason: 'was shortened by a spreadsheet; format the column as text' }

  const compact = text.replace(SPACES, ' ').replace(MINUS, '-').replaceAll('\u2019', "'")
  const signed = /^([+-]?) ?([\d.,' ]*\d)$/.exec(compact)
  if (signed === null) return NOT_A_NUMBER as Decimal
  const [, sign = '', body = ''] = signed
  const split = splitDecimal(body, options)
  if (typeof split === 'string') return { ok: false, reason: split }
  const whole = ungroup(split.whole)
  if (whole === undefined) return NOT_A_NUMBER as Decimal
  const fraction = split.fraction.replace(/0+$/, '')
  const most = options.decimals ?? MOST_DECIMALS
  if (fraction.length > most) return { ok: false, reason: tooFine(most) }
  return finish(`${sign === '-' ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`, whole + fraction)
}

interface Split {
  readonly whole: string
  readonly fraction: string
}

/** Finds the decimal separator. Returns a reason when there is no telling. */
function splitDecimal(body: string, options: DecimalOptions): Split | string {
  const dot = body.lastIndexOf('.')
  const comma = body.lastIndexOf(',')
  if (dot === -1 && comma === -1) return { whole: body, fraction: '' }
  const last = Math.max(dot, comma)
  const separator = body.charAt(last)
  const cut = { whole: body.slice(0, last), fraction: body.slice(last + 1) }
  const onlyKind = dot === -1 || comma === -1
  if (body.indexOf(separator) !== last) return onlyKind ? { whole: body, fraction: '' } : 'is not a number'
  if (!/^\d+$/.test(cut.fraction)) return 'is not a number'
  // 12 345,678 and 1.234,567 have their thousands marked otherwise; 0,125 and 1234,567 cannot be thousands.
  const canBeGroup = onlyKind && cut.fraction.length === 3 && /^[1-9]\d{0,2}$/.test(cut.whole)
  if (!canBeGroup) return cut

  const format = localeFormat(options.locale)
  if (separator === format.group) return { whole: body, fraction: '' }
  const fits = options.decimals === undefined || options.decimals >= 3
  if (separator === format.decimal && fits) return cut
  const asDecimal = Number(`${cut.whole}.${cut.fraction}`)
  return `is ambiguous: ${cut.whole}${cut.fraction} or ${asDecimal}? Write it without a separator of thousands`
}

/** Digits without their separators of thousands; undefined when these stand where none belong. */
function ungroup(whole: string): string | undefined {
  if (/^\d+$/.test(whole)) return whole
  const separator = /[^\d]/.exec(whole)?.[0]
  if (separator === undefined) return undefined
  const pattern =
    separator === ' ' || separator === "'"
      ? GROUPED_BY[separator]
      : separator === '.'
        ? /^\d{1,3}(?:\.\d{3})+$/
        : /^\d{1,3}(?:,\d{3})+$/
  return pattern.test(whole) ? whole.replaceAll(separator, '') : undefined
}

function finish(literal: string, allDigits: string): Decimal {
  // 15 significant digits are what a JSON number keeps on every phone.
  if (allDigits.replace(/\D/g, '').replace(/^0+/, '').length > 15)
    return { ok: false, reason: 'has more than 15 digits' }
  const value = Number(literal)
  return { ok: true, value: value === 0 ? 0 : value }
}

function tooFine(decimals: number): string {
  return decimals === 0 ? 'has decimals, which its currency does not' : `has more than ${decimals} decimals`
}
