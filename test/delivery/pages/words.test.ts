import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL_WORDS, chooseWords, wordsOf } from '../../../src/delivery/pages/words/choose-words.js'
import { ENGLISH } from '../../../src/delivery/pages/words/en.js'

/** All texts of a language by their path. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : textsOf(value, `${path}${key}.`),
  )
}

describe('words of the pages', () => {
  test('are there in ten languages', () => {
    expect(ALL_WORDS.map(({ lang }) => lang).sort()).toEqual([
      'de',
      'en',
      'es',
      'fr',
      'it',
      'pl',
      'pt',
      'ru',
      'tr',
      'uk',
    ])
  })

  test.each(ALL_WORDS.map((words) => [words.lang, words] as const))('%s is complete and its own', (lang, words) => {
    const english = new Map(textsOf(ENGLISH))
    for (const [path, text] of textsOf(words)) {
      expect(text.trim(), path).toBe(text)
      expect(text.length, path).toBeGreaterThan(1)
      if (lang !== 'en') expect(text, path).not.toBe(english.get(path))
    }
    expect(textsOf(words).map(([path]) => path)).toEqual([...english.keys()])
    expect(words.addToApple).toContain('Apple Wallet')
  })

  test.each([
    [{ card: 'de-AT', acceptLanguage: 'fr', launch: 'en' }, 'de'],
    [{ card: 'nl', acceptLanguage: 'fr', launch: 'en' }, 'fr'],
    [{ card: undefined, acceptLanguage: 'pt-BR,pt;q=0.9,en;q=0.8', launch: 'ru' }, 'pt'],
    [{ card: undefined, acceptLanguage: 'en;q=0, uk;q=0.1', launch: 'ru' }, 'uk'],
    [{ card: undefined, acceptLanguage: undefined, launch: 'tr' }, 'tr'],
    [{ card: undefined, acceptLanguage: '*', launch: 'nl' }, 'en'],
  ])('%j is %s', (hints, lang) => {
    expect(chooseWords(hints).lang).toBe(lang)
  })

  test('any header is some language', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (acceptLanguage) => {
        expect(wordsOf(chooseWords({ card: undefined, acceptLanguage, launch: 'en' }).lang)).toBeDefined()
      }),
    )
  })
})
