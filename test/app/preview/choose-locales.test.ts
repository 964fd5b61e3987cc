import { expect, test } from 'vitest'
import { chooseLocales, languageName } from '../../../src/app/preview/choose-locales.js'

const files = new Map(['en', 'ru', 'zh-Hant'].map((language) => [`${language}.lproj/pass.strings`, new Uint8Array()]))
const choose = (wanted: readonly string[], change = {}) =>
  chooseLocales({ name: 'bonus', files, usual: 'ru', wanted, allByDefault: false, ...change })

test('one language unless more are asked for', () => {
  expect(choose([])).toEqual(['ru'])
  expect(choose(['en', 'ru', 'en'])).toEqual(['en', 'ru'])
})

test('all of them, the usual one first and once', () => {
  expect(choose(['all'])).toEqual(['ru', 'en', 'zh-Hant'])
  expect(choose([], { allByDefault: true, usual: 'en-GB' })).toEqual(['en-GB', 'ru', 'zh-Hant'])
})

test('a region is found in its language', () => {
  expect(choose(['en-GB', 'zh-TW'])).toEqual(['en-GB', 'zh-TW'])
})

test('a language that is not there is an error that names those that are', () => {
  expect(() => choose(['de'])).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: '--locale "de": "bonus" is not translated into that language.',
      hints: ['It has en, ru, zh-Hant; --locale all shows them all.'],
    }),
  )
  expect(() => choose(['not a tag'])).toThrow(/not a language tag/)
})

test('without translations every language can be asked for', () => {
  expect(choose(['de'], { files: new Map() })).toEqual(['de'])
  expect(choose(['all'], { files: new Map() })).toEqual(['ru'])
})

test('languages are named in their own words, and folders that are none by themselves', () => {
  expect(['en', 'ru', 'pt-BR', 'x_y_z!'].map(languageName)).toEqual([
    'English',
    'Русский',
    'Português (Brasil)',
    'x_y_z!',
  ])
})
