import type { PassView } from '../view/types.js'
import { type FieldLook, LABEL_SIZE } from './field-row.js'
import type { LayoutBox } from './layout-types.js'

/** The card without its barcode. */
export interface FrontBody {
  readonly boxes: readonly LayoutBox[]
  /** Where the barcode's field ends when it is not at the usual place. */
  readonly barcodeBottom?: number
  /** True for looks that have no barcode. */
  readonly hidesBarcode?: boolean
}

const VALUE_SIZE = 18

/** Fields in rows: the sizes that most of them have. */
export function rowLook(view: PassView): FieldLook {
  const { label, foreground } = view.colours
  return { labelSize: LABEL_SIZE, valueSize: VALUE_SIZE, label, value: foreground }
}
