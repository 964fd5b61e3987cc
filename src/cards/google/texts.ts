import { translations } from '../view/languages.js'
import type { PassBundle, PassView } from '../view/types.js'
import { viewPass } from '../view/view-pass.js'
import type { Report } from './notes.js'
import type { JsonObject } from './types.js'

/** One text in all languages of the card, in the order of {@link Texts.languages}. */
export type Words = readonly string[]

export interface Texts {
  /** BCP 47; the first is what phones in other languages show. */
  readonly languages: readonly string[]
  /** What a phone shows of the pass, by language. */
  readonly views: readonly PassView[]
  /** A text read off each view. */
  words(read: (view: PassView) => string): Words
  /** A text of design.yaml, translated by pass.strings. */
  literal(text: string): Words
  /** LocalizedString; translations only where one differs. Undefined for a text that is empty. */
  localized(words: Words): JsonObject | undefined
  /** `name` and `localizedName`, as most of Google's texts are given; the latter only when a language differs. */
  both(name: string, words: Words): JsonObject
}

export function passTexts(
  bundle: PassBundle,
  {
    languages,
    now,
    timeZone,
  }: { readonly languages: readonly string[]; readonly now: number; readonly timeZone?: string },
): Texts {
  const wanted = languages.length === 0 ? ['en'] : languages
  const all = wanted.map((locale) => viewPass(bundle, { locale, now, ...(timeZone === undefined ? {} : { timeZone }) }))
  // Folder names such as zh_TW and zh-TW are one language.
  const views = all.filter((view, index) => all.findIndex(({ locale }) => locale === view.locale) === index)
  const codes = views.map(({ locale }) => locale)
  const strings = codes.map((locale) => translations(bundle.files, locale))

  const localized = (words: Words): JsonObject | undefined => {
    const [first = '', ...others] = words
    if (words.every((text) => text === '')) return undefined
    const translated = others.some((text) => text !== first)
    return {
      defaultValue: { language: codes[0], value: first },
      ...(translated
        ? { translatedValues: others.map((value, index) => ({ language: codes[index + 1], value })) }
        : {}),
    }
  }
  return {
    languages: codes,
    views,
    words: (read) => views.map(read),
    literal: (text) => strings.map((entries) => entries.get(text) ?? text),
    localized,
    both(name, words) {
      if (words.every((text) => text === '')) return {}
      const full = localized(words)
      const long = `localized${name.charAt(0).toUpperCase()}${name.slice(1)}`
      return { [name]: words[0] ?? '', ...(full?.translatedValues === undefined ? {} : { [long]: full }) }
    },
  }
}

/** Reports a text that is longer than Google recommends, in the language where it is longest. Nothing is cut. */
export function checkLength(
  words: Words,
  most: number,
  { report, from, to, languages }: { report: Report; from: string; to: string; languages: readonly string[] },
): void {
  const lengths = words.map((text) => [...text].length)
  const longest = Math.max(0, ...lengths)
  if (longest <= most) return
  const language = languages[lengths.indexOf(longest)]
  const where = words.length > 1 ? ` in ${language}` : ''
  const reason = `Has ${longest} characters${where}; small screens show ${most}.`
  report.add('text.long', from, { to, reason })
}
