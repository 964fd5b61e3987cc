import type { FieldSuggestion } from './suggest-fields.js'

export interface InventOptions {
  /** Language of the invented names, such as `ru`. */
  readonly language: string
  /** Epoch milliseconds; dates are invented around it. */
  readonly now: number
}

/** Given and family name, and how the two are written in an e-mail address. */
const PEOPLE: Readonly<Record<string, readonly [name: string, mailbox: string]>> = {
  en: ['Anna Taylor', 'anna.taylor'],
  de: ['Anna Schmidt', 'anna.schmidt'],
  fr: ['Camille Laurent', 'camille.laurent'],
  es: ['Lucía Romero', 'lucia.romero'],
  it: ['Giulia Conti', 'giulia.conti'],
  pt: ['Inês Almeida', 'ines.almeida'],
  nl: ['Sanne Visser', 'sanne.visser'],
  pl: ['Zofia Kowalska', 'zofia.kowalska'],
  ru: ['Анна Соколова', 'anna.sokolova'],
  uk: ['Олена Коваль', 'olena.koval'],
  ja: ['佐藤 花子', 'hanako.sato'],
  zh: ['李静', 'jing.li'],
  ko: ['김지수', 'jisu.kim'],
}
const EXAMPLE: Readonly<Record<string, string>> = {
  de: 'Beispiel',
  fr: 'Exemple',
  es: 'Ejemplo',
  it: 'Esempio',
  ru: 'Пример',
}
const DIGITS = '4071926385'
const LETTERS = 'KRTMWPZHNB'

/** A value of the same kind as somebody's own, as a cell of a CSV would have it, that is nobody's. */
export function inventCell(suggestion: FieldSuggestion, own: string, { language, now }: InventOptions): string {
  const [name, mailbox] = PEOPLE[language] ?? PEOPLE.en ?? ['Anna Taylor', 'anna.taylor']
  switch (suggestion.about) {
    case 'name':
      return own !== '' && own === own.toUpperCase() ? name.toUpperCase() : name
    case 'email':
      return `${mailbox}@example.com`
    case 'phone':
      // Reserved for fiction.
      return '+12025550143'
    case 'date':
      return inventDate(own, now, `${suggestion.key} ${suggestion.label ?? ''}`)
    case 'money':
      return `${inventCount(own, '2450')}.50`
    case 'points':
      return inventCount(own, '1250')
    case 'level':
      return suggestion.default ?? suggestion.options?.[0] ?? own
    case 'place':
      return suggestion.options?.[0] ?? inventPlace(own, language)
    case 'number':
      return inventCode(/\d/.test(own) ? own : '10000001')
    case 'other':
      // Words may be an address; only codes are made anew.
      return /\d/.test(own) && !/\p{Ll}{3}/u.test(own) ? inventCode(own) : example(language)
  }
}

/**
 * A code of the same shape: digits for digits, letters for letters, all else as it is. The check digit of an EAN-13 is
 * right again, since scanners refuse a wrong one.
 */
export function inventCode(own: string): string {
  let count = 0
  const next = (from: string): string => from.charAt(count++ % from.length)
  const code = own.replaceAll(/\p{Nd}|\p{Lu}|\p{L}/gu, (character) =>
    /\p{Nd}/u.test(character) ? next(DIGITS) : /\p{Lu}/u.test(character) ? next(LETTERS) : next(LETTERS).toLowerCase(),
  )
  return isEan13(own) ? withCheckDigit(code.slice(0, 12)) : code
}

function isEan13(code: string): boolean {
  return /^\d{13}$/.test(code) && withCheckDigit(code.slice(0, 12)) === code
}

function withCheckDigit(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}

/** Of the same length, so that a preview shows how much room a number takes. */
function inventCount(own: string, from: string): string {
  const digits = /\d+/.exec(own.replaceAll(/[,\s' \u00a0](?=\d{3})/g, ''))?.[0].replace(/^0+/, '').length ?? 0
  return digits === 0 ? from : from.repeat(3).slice(0, Math.min(digits, 12))
}

const ENDS =
  /expir|valid|until|best before|gültig|gueltig|ablauf|\bbis\b|valable|jusqu|vence|caduc|válid|scad|fino|geldig|ważn|до\b|действ|срок|дійсн|有効|有效|유효/i

function inventDate(own: string, now: number, label: string): string {
  const year = new Date(now).getUTCFullYear()
  const ends = ENDS.test(label)
  const given = Number(/\d{4}/.exec(own)?.[0] ?? year)
  const day =
    given < year - 15 && !ends ? '1990-05-14' : given < year && !ends ? `${year - 1}-03-14` : `${year + 1}-12-31`
  return /T\d{2}:/.test(own) ? `${day}T18:00:00Z` : day
}

/** Words such as `Coach` and codes such as `SFO` are nobody's; numbers are made anew. */
function inventPlace(own: string, language: string): string {
  if (own === '') return example(language)
  // A time or a day made anew would be none.
  return /\d[:/.]\d/.test(own) ? own : own.replaceAll(/\d+/g, inventCode)
}

function example(language: string): string {
  return EXAMPLE[language] ?? 'Example'
}
