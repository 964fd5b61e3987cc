import { GERMAN } from './de.js'
import { ENGLISH } from './en.js'
import { SPANISH } from './es.js'
import { FRENCH } from './fr.js'
import { ITALIAN } from './it.js'
import { POLISH } from './pl.js'
import { PORTUGUESE } from './pt.js'
import { RUSSIAN } from './ru.js'
import { TURKISH } from './tr.js'
import type { PageWords } from './types.js'
import { UKRAINIAN } from './uk.js'

/** All languages of the pages. */
export const ALL_WORDS: readonly PageWords[] = [
  ENGLISH,
  RUSSIAN,
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  POLISH,
  UKRAINIAN,
  TURKISH,
]

/** The words of a language or of its regions, such as `de-AT`; undefined when there are none. */
export function wordsOf(locale: string | undefined): PageWords | undefined {
  const language = locale?.trim().toLowerCase().split(/[-_]/)[0]
  return ALL_WORDS.find(({ lang }) => lang === language)
}

export interface LanguageHints {
  /** Of the card's holder. */
  readonly card: string | undefined
  readonly acceptLanguage: string | undefined
  /** Default of the launch. */
  readonly launch: string
}

/** The holder's language, else what the browser asks for, else the launch's; English where there are no words. */
export function chooseWords({ card, acceptLanguage, launch }: LanguageHints): PageWords {
  return wordsOf(card) ?? acceptedWords(acceptLanguage) ?? wordsOf(launch) ?? ENGLISH
}

/** `de;q=0.8, fr, *;q=0.1` (RFC 9110, 12.5.4): what is wanted most, of what there is. */
function acceptedWords(header: string | undefined): PageWords | undefined {
  if (header === undefined) return undefined
  let best: { readonly words: PageWords; readonly weight: number } | undefined
  for (const range of header.slice(0, 500).split(',')) {
    const [tag, ...parameters] = range.split(';')
    const words = wordsOf(tag)
    const weight = weightOf(parameters)
    if (words !== undefined && weight > (best?.weight ?? 0)) best = { words, weight }
  }
  return best?.words
}

function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const found = /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/i.exec(parameter)
    if (found) return Math.min(1, Number(found[1]))
  }
  return 1
}
