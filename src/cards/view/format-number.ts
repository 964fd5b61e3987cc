import { spellOut } from './spell-out.js'

/** A number field as the phone writes it: by its currency, its style, or plainly. */
export function formatNumber(value: number, field: Readonly<Record<string, unknown>>, locale: string): string {
  const { currencyCode, numberStyle } = field
  if (typeof currencyCode === 'string' && /^[A-Z]{3}$/i.test(currencyCode)) {
    return new Intl.NumberFormat(locale, { style: 'currency', currency: currencyCode }).format(value)
  }
  switch (numberStyle) {
    case 'PKNumberStyleDecimal':
      return new Intl.NumberFormat(locale).format(value)
    case 'PKNumberStylePercent':
      return new Intl.NumberFormat(locale, { style: 'percent' }).format(value)
    case 'PKNumberStyleScientific':
      return new Intl.NumberFormat(locale, { notation: 'scientific', maximumFractionDigits: 10 }).format(value)
    case 'PKNumberStyleSpellOut':
      return spellOut(value, locale) ?? new Intl.NumberFormat(locale).format(value)
    default:
      return String(value)
  }
}
