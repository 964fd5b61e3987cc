import type { Problem, Rule } from '../rule.js'

/** Points from which a contrast of 3 is enough (WCAG: large text). */
const LARGE = 24

/** Texts over pictures; measured by preview/text-contrast.ts. */
export function overPictureRule(id: string, source: string): Rule {
  return {
    id,
    severity: 'shown-badly',
    title: 'A text over a picture can hardly be read.',
    reason:
      'Parts of the picture below the text are as light or as dark as the text itself. Large texts need a contrast of 3, others of 4.5.',
    fix: 'Darken or lighten that part of the picture, or change foregroundColor or labelColor.',
    source,
    example: 'White primary fields over a strip with a bright sky.',
    async check(subject) {
      const { textContrasts } = await import('../../preview/text-contrast.js')
      const { loadFonts } = await import('../../fonts/fonts.js')
      const fonts = await loadFonts()
      const problems = new Map<string, Problem>()
      for (const locale of subject.locales) {
        const [view, layout] = [await subject.view(locale), await subject.front(locale)]
        const { given } = view.colours
        for (const { box, picture, ratio } of await textContrasts(layout, { pictures: view.pictures, fonts })) {
          // Where the pass leaves the colour to Wallet, nobody knows which one it takes.
          const isOwn = box.role === 'label' ? given.label : given.foreground
          const enough = box.size >= LARGE ? 3 : 4.5
          if (!isOwn || ratio >= enough || problems.has(box.source)) continue
          const shown = (Math.floor(ratio * 10) / 10).toFixed(1)
          const message = `Where ${picture} lies below ${quoteText(box.text)}, the contrast falls to ${shown}`
          problems.set(box.source, {
            at: box.source,
            message: `${message}${ratio < 3 ? '; below 3 a text cannot be read.' : '; 4.5 is easy to read.'}`,
            fix: `Darken or lighten that part of the picture, or change ${box.role === 'label' ? 'labelColor' : 'foregroundColor'}.`,
            severity: ratio < 3 ? 'shown-badly' : 'advice',
          })
        }
      }
      return problems.values()
    },
  }
}

function quoteText(text: string): string {
  return `"${text.length > 30 ? `${text.slice(0, 29)}…` : text}"`
}
