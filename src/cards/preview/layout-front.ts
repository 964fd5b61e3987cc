import type { PassView } from '../view/types.js'
import { barcodeBoxes } from './front-barcode.js'
import { boardingFront, semanticFront } from './front-boarding.js'
import type { FrontBody } from './front-body.js'
import { eventFront } from './front-event.js'
import { genericFront } from './front-generic.js'
import { BOTTOM_MARGIN, CARD_HEIGHT, CARD_WIDTH } from './front-parts.js'
import { posterFront } from './front-poster.js'
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
  const body = frontOf(view)(view, context, barcode)
  const { boxes, barcodeBottom = CARD_HEIGHT - BOTTOM_MARGIN, hidesBarcode = false } = body
  const code = barcode === undefined || hidesBarcode ? [] : barcodeBoxes(context.fonts, barcode, barcodeBottom)
  const layout = { width: CARD_WIDTH, height: CARD_HEIGHT, boxes: [...boxes, ...code] }
  return withoutValidity(layout, view, context)
}

function frontOf(view: PassView): DrawFront {
  switch (view.style) {
    case 'boardingPass':
      return view.scheme === 'semanticBoardingPass' ? semanticFront : boardingFront
    case 'coupon':
    case 'storeCard':
      return storeFront
    case 'eventTicket':
      return view.scheme === 'posterEventTicket' ? posterFront : eventFront
    case 'posterGeneric':
      return posterFront
    case 'generic':
      return genericFront
  }
}
