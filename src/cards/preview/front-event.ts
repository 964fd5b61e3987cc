import { pictureSize } from '../pictures/picture-size.js'
import { STYLE_LIMITS } from '../styles.js'
import type { PassView, ViewField } from '../view/types.js'
import { ticketPath } from './card-shapes.js'
import { fieldBoxes, fieldRow, LABEL_SIZE, rowHeight } from './field-row.js'
import { type FrontBody, rowLook } from './front-body.js'
import {
  CARD_HEIGHT,
  CARD_RADIUS,
  CARD_WIDTH,
  cardShape,
  HEADER_HEIGHT,
  headerBoxes,
  MARGIN,
  shownFields,
  thumbnailBox,
} from './front-parts.js'
import type { LayoutContext } from './layout-context.js'
import type { LayoutBox, PictureBox } from './layout-types.js'

const PRIMARY_SIZE = 30
const ROW_GAP = 10
const BACKGROUND_BLUR = 14
const TOP = HEADER_HEIGHT + 8

/** A ticket: what it is for over a strip, or beside a small picture with a blurred one behind everything. */
export function eventFront(view: PassView, context: LayoutContext): FrontBody {
  const hasStrip = view.pictures.has('strip')
  const hasBackground = !hasStrip && view.pictures.has('background')
  const over = hasBackground ? { over: 'background' } : {}
  const boxes: LayoutBox[] = [cardShape(view, ticketPath(CARD_WIDTH, CARD_HEIGHT, CARD_RADIUS))]
  if (hasBackground) boxes.push(backgroundBox())
  const strip = { x: 0, y: HEADER_HEIGHT, ...pictureSize('strip', 'eventTicket') }
  if (hasStrip) boxes.push({ kind: 'picture', name: 'strip', rect: strip, fit: 'cover' })
  boxes.push(...headerBoxes(view, context, { logo: 'logo', largest: pictureSize('logo', view.style), ...over }))

  const upper = hasStrip ? stripPart(view, context, strip) : thumbnailPart(view, context, over)
  boxes.push(...upper.boxes)
  let y = upper.bottom + ROW_GAP
  for (const fields of upper.rows) {
    if (fields.length === 0) continue
    const place = { x: MARGIN, y, width: CARD_WIDTH - 2 * MARGIN, natural: 'spread' } as const
    boxes.push(...fieldRow(context.fonts, { ...rowLook(view), ...over, ...place, fields }))
    y += rowHeight(rowLook(view)) + ROW_GAP
  }
  return { boxes }
}

interface Upper {
  readonly boxes: readonly LayoutBox[]
  readonly bottom: number
  /** The rows of fields that follow below. */
  readonly rows: readonly (readonly ViewField[])[]
}

function stripPart(view: PassView, { fonts }: LayoutContext, strip: PictureBox['rect']): Upper {
  const sizes = { labelSize: LABEL_SIZE, valueSize: PRIMARY_SIZE }
  const place = { x: MARGIN, y: strip.y + (strip.height - rowHeight(sizes)) / 2, width: CARD_WIDTH - 2 * MARGIN }
  const boxes = shownFields(view, 'primaryFields').flatMap((field) =>
    fieldBoxes(fonts, field, { ...rowLook(view), ...sizes, ...place, align: 'left', over: 'strip' }),
  )
  return { boxes, bottom: strip.y + strip.height, rows: [secondary(view), ...auxiliaryRows(view)] }
}

/** Primary and secondary fields at the left of the small picture. */
function thumbnailPart(view: PassView, { fonts }: LayoutContext, over: { readonly over?: string }): Upper {
  const boxes: LayoutBox[] = []
  const thumbnail = pictureSize('thumbnail', view.style)
  let width = CARD_WIDTH - 2 * MARGIN
  const picture = thumbnailBox(view, TOP)
  if (picture !== undefined) {
    boxes.push(picture)
    width -= picture.rect.width + 12
  }
  const sizes = { labelSize: LABEL_SIZE, valueSize: PRIMARY_SIZE - 4 }
  for (const field of shownFields(view, 'primaryFields')) {
    const place = { x: MARGIN, y: TOP, width, align: 'left' } as const
    boxes.push(...fieldBoxes(fonts, field, { ...rowLook(view), ...over, ...sizes, ...place }))
  }
  const y = TOP + rowHeight(sizes) + ROW_GAP
  const row = { x: MARGIN, y, width, natural: 'spread' } as const
  boxes.push(...fieldRow(fonts, { ...rowLook(view), ...over, ...row, fields: secondary(view) }))
  const bottom = Math.max(y + rowHeight(rowLook(view)), TOP + thumbnail.height)
  return { boxes, bottom, rows: auxiliaryRows(view) }
}

/** Behind the whole card, so blurred that texts are readable on it. */
function backgroundBox(): PictureBox {
  const rect = { x: 0, y: 0, width: CARD_WIDTH, height: CARD_HEIGHT }
  return { kind: 'picture', name: 'background', rect, fit: 'cover', blur: BACKGROUND_BLUR }
}

function secondary(view: PassView): readonly ViewField[] {
  return view.groups.secondaryFields.slice(0, STYLE_LIMITS.eventTicket.secondaryFields)
}

/** Event tickets may say which of two rows an auxiliary field is in; each row has the limit of its own. */
function auxiliaryRows(view: PassView): ViewField[][] {
  const limit = STYLE_LIMITS.eventTicket.auxiliaryFields
  const inRow = (row: number) => view.groups.auxiliaryFields.filter((field) => (field.row === 1 ? 1 : 0) === row)
  return [inRow(0).slice(0, limit), inRow(1).slice(0, limit)]
}
