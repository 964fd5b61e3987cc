import { createRecent } from '../../kit/recent.js'
import { spellOut } from './spell-out.js'

/** A number field as the phone writes it: by its currency, its style, or plainly. */
export function formatNumber(value: number, field: Readonly<Record<string, unknown>>, locale: string): string {
  const { currencyCode, numberStyle } = field
  if (typeof currencyCode === 'string' && /^[A-Z]{3}$/i.test(currencyCode)) {
    return formatOf(locale, { style: 'currency', currency: currencyCode }).format(value)
  }
  switch (numberStyle) {
    case 'PKNumberStyleDecimal':
      return formatOf(locale).format(value)
    case 'PKNumberStylePercent':
      return formatOf(locale, { style: 'percent' }).format(value)
    case 'PKNumberStyleScientific':
      return formatOf(locale, { notation: 'scientific', maximumFractionDigits: 10 }).format(value)
    case 'PKNumberStyleSpellOut':
      return spellOut(value, locale) ?? formatOf(locale).format(value)
    default:
      return String(value)
  }
}

/** Making one takes a hundred times as long as using it. */
const recentFormats = createRecent<Intl.NumberFormat>(64)

function formatOf(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return recentFormats(JSON.stringify([locale, options]), () => new Intl.NumberFormat(locale, options))
}
