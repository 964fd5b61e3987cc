import type { Fonts } from '../fonts/fonts.js'
import type { PassView, ViewBarcode } from '../view/types.js'
import { CONTACTLESS_SIZE } from './contactless.js'
import { BLACK, CARD_WIDTH } from './front-parts.js'
import { isSquare, type ShownBarcode } from './layout-context.js'
import type { BarcodeBox, LayoutBox, Rect, TextBox } from './layout-types.js'
import { textLine } from './text-line.js'

/** Padding between the white field and the code. */
const CODE_PADDING = 10
const SQUARE_CODE = { width: 132, height: 132 }
const WIDE_CODE = { width: 276, height: 72 }
const ALT_TEXT_SIZE = 12
const ALT_TEXT_HEIGHT = 18

/**
 * Where that has to end which stands above the barcode, or above the sign that cards with NFC have in its place.
 *
 * @param bottom - where these end; what stands above goes down to it where there is neither.
 */
export function endAboveCode(
  { nfc }: PassView,
  barcode: ViewBarcode | undefined,
  { bottom, gap }: { bottom: number; gap: number },
): number {
  if (barcode !== undefined) return fieldOf(barcode, bottom).y - gap
  return nfc ? bottom - CONTACTLESS_SIZE - gap : bottom
}

/** The barcode in its white field, centred, with its text below it inside of the field. */
export function barcodeBoxes(fonts: Fonts, barcode: ShownBarcode, bottom: number): LayoutBox[] {
  const { format, message, messageEncoding, altText = '' } = barcode
  const rect = fieldOf(barcode, bottom)
  const code = { x: rect.x + CODE_PADDING, y: rect.y + CODE_PADDING, ...sizeOf(barcode) }
  const box: BarcodeBox = { kind: 'barcode', format, message, messageEncoding, rect, code }
  return altText === '' ? [box] : [box, altTextBox(fonts, `barcodes/${barcode.index}/altText`, altText, rect)]
}

function sizeOf({ format }: ViewBarcode): { width: number; height: number } {
  return isSquare(format) ? SQUARE_CODE : WIDE_CODE
}

function fieldOf(barcode: ViewBarcode, bottom: number): Rect {
  const code = sizeOf(barcode)
  const width = code.width + 2 * CODE_PADDING
  const text = barcode.altText === undefined || barcode.altText === '' ? 0 : ALT_TEXT_HEIGHT
  const height = code.height + 2 * CODE_PADDING + text
  return { x: (CARD_WIDTH - width) / 2, y: bottom - height, width, height }
}

function altTextBox(fonts: Fonts, source: string, text: string, field: Rect): TextBox {
  const y = field.y + field.height - ALT_TEXT_HEIGHT - 5
  const rect = { x: field.x + 6, y, width: field.width - 12, height: ALT_TEXT_HEIGHT }
  const look = { size: ALT_TEXT_SIZE, smallest: 0.6, weight: 400, colour: BLACK, align: 'center' } as const
  return textLine(fonts, { source, role: 'altText', text, rect, ...look })
}
