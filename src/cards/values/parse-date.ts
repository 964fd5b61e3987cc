import type { ValueContext } from './context.js'
import type { Parsed } from './types.js'

const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/
const ISO_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?\s?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/i
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
const SHORT_YEAR = /^\d{1,2}([-/.])\d{1,2}\1\d{2}$/
const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const NOT_A_DATE: Parsed = { ok: false, reason: 'is not a date' }

/**
 * Reads a date into ISO 8601: `1990-02-28`, or with time and zone when the cell has both and the time is not midnight.
 * Dots and hyphens before a final year always mean day first; slashes too, save in en-US or with dayFirst: false.
 */
export function parseDate(text: string, context: ValueContext): Parsed {
  const iso = ISO.exec(text)
  if (iso !== null) return toDate(Number(iso[1]), Number(iso[3]), Number(iso[4]))
  const last = YEAR_LAST.exec(text)
  if (last !== null) {
    const [first, second, year] = [Number(last[1]), Number(last[3]), Number(last[4])]
    const monthFirst = last[2] === '/' && !(context.dayFirst ?? !/^en[-_]us\b/i.test(context.locale))
    if (!monthFirst) return toDate(year, second, first, 'day/month/year')
    return toDate(year, first, second, 'month/day/year')
  }
  if (SHORT_YEAR.test(text)) return { ok: false, reason: 'has a year of two digits; write all four' }
  return parseDateTime(text)
}

function toDate(year: number, month: number, day: number, order?: string): Parsed {
  if (year < 1000) return NOT_A_DATE
  if (month < 1 || month > 12) {
    const read = order !== undefined && day <= 12 ? ` (read as ${order})` : ''
    return { ok: false, reason: `is not a date: there is no month ${month}${read}` }
  }
  const days = daysIn(year, month)
  if (day < 1 || day > days) {
    return { ok: false, reason: `is not a date: ${MONTHS[month - 1]} ${year} has ${days} days` }
  }
  return { ok: true, value: `${year}-${pad(month)}-${pad(day)}` }
}

function parseDateTime(text: string): Parsed {
  const found = ISO_TIME.exec(text)
  if (found === null) return NOT_A_DATE
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = ''] = found
  const date = toDate(Number(year), Number(month), Number(day))
  if (!date.ok) return date
  const time = `${hour}:${minute}:${second}`
  // Databases export a plain date as midnight, in UTC or without a zone.
  if (time === '00:00:00' && /^(?:|Z|[+-]00:00)$/i.test(zone)) return date
  if (zone === '')
    return { ok: false, reason: 'has a time of day without a time zone; add Z or +01:00, or drop the time' }
  return { ok: true, value: `${date.value}T${time}${zone.toUpperCase()}` }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
