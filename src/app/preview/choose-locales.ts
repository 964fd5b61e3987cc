import type { PassFiles } from '../../cards/model.js'
import { languageFolder, passLanguages } from '../../cards/view/languages.js'
import { AppError } from '../../kit/errors/index.js'

/** The languages to show. `usual` is the one that is shown when none is asked for. */
export interface LocaleChoice {
  readonly name: string
  readonly files: PassFiles
  readonly usual: string
  /** As typed; empty when nothing was. */
  readonly wanted: readonly string[]
  /** Whether all are shown when nothing was typed. */
  readonly allByDefault: boolean
}

/**
 * BCP 47 tags, each once, the usual one first where all are shown.
 *
 * @throws AppError USAGE for a language that there is not
 */
export function chooseLocales({ name, files, usual, wanted, allByDefault }: LocaleChoice): string[] {
  const all = wanted.some((locale) => locale.toLowerCase() === 'all')
  if (all || (wanted.length === 0 && allByDefault)) {
    const folder = languageFolder(files, usual)
    return [usual, ...passLanguages(files).filter((language) => `${language}.lproj` !== folder)]
  }
  for (const locale of wanted) assertKnown(locale, { name, files })
  return wanted.length === 0 ? [usual] : [...new Set(wanted)]
}

function assertKnown(locale: string, { name, files }: { readonly name: string; readonly files: PassFiles }): void {
  const languages = passLanguages(files)
  if (!isTag(locale)) {
    throw new AppError('USAGE', `--locale "${locale}" is not a language tag such as en or pt-BR.`)
  }
  // Without translations every phone shows the same texts, with its own numbers and dates.
  if (languages.length === 0 || languageFolder(files, locale) !== undefined) return
  throw new AppError('USAGE', `--locale "${locale}": "${name}" is not translated into that language.`, {
    hints: [`It has ${languages.join(', ')}; --locale all shows them all.`],
    details: { languages },
  })
}

function isTag(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-')).length === 1
  } catch {
    return false
  }
}

/** `English`, `Русский`: a language in its own words. Folders of passes from elsewhere may be named after none. */
export function languageName(locale: string): string {
  if (!isTag(locale)) return locale
  const tag = locale.replaceAll('_', '-')
  const name = new Intl.DisplayNames([tag], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? locale
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}
