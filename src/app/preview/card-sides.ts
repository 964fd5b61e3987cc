import { drawBarcode } from '../../cards/barcode/draw-barcode.js'
import { type Fonts, loadFonts } from '../../cards/fonts/fonts.js'
import type { GoogleLook } from '../../cards/google/look/google-look.js'
import { layoutBack } from '../../cards/preview/layout-back.js'
import { layoutFront } from '../../cards/preview/layout-front.js'
import type { Layout } from '../../cards/preview/layout-types.js'
import { drawable } from '../../cards/preview/text-line.js'
import type { PassView } from '../../cards/view/types.js'
import { viewPass } from '../../cards/view/view-pass.js'
import type { LoadedSource, ShownPass } from './preview-source.js'

export const APPEARANCES = ['light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

/** A card in one language, laid out. */
export interface CardSides {
  readonly locale: string
  readonly view: PassView
  readonly front: Layout
  readonly back: Readonly<Record<Appearance, Layout>>
  /** The same card in Google Wallet, where that was asked for. */
  readonly google?: GoogleLook
}

export interface SideOptions {
  readonly ios: 26 | 27
  /** Epoch milliseconds. */
  readonly now: number
  /** IANA name. */
  readonly timeZone: string
  /** Whether the look of Google Wallet is wanted too. */
  readonly google: boolean
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
  const pass = await source.pass(locale)
  const view = viewPass(pass.bundle, { locale, ...options })
  const back = (appearance: Appearance) => layoutBack(view, { ...options, appearance })
  return {
    locale,
    view,
    front: layoutFront(view, options),
    back: { light: back('light'), dark: back('dark') },
    ...(options.google ? { google: await lookOf(source, pass, view, options) } : {}),
  }
}

async function lookOf(
  { design, issuerId }: LoadedSource,
  { bundle, values }: ShownPass,
  { locale, pictures }: PassView,
  { fonts, now, timeZone }: SideOptions & { readonly fonts: Fonts },
): Promise<GoogleLook> {
  const { googleTwin } = await import('../../cards/google/google-twin.js')
  const { googleLook } = await import('../../cards/google/look/google-look.js')
  const classSuffix = design?.name ?? 'pass'
  const twin = googleTwin(bundle, design, { issuerId, classSuffix, now, timeZone, ...(values && { values }) })
  return googleLook(twin, { fonts, locale, pictures })
}

/** Barcodes that cannot be drawn, as sentences: no phone shows them either. */
export async function brokenBarcodes(cards: readonly CardSides[]): Promise<string[]> {
  const found: string[] = []
  for (const { locale, front } of cards) {
    for (const box of front.boxes) {
      if (box.kind !== 'barcode') continue
      const drawing = await drawBarcode({ ...box, field: box.rect, room: box.code })
      if ('problem' in drawing) found.push(`${locale}: the barcode cannot be drawn: ${drawing.problem}`)
    }
  }
  return found
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
  const line = drawable(text).replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
