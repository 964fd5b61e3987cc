import { loadFonts } from '../../cards/fonts/fonts.js'
import { drawLayout } from '../../cards/preview/draw-layout.js'
import type { Layout } from '../../cards/preview/layout-types.js'
import { previewImage } from '../../cards/preview/preview-image.js'
import { type PreviewPageCard, previewPage } from '../../cards/preview/preview-page.js'
import type { Appearance, CardSides } from './card-sides.js'
import { languageName } from './choose-locales.js'

export interface ImageOptions {
  readonly sides: 'front' | 'back' | 'both'
  readonly appearance: Appearance
  /** Pixels per point. */
  readonly scale: number
  /** Which wallets; Apple's when absent. Google's only where the cards have it. */
  readonly wallets?: readonly ('apple' | 'google')[]
}

/** One PNG: a row for each language. What there are several of is named below the sides. */
export function drawImage(
  cards: readonly CardSides[],
  { sides, appearance, scale, wallets = ['apple'] }: ImageOptions,
): Promise<Uint8Array> {
  const rows = cards.map(({ locale, view, front, back, google }) => {
    const { pictures } = view
    const looks = wallets.flatMap((wallet) =>
      wallet === 'apple'
        ? [{ name: 'Apple Wallet', front, back }]
        : google === undefined
          ? []
          : [{ name: 'Google Wallet', front: google.front, back: google.details }],
    )
    return looks.flatMap((look) => {
      const parts = [...(looks.length > 1 ? [look.name] : []), ...(cards.length > 1 ? [languageName(locale)] : [])]
      const layouts = [...(sides === 'back' ? [] : [look.front]), ...(sides === 'front' ? [] : [look.back[appearance]])]
      return layouts.map((layout) => ({ side: { layout, pictures }, caption: parts.join(', ') }))
    })
  })
  const all = rows.flat()
  const across = rows[0]?.length ?? 1
  // Several single sides stand beside one another too.
  const columns = across > 1 ? across : Math.min(4, rows.length)
  const captions = all.some(({ caption }) => caption !== '') ? all.map(({ caption }) => caption) : []
  return previewImage(
    all.map(({ side }) => side),
    { scale, appearance, columns, captions },
  )
}

export interface PageOptions {
  readonly title: string
  readonly notes: readonly string[]
  /** Follows changes, on pages that are served. */
  readonly script?: string
}

/** One self-contained page with all cards, light and dark. */
export async function drawPage(cards: readonly CardSides[], { title, notes, script }: PageOptions): Promise<string> {
  return previewPage({
    title,
    lang: cards[0]?.locale ?? 'en',
    cards: await Promise.all(cards.map(pageCard)),
    notes,
    ...(script === undefined ? {} : { liveScript: script }),
  })
}

async function pageCard({ locale, view, front, back, google }: CardSides): Promise<PreviewPageCard> {
  const options = { fonts: await loadFonts(), pictures: view.pictures }
  const draw = (side: Layout): Promise<string> => drawLayout(side, options)
  return {
    locale,
    caption: languageName(locale),
    view,
    front: await draw(front),
    back: { light: await draw(back.light), dark: await draw(back.dark) },
    more:
      google === undefined
        ? []
        : [
            { caption: 'Google Wallet', svg: await draw(google.front) },
            { caption: 'Google Wallet', svg: await draw(google.details.light), dark: await draw(google.details.dark) },
          ],
  }
}
