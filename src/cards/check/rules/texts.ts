import type { Layout, TextBox } from '../../preview/layout-types.js'
import type { Problem, RuleGroup } from '../rule.js'
import { quote, type Subject } from '../subject.js'

const SOURCE = 'Measured with the widths of Inter, which has the proportions of San Francisco'

/** Texts that do not fit. */
export const TEXT_RULES: RuleGroup = {
  id: 'text',
  title: 'Texts that do not fit',
  intro:
    'The front of the card is laid out in every language with the sample of design.yaml. A phone cuts what does not fit with an ellipsis, or leaves it out.',
  rules: [
    {
      id: 'text.truncated',
      severity: 'shown-badly',
      title: 'A text is cut.',
      reason: 'Holders see the beginning and an ellipsis.',
      fix: 'Shorten the text in that language, or give it more room: fewer fields beside it, or the back.',
      source: SOURCE,
      example: '"label": "Available until the end of the campaign" on one of four fields',
      async check(subject) {
        const problems: Problem[] = []
        for (const locale of subject.locales) {
          for (const box of cutBoxes(await subject.front(locale))) problems.push(await truncation(subject, box, locale))
        }
        return merge(problems, subject.locales)
      },
    },
    {
      id: 'text.option-truncated',
      severity: 'shown-badly',
      needs: 'design',
      title: 'The longest option of a field is cut.',
      reason: 'The sample fits, but members with the longest option see an ellipsis.',
      fix: 'Shorten the option or its translation, or give the field more room.',
      source: SOURCE,
      example: 'options: [Silver, Platinum Ambassador] in a header field',
      async check(subject) {
        const problems: Problem[] = []
        for (const site of subject.fields) {
          const options = site.spec?.options
          if (options === undefined || site.onBack || site.style !== subject.style) continue
          for (const locale of subject.locales) {
            const source = `${site.at}/value`
            if (cutBoxes(await subject.front(locale)).some((box) => box.source === source)) continue
            const cut = await longestCut(subject, { key: site.key ?? '', options, source, locale })
            if (cut !== undefined) problems.push(cut)
          }
        }
        return merge(problems, subject.locales)
      },
    },
  ],
}

async function longestCut(
  subject: Subject,
  { key, options, source, locale }: { key: string; options: readonly string[]; source: string; locale: string },
): Promise<Problem | undefined> {
  const { languagesOf } = await import('../translations.js')
  const texts = languagesOf(subject).find(({ name }) => name === locale)?.texts
  const longest = options.toSorted((a, b) => (texts?.get(b) ?? b).length - (texts?.get(a) ?? a).length)[0]
  if (longest === undefined) return undefined
  const box = cutBoxes(await subject.front(locale, { [key]: longest })).find((each) => each.source === source)
  return box === undefined ? undefined : truncation(subject, box, locale)
}

function cutBoxes(layout: Layout): TextBox[] {
  return layout.boxes.filter((box): box is TextBox => box.kind === 'text' && box.truncated)
}

async function truncation(_subject: Subject, box: TextBox, locale: string): Promise<Problem> {
  const { loadFonts } = await import('../../fonts/fonts.js')
  const fonts = await loadFonts()
  const width = fonts.width(box.text, { size: box.size, weight: box.weight })
  const missing = Math.max(1, Math.ceil(width - box.rect.width * Math.max(1, box.lines.length)))
  const characters = [...box.text].length
  const fits = Math.max(
    0,
    Math.floor((characters * box.rect.width * Math.max(1, box.lines.length)) / Math.max(width, 1)),
  )
  const message =
    box.rect.width <= 0
      ? `${quote(box.text)} is left out: there is no room for it.`
      : `${quote(box.text)} is cut: ${missing} points are missing, about ${Math.min(fits, characters - 1)} of its ${characters} characters fit.`
  return { at: box.source, message, locale }
}

/** What is the same in all languages is said once. */
function merge(problems: readonly Problem[], locales: readonly string[]): Problem[] {
  const groups = Map.groupBy(problems, ({ at, message }) => `${String(at)}\0${message}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { locale, ...rest } = first
    if (group.length === locales.length) return [rest]
    return group.map((problem) => ({ ...problem, message: `${problem.message.slice(0, -1)} (${problem.locale}).` }))
  })
}
