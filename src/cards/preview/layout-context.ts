import { barcodeFacts } from '../barcode/formats.js'
import type { Fonts } from '../fonts/fonts.js'
import type { BarcodeFormat, PassView, ViewBarcode } from '../view/types.js'

/** What a layout needs to know besides the pass. */
export interface LayoutContext {
  readonly fonts: Fonts
  /** The system of the phone; 27 when not given. Older ones know four of the eight barcode formats. */
  readonly ios?: 26 | 27
  /** Epoch milliseconds: a card that has expired by then is drawn so. When not given no card has. */
  readonly now?: number
}

export interface ShownBarcode extends ViewBarcode {
  readonly index: number
}

/** The barcode that the phone shows: the first that it knows. */
export function shownBarcode(view: PassView, { ios = 27 }: LayoutContext): ShownBarcode | undefined {
  const index = view.barcodes.findIndex(({ format }) => (barcodeFacts(format)?.since ?? 27) <= ios)
  const barcode = view.barcodes[index]
  return barcode === undefined ? undefined : { ...barcode, index }
}

export function isSquare(format: BarcodeFormat): boolean {
  return barcodeFacts(format)?.square ?? false
}
