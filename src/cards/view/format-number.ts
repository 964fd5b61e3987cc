import { LruCache } from '../../kit/lru.js'
import { spellOut } from './spell-out.js'

/** A number field as the phone writes it: by its currency, its style, or plainly. */
export function formatNumber(value: number, field: Readonly<Record<string, unknown>>, locale: string): string {
  const { currencyCode, numberStyle } = field
  if (typeof currencyCode === 'string' && /^[A-Z]{3}$/i.test(currencyCode)) {
    return formatter(locale, { style: 'currency', currency: currencyCode }).format(value)
  }
  switch (numberStyle) {
    case 'PKNumberStyleDecimal':
      return formatter(locale).format(value)
    case 'PKNumberStylePercent':
      return formatter(locale, { style: 'percent' }).format(value)
    case 'PKNumberStyleScientific':
      return formatter(locale, { notation: 'scientific', maximumFractionDigits: 10 }).format(value)
    case 'PKNumberStyleSpellOut':
      return spellOut(value, locale) ?? formatter(locale).format(value)
    default:
      return String(value)
  }
}

/** Making a formatter costs far more than using it. */
const formatters = new LruCache<string, Intl.NumberFormat>(200)

function formatter(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = JSON.stringify([locale, options])
  const made = formatters.get(key) ?? new Intl.NumberFormat(locale, options)
  formatters.set(key, made)
  return made
}
