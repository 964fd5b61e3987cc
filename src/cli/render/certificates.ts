import { relative } from 'node:path'
import { plural } from './numbers.js'

const DAY = 86_400_000

/** Names paths as seen from a folder: `certs/pass.pem`; outside of it in full. */
export function shownIn(dir: string): (path: string) => string {
  return (path) => {
    const short = relative(dir, path)
    return short.startsWith('..') ? path : short
  }
}

/** `2027-03-01 (365 days)`, `2025-01-01 (expired)`. */
export function until(date: Date | string, now: Date): string {
  const end = new Date(date)
  const days = Math.floor((end.getTime() - now.getTime()) / DAY)
  return `${end.toISOString().slice(0, 10)} (${days < 0 ? 'expired' : plural(days, 'day')})`
}
