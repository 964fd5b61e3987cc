import { mixColours } from '../colour/colour.js'
import { pictureSize } from '../pictures/picture-size.js'
import { STYLE_LIMITS } from '../styles.js'
import type { PassView, ViewField } from '../view/types.js'
import { boardingPath } from './card-shapes.js'
import { fieldBoxes, fieldRow, rowHeight } from './field-row.js'
import { endAboveCode } from './front-barcode.js'
import { type FrontBody, rowLook } from './front-body.js'
import {
  BOTTOM_MARGIN,
  CARD_HEIGHT,
  CARD_RADIUS,
  CARD_WIDTH,
  cardShape,
  HEADER_HEIGHT,
  headerBoxes,
  MARGIN,
  pictureSizeOf,
  shownFields,
  shrinkTo,
} from './front-parts.js'
import type { LayoutContext, ShownBarcode } from './layout-context.js'
import type { LayoutBox, PictureBox, ShapeBox, TextBox } from './layout-types.js'
import { placedSign } from './transit-signs.js'

const PLACE_SIZES = { labelSize: 12, valueSize: 46 }
const SIGN = 34
const SEMANTIC_SIGN = 24
const SIGN_GAP = 14
const ROW_GAP = 14
const TOP = HEADER_HEIGHT + 8
const FOOTER_GAP = 8
/** Where the card is clipped at its sides. */
const TEAR = TOP + rowHeight(PLACE_SIZES) + 12

/** From where to where, with the sign of the journey between; then auxiliary and secondary fields; picture and code. */
export function boardingFront(view: PassView, context: LayoutContext, barcode: ShownBarcode | undefined): FrontBody {
  const boxes: LayoutBox[] = [
    cardShape(view, boardingPath(CARD_WIDTH, CARD_HEIGHT, CARD_RADIUS, TEAR)),
    ...headerBoxes(view, context),
    ...journeyBoxes(view, context, { y: TOP, ...PLACE_SIZES, sign: SIGN }),
    dividerAt(view, TEAR),
    ...rowBoxes(view, context, TEAR + ROW_GAP),
  ]
  const bottom = CARD_HEIGHT - BOTTOM_MARGIN
  const footer = footerPicture(view, endAboveCode(view, barcode, { bottom, gap: FOOTER_GAP }))
  return { boxes: footer === undefined ? boxes : [...boxes, footer] }
}

/** The look of iOS 26: a plain card with the carrier's own logo and a smaller sign. */
export function semanticFront(view: PassView, context: LayoutContext): FrontBody {
  const logo = view.pictures.has('primaryLogo') ? 'primaryLogo' : 'logo'
  const journey = { y: TOP, ...PLACE_SIZES, sign: SEMANTIC_SIGN }
  return {
    boxes: [
      cardShape(view),
      ...headerBoxes(view, context, { logo, largest: pictureSize(logo, view.style) }),
      ...journeyBoxes(view, context, journey),
      dividerAt(view, TEAR),
      ...rowBoxes(view, context, TEAR + ROW_GAP),
    ],
  }
}

function rowBoxes(view: PassView, { fonts }: LayoutContext, top: number): TextBox[] {
  const { auxiliaryFields, secondaryFields } = STYLE_LIMITS.boardingPass
  const rows = [
    view.groups.auxiliaryFields.slice(0, auxiliaryFields),
    view.groups.secondaryFields.slice(0, secondaryFields),
  ]
  const look = rowLook(view)
  return rows
    .filter((fields) => fields.length > 0)
    .flatMap((fields, index) => {
      const y = top + index * (rowHeight(look) + ROW_GAP)
      return fieldRow(fonts, { ...look, x: MARGIN, y, width: CARD_WIDTH - 2 * MARGIN, natural: 'spread', fields })
    })
}

interface JourneyPlace {
  readonly y: number
  readonly labelSize: number
  readonly valueSize: number
  readonly sign: number
}

/** Two places and the sign between them; one place alone stands at the left. */
export function journeyBoxes(view: PassView, { fonts }: LayoutContext, place: JourneyPlace): LayoutBox[] {
  const [from, to] = shownFields(view, 'primaryFields')
  const width = (CARD_WIDTH - 2 * MARGIN - place.sign) / 2 - SIGN_GAP
  const column = (field: ViewField, align: 'left' | 'right') => {
    const x = align === 'left' ? MARGIN : CARD_WIDTH - MARGIN - width
    const look = { ...rowLook(view), labelSize: place.labelSize, valueSize: place.valueSize }
    return fieldBoxes(fonts, field, { ...look, x, y: place.y, width, align })
  }
  const height = rowHeight(place)
  const middle = place.y + place.labelSize + 4 + (height - place.labelSize - 4) / 2
  const rect = {
    x: (CARD_WIDTH - place.sign) / 2,
    y: middle - place.sign / 2,
    width: place.sign,
    height: place.sign,
  }
  const sign: ShapeBox = {
    kind: 'shape',
    role: `transit-${view.transitType ?? 'generic'}`,
    rect,
    path: placedSign(view.transitType ?? 'generic', rect.x, rect.y, place.sign),
    fill: view.colours.label,
  }
  return [
    ...(from === undefined ? [] : column(from, 'left')),
    ...(to === undefined ? [] : [sign, ...column(to, 'right')]),
  ]
}

function dividerAt(view: PassView, y: number): ShapeBox {
  const { background, foreground } = view.colours
  const rect = { x: MARGIN, y: y - 0.5, width: CARD_WIDTH - 2 * MARGIN, height: 1 }
  return { kind: 'shape', role: 'divider', rect, fill: mixColours(background, foreground, 0.18) }
}

function footerPicture(view: PassView, bottom: number): PictureBox | undefined {
  const picture = view.pictures.get('footer')
  if (picture === undefined) return undefined
  const largest = pictureSize('footer', view.style)
  const size = shrinkTo(pictureSizeOf(picture) ?? largest, largest)
  const rect = { x: (CARD_WIDTH - size.width) / 2, y: bottom - size.height, ...size }
  return { kind: 'picture', name: 'footer', rect, fit: 'contain' }
}
