import { pictureSize } from '../pictures/picture-size.js'
import type { PassView } from '../view/types.js'
import { fieldBoxes, fieldRow, LABEL_SIZE, rowHeight } from './field-row.js'
import { type FrontBody, rowLook } from './front-body.js'
import { CARD_WIDTH, cardShape, HEADER_HEIGHT, headerBoxes, MARGIN, shownFields, thumbnailBox } from './front-parts.js'
import { rowsBelow } from './front-store.js'
import type { LayoutContext, ShownBarcode } from './layout-context.js'
import type { LayoutBox } from './layout-types.js'

const PRIMARY_SIZE = 28
const ROW_GAP = 12
const TOP = HEADER_HEIGHT + 10

/** A large value at the left, a small picture at the right, rows of fields below. */
export function genericFront(view: PassView, context: LayoutContext, barcode: ShownBarcode | undefined): FrontBody {
  const boxes: LayoutBox[] = [cardShape(view), ...headerBoxes(view, context)]
  const thumbnail = pictureSize('thumbnail', view.style)
  const picture = thumbnailBox(view, TOP)
  if (picture !== undefined) boxes.push(picture)

  const sizes = { labelSize: LABEL_SIZE, valueSize: PRIMARY_SIZE }
  for (const field of shownFields(view, 'primaryFields')) {
    const width = CARD_WIDTH - 2 * MARGIN - (picture === undefined ? 0 : picture.rect.width + ROW_GAP)
    const y = TOP + (thumbnail.height - rowHeight(sizes)) / 2
    boxes.push(...fieldBoxes(context.fonts, field, { ...rowLook(view), ...sizes, x: MARGIN, y, width, align: 'left' }))
  }

  let y = TOP + thumbnail.height + ROW_GAP
  for (const fields of rowsBelow(view, barcode)) {
    const place = { x: MARGIN, y, width: CARD_WIDTH - 2 * MARGIN, natural: 'spread' } as const
    boxes.push(...fieldRow(context.fonts, { ...rowLook(view), ...place, fields }))
    y += rowHeight(rowLook(view)) + ROW_GAP
  }
  return { boxes }
}
