export interface LocaleFormat {
  readonly decimal: string
  readonly group: string
}

/** A CSV may name any language in any row, so the memory of them is bounded. */
const LIMIT = 200
const formats = new Map<string, LocaleFormat>()
const digits = new Map<string, number>()

/** The separators that a locale writes numbers with. Unknown locales count as English. */
export function localeFormat(locale: string): LocaleFormat {
  let format = formats.get(locale)
  if (format === undefined) {
    format = readFormat(locale)
    if (formats.size >= LIMIT) formats.clear()
    formats.set(locale, format)
  }
  return format
}

/** Decimal places of a currency (2 for EUR, 0 for JPY); 2 for codes nobody knows. */
export function currencyDigits(currency: string): number {
  let known = digits.get(currency)
  if (known === undefined) {
    known = readDigits(currency)
    if (digits.size >= LIMIT) digits.clear()
    digits.set(currency, known)
  }
  return known
}

function readFormat(locale: string): LocaleFormat {
  let parts: Intl.NumberFormatPart[]
  try {
    parts = new Intl.NumberFormat(locale.replaceAll('_', '-'), { numberingSystem: 'latn' }).formatToParts(12345678.9)
  } catch {
    return { decimal: '.', group: ',' }
  }
  const find = (type: string) => parts.find((part) => part.type === type)?.value
  return { decimal: find('decimal') ?? '.', group: find('group') ?? ',' }
}

function readDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    return format.resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}
