import { createRecent } from '../../kit/recent.js'
import type { PassFiles } from '../model.js'
import { parsePicturePath } from '../pictures/picture-size.js'
import { parseStrings } from './strings-file.js'
import type { ViewPicture } from './types.js'

const FOLDER = /^([^/]+)\.lproj\//i

/** The languages that a pass is translated into, as its folders name them (`en`, `zh-Hans`), by name. */
export function passLanguages(files: PassFiles): string[] {
  const found = new Set<string>()
  for (const path of files.keys()) {
    const language = FOLDER.exec(path)?.[1]
    if (language !== undefined && language.toLowerCase() !== 'base') found.add(language)
  }
  return [...found].sort()
}

/** More than iOS knows. */
const MOST_LANGUAGES = 100
/** Length of pass.json, over all languages. */
const MOST_TEXT = 4 * 1024 * 1024

/**
 * In how many languages a pass is looked at. A pass.json of 40 KB, ten times what is usual, in a hundred; larger ones in
 * fewer, so that a hostile one is not laid out a thousand times.
 */
export function mostLanguages(length: number): number {
  return Math.max(1, Math.min(MOST_LANGUAGES, Math.floor(MOST_TEXT / length)))
}

/**
 * The folder that a phone in that language takes: `ru-RU` finds `ru-RU`, `ru_RU`, then `ru`; `zh-TW` finds `zh-Hant`.
 * Undefined when there is none; the phone then shows what stands in pass.json.
 */
export function languageFolder(files: PassFiles, locale: string): string | undefined {
  const wanted = candidates(locale)
  const present = new Map(passLanguages(files).map((language) => [normal(language), language]))
  for (const name of wanted) {
    const language = present.get(name)
    if (language !== undefined) return `${language}.lproj`
  }
  return undefined
}

const recentCandidates = createRecent<readonly string[]>(500)

/** Names of folders that would do for a language, the best first. */
function candidates(locale: string): readonly string[] {
  return recentCandidates(locale, () => findCandidates(locale))
}

function findCandidates(locale: string): string[] {
  const names = [normal(locale)]
  try {
    const full = new Intl.Locale(locale.replaceAll('_', '-')).maximize()
    names.push(normal(`${full.language}-${full.script}`), normal(full.language))
  } catch {
    names.push(normal(locale).split('-')[0] ?? '')
  }
  return names
}

function normal(language: string): string {
  return language.replaceAll('_', '-').toLowerCase()
}

/** What a phone in that language translates texts with; texts without an entry stay. */
export function translations(files: PassFiles, locale: string): ReadonlyMap<string, string> {
  const folder = languageFolder(files, locale)
  const bytes = folder === undefined ? undefined : files.get(`${folder}/pass.strings`)
  return bytes === undefined ? new Map() : parseStrings(bytes)
}

/**
 * The pictures that a phone with three pixels per point takes: translated ones before the common ones, then the
 * greatest scale. PDF pictures are left out where there is a PNG.
 */
export function pickPictures(files: PassFiles, locale: string): ReadonlyMap<string, ViewPicture> {
  const language = languageFolder(files, locale)?.replace(/\.lproj$/, '')
  const best = new Map<string, ViewPicture & { readonly rank: number }>()
  for (const [file, bytes] of files) {
    const picture = parsePicturePath(file)
    if (picture === undefined || (picture.language !== undefined && picture.language !== language)) continue
    const { name, scale } = picture
    const rank = (picture.language === undefined ? 0 : 100) + (picture.format === 'png' ? 10 : 0) + Math.min(scale, 3)
    if ((best.get(name)?.rank ?? -1) < rank) best.set(name, { file, bytes, scale, rank })
  }
  return new Map([...best].map(([name, { file, bytes, scale }]) => [name, { file, bytes, scale }]))
}
