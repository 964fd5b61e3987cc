import { luminance } from '../colour/colour.js'
import type { PassView } from '../view/types.js'
import { BLACK, CARD_RADIUS, WHITE } from './front-parts.js'
import type { LayoutContext } from './layout-context.js'
import type { Layout, LayoutBox, ShapeBox } from './layout-types.js'
import { textLine } from './text-line.js'

const NOTE_HEIGHT = 26
const NOTE_SIZE = 12

/** What Wallet says about cards that are no longer good, by language; English for all others. */
const NOTES: Readonly<Record<string, { readonly voided: string; readonly expired: string }>> = {
  en: { voided: 'Void', expired: 'Expired' },
  de: { voided: 'Ungültig', expired: 'Abgelaufen' },
  es: { voided: 'Anulada', expired: 'Caducada' },
  fr: { voided: 'Annulée', expired: 'Expirée' },
  ru: { voided: 'Недействительна', expired: 'Срок истёк' },
}

/** The front as it is, or veiled with a note when the card has been voided or has expired. */
export function withoutValidity(layout: Layout, view: PassView, context: LayoutContext): Layout {
  const expired = view.expiresAt !== undefined && context.now !== undefined && view.expiresAt <= context.now
  if (!view.voided && !expired) return layout
  const notes = NOTES[view.locale.split('-')[0] ?? ''] ?? NOTES.en
  const text = (view.voided ? notes?.voided : notes?.expired) ?? ''
  return { ...layout, boxes: [...layout.boxes, veil(layout, view), ...note(layout, view, context, text)] }
}

/** Pales all that lies under it. */
function veil({ width, height }: Layout, view: PassView): ShapeBox {
  const fill = luminance(view.colours.background) > 0.5 ? WHITE : ([142, 142, 147] as const)
  return { kind: 'shape', role: 'veil', rect: { x: 0, y: 0, width, height }, fill, opacity: 0.6 }
}

/** A pill over the middle of the card, where the barcode begins. */
function note(layout: Layout, view: PassView, { fonts }: LayoutContext, text: string): LayoutBox[] {
  const style = { size: NOTE_SIZE, weight: 600 } as const
  const width = Math.ceil(fonts.width(text, style)) + 24
  const code = layout.boxes.find(({ kind }) => kind === 'barcode')?.rect
  const middle = code === undefined ? layout.height - NOTE_HEIGHT - CARD_RADIUS : code.y + code.height / 2
  const rect = { x: (layout.width - width) / 2, y: middle - NOTE_HEIGHT / 2, width, height: NOTE_HEIGHT }
  const source = view.voided ? 'voided' : 'expirationDate'
  return [
    { kind: 'shape', role: 'note', rect, fill: BLACK, opacity: 0.78, radius: NOTE_HEIGHT / 2 },
    textLine(fonts, { ...style, source, role: 'note', text, rect, colour: WHITE, align: 'center' }),
  ]
}
