import { pictureSize } from '../pictures/picture-size.js'
import { STYLE_LIMITS } from '../styles.js'
import type { PassView, ViewField } from '../view/types.js'
import { couponPath } from './card-shapes.js'
import { fieldBoxes, fieldRow, rowHeight } from './field-row.js'
import { type FrontBody, rowLook } from './front-body.js'
import { CARD_HEIGHT, CARD_WIDTH, cardShape, HEADER_HEIGHT, headerBoxes, MARGIN, shownFields } from './front-parts.js'
import { isSquare, type LayoutContext, type ShownBarcode } from './layout-context.js'
import type { LayoutBox } from './layout-types.js'

const PRIMARY_SIZE = 46
const PRIMARY_LABEL_SIZE = 14
const ROW_GAP = 12

/** Store cards and coupons: one large value over a picture, the other fields in rows below it. */
export function storeFront(view: PassView, context: LayoutContext, barcode: ShownBarcode | undefined): FrontBody {
  const strip = { x: 0, y: HEADER_HEIGHT, ...pictureSize('strip', view.style) }
  const hasStrip = view.pictures.has('strip')
  const shape = cardShape(view, view.style === 'coupon' ? couponPath(CARD_WIDTH, CARD_HEIGHT) : undefined)
  const boxes: LayoutBox[] = [shape]
  if (hasStrip) boxes.push({ kind: 'picture', name: 'strip', rect: strip, fit: 'cover' })
  boxes.push(...headerBoxes(view, context))

  const look = { ...rowLook(view), ...(hasStrip ? { over: 'strip' } : {}) }
  const sizes = { labelSize: PRIMARY_LABEL_SIZE, valueSize: PRIMARY_SIZE }
  const height = rowHeight(sizes)
  for (const field of shownFields(view, 'primaryFields')) {
    const place = { x: MARGIN, y: strip.y + (strip.height - height) / 2, width: CARD_WIDTH - 2 * MARGIN }
    boxes.push(...fieldBoxes(context.fonts, field, { ...look, ...sizes, ...place, align: 'left', valueFirst: true }))
  }

  let y = strip.y + strip.height + ROW_GAP
  for (const fields of rowsBelow(view, barcode)) {
    const place = { x: MARGIN, y, width: CARD_WIDTH - 2 * MARGIN, natural: 'spread' } as const
    boxes.push(...fieldRow(context.fonts, { ...rowLook(view), ...place, fields }))
    y += rowHeight(rowLook(view)) + ROW_GAP
  }
  return { boxes }
}

/** Secondary and auxiliary fields: one row of both when the barcode is square, which takes the space of a second. */
export function rowsBelow(view: PassView, barcode: ShownBarcode | undefined): ViewField[][] {
  const limits = STYLE_LIMITS[view.style]
  const secondary = view.groups.secondaryFields.slice(0, limits.secondaryFields)
  const auxiliary = view.groups.auxiliaryFields.slice(0, limits.auxiliaryFields)
  const together = limits.belowWithSquareCode
  const rows =
    together !== undefined && barcode !== undefined && isSquare(barcode.format)
      ? [[...secondary, ...auxiliary].slice(0, together)]
      : [secondary, auxiliary]
  return rows.filter((row) => row.length > 0)
}
