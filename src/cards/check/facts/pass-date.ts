const DATE = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})$/

/** Epoch milliseconds of a date as Wallet wants it; undefined for everything else. Apple: PassDateTimeFormatter.swift. */
export function passTime(value: unknown): number | undefined {
  const found = typeof value === 'string' ? DATE.exec(value) : null
  const day = found?.[1]
  if (typeof value !== 'string' || day === undefined) return undefined
  const time = Date.parse(value)
  // Date.parse takes 2027-02-31 for 3 March.
  const real = new Date(`${day}T00:00:00Z`)
  const exists = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(day)
  return Number.isNaN(time) || !exists ? undefined : time
}

/** What a text lacks to be such a date; completes `"2027-01-01" …`. Undefined for dates. */
export function dateProblem(value: unknown): string | undefined {
  if (passTime(value) !== undefined) return undefined
  if (typeof value !== 'string') return 'is no date in quotes'
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'is a date without time and time zone'
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(value)) return 'has no time zone'
  if (/[+-]\d{4}$/.test(value)) return 'has a time zone without colon'
  if (/^\d{4}-\d{2}-\d{2} /.test(value)) return 'has a space where a T belongs'
  return DATE.test(value) ? 'is no day of the calendar' : 'is no date as Wallet reads it'
}
