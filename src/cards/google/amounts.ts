import type { JsonObject } from './types.js'

/** The largest that fits the 32 bits of Google's `int`. */
const MAX_INT = 2 ** 31 - 1

/** A number that a field holds: as such, or as plain digits beside a currency. */
export function numberOf(raw: JsonObject): number | undefined {
  const { value, currencyCode } = raw
  if (typeof value === 'number' && Number.isFinite(value)) return value
  const plain = typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value.trim())
  return plain && currencyOf(currencyCode) !== undefined ? Number(value) : undefined
}

/** True for an amount of money. */
export function isMoney(raw: JsonObject): boolean {
  return currencyOf(raw.currencyCode) !== undefined && numberOf(raw) !== undefined
}

/** Money as Google counts it: 34.56 of a currency are 34560000 millionths, in text since they may exceed a double. */
export function moneyOf(raw: JsonObject): JsonObject | undefined {
  const value = numberOf(raw)
  const currencyCode = currencyOf(raw.currencyCode)
  if (value === undefined || currencyCode === undefined || Math.abs(value) >= 1e15) return undefined
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(6).split('.')
  const micros = `${whole}${fraction}`.replace(/^0+(?=\d)/, '')
  return { micros: value < 0 && micros !== '0' ? `-${micros}` : micros, currencyCode }
}

/** A balance in the form that suits it: money, a whole number, a fraction; else the text as the phone writes it. */
export function balanceOf(raw: JsonObject, text: string): JsonObject {
  const money = moneyOf(raw)
  if (money !== undefined) return { money }
  const value = numberOf(raw)
  // A percentage or a number in words would lose what makes it one.
  const styled = raw.numberStyle !== undefined && raw.numberStyle !== 'PKNumberStyleDecimal'
  if (value === undefined || styled || currencyOf(raw.currencyCode) !== undefined) return { string: text }
  if (!Number.isInteger(value)) return { double: value }
  return Math.abs(value) <= MAX_INT ? { int: value } : { string: text }
}

function currencyOf(code: unknown): string | undefined {
  return typeof code === 'string' && /^[a-z]{3}$/i.test(code) ? code.toUpperCase() : undefined
}
