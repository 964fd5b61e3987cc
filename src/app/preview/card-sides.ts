import { type Fonts, loadFonts } from '../../cards/fonts/fonts.js'
import { layoutBack } from '../../cards/preview/layout-back.js'
import { layoutFront } from '../../cards/preview/layout-front.js'
import type { Layout } from '../../cards/preview/layout-types.js'
import type { PassView } from '../../cards/view/types.js'
import { viewPass } from '../../cards/view/view-pass.js'
import type { LoadedSource } from './preview-source.js'

export const APPEARANCES = ['light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

/** A card in one language, laid out. */
export interface CardSides {
  readonly locale: string
  readonly view: PassView
  readonly front: Layout
  readonly back: Readonly<Record<Appearance, Layout>>
}

export interface SideOptions {
  readonly ios: 26 | 27
  /** Epoch milliseconds. */
  readonly now: number
  /** IANA name. */
  readonly timeZone: string
}

/** Lays a card out in each of the languages. */
export async function layOutCards(
  source: LoadedSource,
  locales: readonly string[],
  options: SideOptions,
): Promise<CardSides[]> {
  const fonts = await loadFonts()
  const cards: CardSides[] = []
  // One after another: drawing what is missing of a stamp card twice at once would be work for nothing.
  for (const locale of locales) cards.push(await layOut(source, locale, { ...options, fonts }))
  return cards
}

async function layOut(
  source: LoadedSource,
  locale: string,
  options: SideOptions & { fonts: Fonts },
): Promise<CardSides> {
  const view = viewPass(await source.bundle(locale), { locale, ...options })
  const back = (appearance: Appearance) => layoutBack(view, { ...options, appearance })
  return { locale, view, front: layoutFront(view, options), back: { light: back('light'), dark: back('dark') } }
}

const MOST_WARNINGS = 12

/** What of the fronts a phone cuts, as sentences. */
export function cutTexts(cards: readonly CardSides[]): string[] {
  const found = cards.flatMap(({ locale, front }) =>
    front.boxes.flatMap((box) =>
      box.kind === 'text' && box.truncated ? [`${locale}: "${shorten(box.text)}" does not fit (${box.source}).`] : [],
    ),
  )
  return found.length <= MOST_WARNINGS
    ? found
    : [...found.slice(0, MOST_WARNINGS), `${found.length - MOST_WARNINGS} more texts do not fit.`]
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
