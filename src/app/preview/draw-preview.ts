import { loadFonts } from '../../cards/fonts/fonts.js'
import { drawLayout } from '../../cards/preview/draw-layout.js'
import { type PreviewSide, previewImage } from '../../cards/preview/preview-image.js'
import { type PreviewPageCard, previewPage } from '../../cards/preview/preview-page.js'
import type { Appearance, CardSides } from './card-sides.js'
import { languageName } from './choose-locales.js'

export interface ImageOptions {
  readonly sides: 'front' | 'back' | 'both'
  readonly appearance: Appearance
  /** Pixels per point. */
  readonly scale: number
}

/** One PNG: a row for each language, named below its sides where there are several. */
export function drawImage(
  cards: readonly CardSides[],
  { sides, appearance, scale }: ImageOptions,
): Promise<Uint8Array> {
  const shown = cards.map(({ locale, view, front, back }) => {
    const { pictures } = view
    const all: readonly PreviewSide[] = [
      ...(sides === 'back' ? [] : [{ layout: front, pictures }]),
      ...(sides === 'front' ? [] : [{ layout: back[appearance], pictures }]),
    ]
    return { all, caption: languageName(locale) }
  })
  // Several single sides stand beside one another too.
  const columns = sides === 'both' ? (shown[0]?.all.length ?? 1) : Math.min(4, shown.length)
  const captions = cards.length < 2 ? [] : shown.flatMap(({ all, caption }) => all.map(() => caption))
  return previewImage(
    shown.flatMap(({ all }) => all),
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

async function pageCard({ locale, view, front, back }: CardSides): Promise<PreviewPageCard> {
  const options = { fonts: await loadFonts(), pictures: view.pictures }
  const [face, light, dark] = await Promise.all([front, back.light, back.dark].map((side) => drawLayout(side, options)))
  return {
    locale,
    caption: languageName(locale),
    view,
    front: face ?? '',
    back: { light: light ?? '', dark: dark ?? '' },
  }
}
