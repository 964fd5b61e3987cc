import type { ValueContext } from './context.js'
import { currencyDigits } from './locale-format.js'
import { checkBounds, readDecimal } from './parse-number.js'
import type { FieldSpec, Parsed } from './types.js'

/** What stands for a currency in lists of members; the first of several is what a message calls it. */
const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  '£': ['GBP'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP'],
  '¥': ['JPY', 'CNY'],
  '￥': ['JPY', 'CNY'],
  '₽': ['RUB'],
  руб: ['RUB', 'BYN'],
  р: ['RUB'],
  '₴': ['UAH'],
  грн: ['UAH'],
  '₸': ['KZT'],
  тг: ['KZT'],
  '₾': ['GEL'],
  '₼': ['AZN'],
  '֏': ['AMD'],
  '₺': ['TRY'],
  tl: ['TRY'],
  '₹': ['INR'],
  '₪': ['ILS'],
  '₩': ['KRW'],
  '₫': ['VND'],
  '฿': ['THB'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  zł: ['PLN'],
  kč: ['CZK'],
  ft: ['HUF'],
  лв: ['BGN'],
  lei: ['RON', 'MDL'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  fr: ['CHF'],
  r$: ['BRL'],
  us$: ['USD'],
}

const PARTS = /^([^\d+\-\u2212.,']*)([+\-\u2212]?[\d.,'\u2019\s\u00a0\u2000-\u200a\u202f]*\d)([^\d]*)$/
const SIGN = /^[+\-\u2212]/

/** Reads an amount with or without its currency: 1 250,50 · €12 · -€12 · 1250 RUB · 12.50. The value is in major units. */
export function parseMoney(spec: FieldSpec, text: string, context: ValueContext): Parsed {
  const currency = spec.currency ?? context.currency
  const decimals = currency === undefined ? 3 : currencyDigits(currency)
  const [amount, marks] = takeMarks(text)
  if (amount === undefined) return { ok: false, reason: 'is not an amount of money' }
  for (const mark of marks) {
    const wrong = checkMark(mark, currency)
    if (wrong !== undefined) return { ok: false, reason: wrong }
  }
  const read = readDecimal(amount, { locale: context.locale, decimals })
  if (!read.ok) return read.reason === 'is not a number' ? { ok: false, reason: 'is not an amount of money' } : read
  return checkBounds(spec, read.value)
}

/** Splits `-€ 12,50` into `-12,50` and the currency marks before and after. */
function takeMarks(text: string): [amount: string | undefined, marks: string[]] {
  const sign = SIGN.exec(text)?.[0] ?? ''
  const found = PARTS.exec(text.slice(sign.length).trimStart())
  if (found === null) return [undefined, []]
  const [, before = '', amount = '', after = ''] = found
  if (sign !== '' && SIGN.test(amount)) return [undefined, []]
  return [sign + amount, [before, after].map((mark) => mark.trim()).filter((mark) => mark !== '')]
}

/** A reason when the mark is no currency or not that of the field. */
function checkMark(mark: string, currency: string | undefined): string | undefined {
  const bare = mark.replace(/\.$/, '')
  const meant =
    /^[a-z]{3}$/i.test(bare) && !(bare.toLowerCase() in SYMBOLS) ? [bare.toUpperCase()] : SYMBOLS[bare.toLowerCase()]
  if (meant === undefined || !Array.isArray(meant)) return 'is not an amount of money'
  if (currency === undefined || meant.includes(currency)) return undefined
  return `is in ${meant[0]}, but the card counts in ${currency}`
}
