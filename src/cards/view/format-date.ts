import { createRecent } from '../../kit/recent.js'

const DATE = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})$/
const STYLES: Readonly<Record<string, 'short' | 'medium' | 'long' | 'full'>> = {
  PKDateStyleShort: 'short',
  PKDateStyleMedium: 'medium',
  PKDateStyleLong: 'long',
  PKDateStyleFull: 'full',
}
const DAY = 86_400_000

export interface DateContext {
  readonly locale: string
  /** Epoch milliseconds; for relative dates. */
  readonly now: number
  /** IANA name of the phone's time zone. */
  readonly timeZone: string
}

/** Epoch milliseconds of a date as Wallet reads it: date, time and zone, all there. Apple: PassDateTimeFormatter.swift. */
export function parsePassDate(value: unknown): { readonly time: number; readonly offset: string } | undefined {
  const found = typeof value === 'string' ? DATE.exec(value) : null
  if (found === null) return undefined
  const [, day = '', clock = '', zone = 'Z'] = found
  const offset = zone === 'Z' ? '+00:00' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const time = Date.parse(`${day}T${clock}${offset}`)
  // Date.parse takes 2027-02-31 for 3 March.
  const real = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(time) || Number.isNaN(real.getTime()) || !real.toISOString().startsWith(day)) return undefined
  return { time, offset }
}

/**
 * A date field as the phone writes it; undefined when the field has no date style or its value is no date, which then
 * is shown as it stands.
 */
export function formatDate(field: Readonly<Record<string, unknown>>, context: DateContext): string | undefined {
  const dateStyle = STYLES[String(field.dateStyle)]
  const timeStyle = STYLES[String(field.timeStyle)]
  if (dateStyle === undefined && timeStyle === undefined) return undefined
  const date = parsePassDate(field.value)
  if (date === undefined) return undefined
  // A field that ignores the phone's zone is written as on a clock where it was written.
  const timeZone = field.ignoresTimeZone === true ? date.offset : context.timeZone
  const relative = field.isRelative === true ? relativeDay(date.time, { ...context, timeZone }) : undefined
  const clock = timeStyle === undefined ? '' : format(date.time, context.locale, { timeStyle, timeZone })
  if (relative !== undefined) return [relative, clock].filter((part) => part !== '').join(', ')
  return format(date.time, context.locale, {
    timeZone,
    ...(dateStyle === undefined ? {} : { dateStyle }),
    ...(timeStyle === undefined ? {} : { timeStyle }),
  })
}

/** `Yesterday`, `Today`, `Tomorrow` in the language; undefined for all other days. */
function relativeDay(time: number, { locale, now, timeZone }: DateContext): string | undefined {
  const dayOf = (moment: number) => Date.parse(`${format(moment, 'en-CA', { timeZone, dateStyle: 'short' })}T00:00:00Z`)
  const days = Math.round((dayOf(time) - dayOf(now)) / DAY)
  if (Math.abs(days) > 1) return undefined
  const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** Making one takes a hundred times as long as using it. */
const recentFormats = createRecent<Intl.DateTimeFormat>(64)

function format(time: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([locale, options])
  return recentFormats(key, () => new Intl.DateTimeFormat(locale, options)).format(time)
}
