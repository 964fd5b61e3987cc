import type { FieldValue } from '../model.js'

/** Characters that JSON escapes: quotes, backslashes, control characters, and surrogates, which may be unpaired. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/

/** JSON text of a string. Most values need no escaping, and finding that out is quicker than JSON.stringify. */
export function jsonString(value: string): string {
  return SPECIAL.test(value) ? JSON.stringify(value) : `"${value}"`
}

/** JSON text of a value; numbers that JSON does not know (NaN, infinities) become null. */
export function jsonValue(value: FieldValue): string {
  return typeof value === 'string' ? jsonString(value) : JSON.stringify(value)
}

/** Epoch milliseconds as pass.json writes moments: `2027-12-31T22:59:59Z`. */
export function jsonMoment(epochMilliseconds: number): string {
  return `"${new Date(epochMilliseconds).toISOString().replace(/\.\d+Z$/, 'Z')}"`
}
