import type { Rgb } from '../colour/colour.js'
import { pictureSize } from '../pictures/picture-size.js'
import { STYLE_LIMITS } from '../styles.js'
import type { PassView } from '../view/types.js'
import { type FieldLook, fieldBoxes, fieldRow, LABEL_SIZE, rowHeight } from './field-row.js'
import { endAboveCode } from './front-barcode.js'
import { type FrontBody, rowLook } from './front-body.js'
import {
  BLACK,
  BOTTOM_MARGIN,
  CARD_HEIGHT,
  CARD_WIDTH,
  cardShape,
  HEADER_HEIGHT,
  headerBoxes,
  MARGIN,
  pictureSizeOf,
  shownFields,
  shrinkTo,
  WHITE,
} from './front-parts.js'
import type { LayoutContext, ShownBarcode } from './layout-context.js'
import type { LayoutBox, PictureBox, Rect, ShapeBox } from './layout-types.js'

const NAME_SIZES = { labelSize: 12, valueSize: 30 }
const FOOTER_HEIGHT = 46
const ROW_GAP = 10
/** How far the dark under the texts reaches above them. */
const FADE = 90

/**
 * A poster: a picture over the whole card, the texts at the bottom over the dark that grows there. Generic posters have
 * a footer, tickets a second logo.
 */
export function posterFront(view: PassView, context: LayoutContext, barcode: ShownBarcode | undefined): FrontBody {
  const isTicket = view.style === 'eventTicket'
  const picture = isTicket && view.pictures.has('artwork') ? 'artwork' : 'background'
  const hasPicture = view.pictures.has(picture)
  const over = hasPicture ? { over: picture } : {}
  const { value, label } = posterColours(view, hasPicture)
  const look: FieldLook = { ...rowLook(view), value, label, ...over }

  // Posters of tickets show a code from iOS 27 on; before, they were held to readers only.
  const hidesBarcode = isTicket && context.ios === 26
  const footer = isTicket ? secondaryLogo(view) : footerBoxes(view, context, look)
  const barcodeBottom = CARD_HEIGHT - (footer.length === 0 ? BOTTOM_MARGIN : FOOTER_HEIGHT + 12)
  const shown = hidesBarcode ? undefined : barcode
  const bottom = endAboveCode(view, shown, { bottom: barcodeBottom, gap: 12 })
  const texts = textsUpwards(view, context, look, bottom)

  const logo = view.pictures.has('primaryLogo') ? 'primaryLogo' : 'logo'
  const header = { logo, largest: pictureSize(logo, view.style), value, label, ...over }
  const boxes: LayoutBox[] = [
    cardShape(view),
    ...(hasPicture ? [pictureBox(picture), ...shades(view, texts.top)] : []),
    ...headerBoxes(view, context, header),
    ...texts.boxes,
    ...footer,
  ]
  return { boxes, barcodeBottom, hidesBarcode }
}

/** Colours that the pass gives; where it gives none, white on pictures, which the shade makes readable. */
function posterColours(view: PassView, hasPicture: boolean): { value: Rgb; label: Rgb } {
  const { foreground, label, given } = view.colours
  return {
    value: hasPicture && !given.foreground ? WHITE : foreground,
    label: hasPicture && !given.label ? WHITE : label,
  }
}

function pictureBox(name: string): PictureBox {
  return { kind: 'picture', name, rect: { x: 0, y: 0, width: CARD_WIDTH, height: CARD_HEIGHT }, fit: 'cover' }
}

/** Dark under the header and under the texts. */
function shades(view: PassView, top: number): ShapeBox[] {
  const fill = view.colours.footerBackground ?? BLACK
  const start = Math.max(HEADER_HEIGHT, top - FADE)
  const header = { x: 0, y: 0, width: CARD_WIDTH, height: HEADER_HEIGHT * 1.4 }
  const texts = { x: 0, y: start, width: CARD_WIDTH, height: CARD_HEIGHT - start }
  const within = Math.min(1, (FADE * 1.4) / texts.height)
  return [
    { kind: 'shape', role: 'shade', rect: header, fill: BLACK, opacity: 0.35, fade: { towards: 'top', within: 1 } },
    { kind: 'shape', role: 'shade', rect: texts, fill, opacity: 0.82, fade: { towards: 'bottom', within } },
  ]
}

/** Name, then secondary and auxiliary fields, ending at `bottom`. */
function textsUpwards(view: PassView, { fonts }: LayoutContext, look: FieldLook, bottom: number) {
  const limits = STYLE_LIMITS[view.style]
  const rows = [
    view.groups.secondaryFields.slice(0, limits.secondaryFields),
    view.groups.auxiliaryFields.slice(0, limits.auxiliaryFields),
  ].filter((row) => row.length > 0)
  const width = CARD_WIDTH - 2 * MARGIN
  const names = shownFields(view, 'primaryFields')
  const height = names.length * rowHeight(NAME_SIZES) + rows.length * (rowHeight(look) + ROW_GAP)
  const top = bottom - height
  let y = top
  const boxes: LayoutBox[] = []
  for (const field of names) {
    boxes.push(...fieldBoxes(fonts, field, { ...look, ...NAME_SIZES, x: MARGIN, y, width, align: 'left' }))
    y += rowHeight(NAME_SIZES)
  }
  for (const fields of rows) {
    y += ROW_GAP
    boxes.push(...fieldRow(fonts, { ...look, x: MARGIN, y, width, natural: 'spread', fields }))
    y += rowHeight(look)
  }
  return { boxes, top }
}

/** The first footer field on its own ground: the label at the left, the value at the right. */
function footerBoxes(view: PassView, { fonts }: LayoutContext, look: FieldLook): LayoutBox[] {
  const [field] = shownFields(view, 'footerFields')
  if (field === undefined) return []
  const rect: Rect = { x: 0, y: CARD_HEIGHT - FOOTER_HEIGHT, width: CARD_WIDTH, height: FOOTER_HEIGHT }
  const fill = view.colours.footerBackground ?? view.colours.background
  const row = { x: MARGIN, y: rect.y + (FOOTER_HEIGHT - rowHeight(FOOTER_SIZES)) / 2, width: CARD_WIDTH - 2 * MARGIN }
  const { over: _onPicture, ...plain } = look
  const align = field.alignment === 'natural' ? 'left' : field.alignment
  return [
    { kind: 'shape', role: 'footer', rect, fill },
    ...fieldBoxes(fonts, field, { ...plain, ...FOOTER_SIZES, ...row, align }),
  ]
}

const FOOTER_SIZES = { labelSize: LABEL_SIZE, valueSize: 15 }

/** The logo of a sponsor or of the seller, small at the bottom. */
function secondaryLogo(view: PassView): PictureBox[] {
  const picture = view.pictures.get('secondaryLogo')
  if (picture === undefined) return []
  const largest = pictureSize('secondaryLogo', view.style)
  const size = shrinkTo(pictureSizeOf(picture) ?? largest, largest)
  const rect = { x: MARGIN, y: CARD_HEIGHT - FOOTER_HEIGHT / 2 - size.height / 2, ...size }
  return [{ kind: 'picture', name: 'secondaryLogo', rect, fit: 'contain' }]
}
