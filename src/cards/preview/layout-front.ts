import type { PassView } from '../view/types.js'
import type { FrontBody } from './front-body.js'
import { genericFront } from './front-generic.js'
import { BOTTOM_MARGIN, barcodeBoxes, CARD_HEIGHT, CARD_WIDTH } from './front-parts.js'
import { storeFront } from './front-store.js'
import { type LayoutContext, type ShownBarcode, shownBarcode } from './layout-context.js'
import type { Layout } from './layout-types.js'
import { withoutValidity } from './without-validity.js'

type DrawFront = (view: PassView, context: LayoutContext, barcode: ShownBarcode | undefined) => FrontBody

/**
 * The front of a pass, laid out as Wallet does it on a phone that is 375 points wide: what is where, in drawing order.
 * Fields beyond the limits of the style are left out, texts that are too long are cut, as on the phone.
 */
export function layoutFront(view: PassView, context: LayoutContext): Layout {
  const barcode = shownBarcode(view, context)
  const { boxes, barcodeBottom = CARD_HEIGHT - BOTTOM_MARGIN } = frontOf(view)(view, context, barcode)
  const code = barcode === undefined ? [] : barcodeBoxes(context.fonts, barcode, barcodeBottom).boxes
  const layout = { width: CARD_WIDTH, height: CARD_HEIGHT, boxes: [...boxes, ...code] }
  return withoutValidity(layout, view, context)
}

function frontOf(view: PassView): DrawFront {
  switch (view.style) {
    case 'coupon':
    case 'storeCard':
      return storeFront
    default:
      return genericFront
  }
}
