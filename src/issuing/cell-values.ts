import type { ValueContext } from '../cards/values/context.js'
import { parseValue } from '../cards/values/parse-value.js'

/** Longest value that a message repeats. */
const SHOWN = 80

/** A cell as a message repeats it; no character is cut in half. */
export function shownCell(cell: string): string {
  return cell.length <= SHOWN
    ? cell
    : Array.from(cell.slice(0, 2 * SHOWN))
        .slice(0, SHOWN)
        .join('')
}

/** Epoch milliseconds; the reason when it is no date. A plain date means the end of that day, UTC. */
export function parseExpiry(text: string, context: ValueContext): number | string {
  const parsed = parseValue({ key: 'expires', type: 'date', required: false }, text, context)
  if (!parsed.ok) return parsed.reason
  const date = String(parsed.value)
  return Date.parse(date.length === 10 ? `${date}T23:59:59Z` : date)
}

/** One context per language, since rows repeat them. */
export class Contexts {
  readonly #defaults: ValueContext
  readonly #known = new Map<string, ValueContext | undefined>()

  constructor(defaults: ValueContext) {
    this.#defaults = defaults
  }

  /** Undefined when the tag is none. */
  of(locale: string | undefined): ValueContext | undefined {
    if (locale === undefined) return this.#defaults
    if (!this.#known.has(locale)) {
      this.#known.set(locale, isLanguageTag(locale) ? { ...this.#defaults, locale } : undefined)
    }
    return this.#known.get(locale)
  }
}

export function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
