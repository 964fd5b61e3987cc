import { createRecent } from '../../../kit/recent.js'
import type { Problem, RuleGroup } from '../rule.js'
import { quote, type Subject } from '../subject.js'
import { languagesOf, stringsPlace, type UsedText, usedTexts } from '../translations.js'

const SOURCE = 'Apple, Wallet Developer Guide: Localizing a Pass'

/** Texts in more than one language. */
export const LANGUAGE_RULES: RuleGroup = {
  id: 'language',
  title: 'Languages',
  intro:
    'Folders such as `ru.lproj` hold `pass.strings`: the text as pass.json has it, and what phones in that language show. A text without a line is shown as pass.json has it.',
  rules: [
    {
      id: 'language.syntax',
      severity: 'shown-badly',
      needs: 'files',
      title: 'A line of pass.strings cannot be read.',
      reason: 'Phones may ignore the whole file and show the card untranslated.',
      fix: 'Write "text of pass.json" = "translation"; and put a backslash before quotes inside.',
      source: 'Apple, Internationalization Guide: Strings files',
      example: '"Points" = "Баллы"',
      check: (subject) =>
        languagesOf(subject).flatMap((language) => {
          const { mistakes, cutAt } = language.strings
          const locale = language.name
          const found = mistakes.map((offset) => ({
            at: stringsPlace(language, offset),
            message: 'This is no "text" = "translation"; with a semicolon at its end.',
            locale,
          }))
          if (cutAt === undefined) return found
          const message = `${language.path} is longer than any card needs; what follows was not looked at.`
          return [...found, { at: stringsPlace(language, cutAt), message, locale }]
        }),
    },
    {
      id: 'language.encoding',
      severity: 'shown-badly',
      needs: 'files',
      title: 'pass.strings is neither UTF-8 nor UTF-16.',
      reason: 'Phones show question marks in place of letters, or ignore the file.',
      fix: 'Save the file as UTF-8.',
      source: SOURCE,
      example: 'A pass.strings saved as Windows-1251.',
      check: (subject) =>
        languagesOf(subject)
          .filter(({ strings }) => strings.text.includes('\ufffd'))
          .map((language) => ({
            at: stringsPlace(language, language.strings.text.indexOf('\ufffd')),
            message: `${language.path} has bytes that are no ${language.strings.encoding.toUpperCase()}.`,
            locale: language.name,
          })),
    },
    {
      id: 'language.missing',
      severity: 'shown-badly',
      title: 'A text is translated into some languages and not into others.',
      reason:
        'Phones in the other languages show the text as pass.json has it, a word of a foreign language on the card.',
      fix: 'Add a line for it to that pass.strings.',
      source: SOURCE,
      example: 'en.lproj has a line for "Points", ru.lproj has none.',
      *check(subject): Generator<Problem> {
        const languages = languagesOf(subject)
        const translated = unique(usedTexts(subject)).flatMap(({ text }) => {
          const other = languages.find(({ texts }) => texts.has(text))
          return other === undefined ? [] : [{ text, path: other.path }]
        })
        for (const language of languages) {
          for (const { text, path } of translated) {
            if (language.texts.has(text)) continue
            const message = `${quote(text)} is translated in ${path}, but not here.`
            yield { at: stringsPlace(language, 0), message, locale: language.name }
          }
        }
      },
    },
    {
      id: 'language.untranslated',
      severity: 'advice',
      title: 'A label or message is translated into no language.',
      reason: 'Every phone shows it as pass.json has it, whatever its language.',
      fix: 'Add a line for it to every pass.strings; a translation may be the same text.',
      source: SOURCE,
      example: 'A new label "Valid until" that no pass.strings knows.',
      check: (subject) => {
        const languages = languagesOf(subject)
        if (languages.length === 0) return []
        return unique(usedTexts(subject)).flatMap(({ text, at, kind }): Problem[] => {
          // Names, addresses and numbers are the same in all languages.
          const speaks =
            kind === 'label' || kind === 'changeMessage' || (kind === 'value' && /\p{L}\s+\p{L}+\s+\p{L}/u.test(text))
          if (!speaks || !/\p{L}{2}/u.test(text) || languages.some(({ texts }) => texts.has(text))) return []
          return [{ at, message: `${quote(text)} is translated into no language.` }]
        })
      },
    },
    {
      id: 'language.change-message',
      severity: 'shown-badly',
      title: 'The translation of a changeMessage has no %@.',
      reason: 'Phones in that language show no message, or one that does not say what changed.',
      fix: 'Write %@ where the new value belongs.',
      source: SOURCE,
      example: '"You now have %@ points" = "Число баллов изменилось";',
      check: (subject) => {
        const messages = new Set(
          usedTexts(subject).flatMap(({ text, kind }) => (kind === 'changeMessage' ? [text] : [])),
        )
        return languagesOf(subject).flatMap((language) =>
          language.strings.entries
            .filter(({ key, value }) => messages.has(key) && key.includes('%@') && !value.includes('%@'))
            .map(({ value, offset }) => ({
              at: stringsPlace(language, offset),
              message: `The translation ${quote(value)} has no %@.`,
              locale: language.name,
            })),
        )
      },
    },
    {
      id: 'language.enum-option',
      severity: 'shown-badly',
      needs: 'design',
      title: 'Some options of a field are translated and others are not.',
      reason: 'Holders with the other options see a word of a foreign language.',
      fix: 'Add a line for the option to every pass.strings.',
      source: SOURCE,
      example: 'options: [Silver, Gold], and only "Silver" = "Серебряный";',
      check: (subject) => {
        const options = unique(usedTexts(subject).filter(({ kind }) => kind === 'option'))
        return languagesOf(subject).flatMap((language) =>
          options.flatMap(({ text, field }): Problem[] => {
            const sibling = options.some((each) => each.field === field && language.texts.has(each.text))
            const elsewhere = languagesOf(subject).some(({ texts }) => texts.has(text))
            if (language.texts.has(text) || !sibling || elsewhere) return []
            const message = `The option ${quote(text)} of the field "${field}" is not translated, but others are.`
            return [{ at: stringsPlace(language, 0), message, locale: language.name }]
          }),
        )
      },
    },
    {
      id: 'language.unused',
      severity: 'advice',
      title: 'pass.strings translates a text that the card does not have.',
      reason: 'Most often the text was changed in pass.json and no longer fits its translation.',
      fix: 'Write the left side exactly as pass.json has the text, or remove the line.',
      source: SOURCE,
      example: '"Point" = "Баллы"; where pass.json says "Points".',
      check: (subject) => {
        // The strings of a finished card serve all cards of its design.
        if (!subject.isTemplate) return []
        const used = new Set(usedTexts(subject).map(({ text }) => text))
        const fed = subject.fields.some(({ spec }) => spec?.type === 'text')
        return languagesOf(subject).flatMap((language) =>
          language.strings.entries
            .filter(({ key }) => !used.has(key) && !(fed && isSample(subject, key)))
            .map(({ key, offset }) => ({
              at: stringsPlace(language, offset),
              message: `The card has no text ${quote(key)}.`,
              locale: language.name,
            })),
        )
      },
    },
    {
      id: 'language.twice',
      severity: 'advice',
      needs: 'files',
      title: 'pass.strings translates a text twice.',
      reason: 'Phones take one of the two.',
      fix: 'Keep one of the lines.',
      source: SOURCE,
      example: '"Points" = "Баллы"; and further down "Points" = "Очки";',
      check: (subject) =>
        languagesOf(subject).flatMap((language) => {
          const seen = new Set<string>()
          return language.strings.entries.flatMap(({ key, offset }): Problem[] => {
            if (!seen.has(key)) {
              seen.add(key)
              return []
            }
            const at = stringsPlace(language, offset)
            return [{ at, message: `${quote(key)} is translated twice.`, locale: language.name }]
          })
        }),
    },
    {
      id: 'language.folder',
      severity: 'shown-badly',
      needs: 'files',
      title: 'A language folder has a name that is no language.',
      reason: 'Phones never look into it.',
      fix: 'Name it after the language, such as en.lproj, ru.lproj or zh-Hans.lproj.',
      source: 'BCP 47',
      example: 'russian.lproj',
      check: ({ files }) => {
        const folders = new Set([...files.keys()].flatMap((path) => /^([^/]+)\.lproj\//i.exec(path)?.[1] ?? []))
        return [...folders].flatMap((name): Problem[] =>
          name.toLowerCase() === 'base' || isLanguage(name)
            ? []
            : [{ at: { file: `${name}.lproj` }, message: `"${name}" is no language that phones know.` }],
        )
      },
    },
  ],
}

/** Texts once each, at their first place. */
function unique(texts: readonly UsedText[]): UsedText[] {
  return [...new Map(texts.toReversed().map((used) => [used.text, used])).values()].reverse()
}

/** Texts of members may be translated too, such as a tier that comes as free text; the sample shows some of them. */
function isSample({ design }: Subject, key: string): boolean {
  return Object.values(design?.config.sample ?? {}).some((cells) => Object.values(cells).includes(key))
}

/** Asking takes long, and passes have few languages. */
const recentLanguages = createRecent<{ readonly known: boolean }>(256)

function isLanguage(name: string): boolean {
  return recentLanguages(name, () => ({ known: isKnownLanguage(name) })).known
}

function isKnownLanguage(name: string): boolean {
  try {
    const tag = name.replaceAll('_', '-')
    const title = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag)
    return title !== undefined
  } catch {
    return false
  }
}
