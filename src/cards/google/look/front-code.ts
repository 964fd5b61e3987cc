import type { Fonts } from '../../fonts/fonts.js'
import { isSquare } from '../../preview/layout-context.js'
import type { LayoutBox, Rect } from '../../preview/layout-types.js'
import { textLine } from '../../preview/text-line.js'
import type { LookCard } from './look-card.js'
import { INK, WHITE, WIDTH } from './look-parts.js'

const PADDING = 19
const INSET = 3
const SQUARE = { width: 168, height: 168 }
const WIDE = { width: 280, height: 84 }
const TEXT_HEIGHT = 26

/** The code in its white field with round corners, its text below it inside of the field. */
export function codeBoxes({ format, message, text }: NonNullable<LookCard['barcode']>, fonts: Fonts, top: number) {
  const size = isSquare(format) ? SQUARE : WIDE
  const width = size.width + 2 * PADDING
  const height = size.height + 2 * PADDING + (text === '' ? 0 : TEXT_HEIGHT - 6)
  const field = { x: (WIDTH - width) / 2, y: top, width, height }
  const code = { x: field.x + PADDING, y: top + PADDING, ...size }
  const boxes: LayoutBox[] = [
    { kind: 'shape', role: 'barcodeField', rect: field, fill: WHITE, radius: 16 },
    { kind: 'barcode', format, message, messageEncoding: 'utf-8', rect: inner(field), code },
  ]
  if (text !== '') {
    const rect = { x: field.x + 8, y: top + height - TEXT_HEIGHT - 6, width: width - 16, height: TEXT_HEIGHT }
    const look = { size: 14, smallest: 0.6, weight: 400, colour: INK, align: 'center' } as const
    boxes.push(textLine(fonts, { source: 'object.barcode.alternateText', role: 'altText', text, rect, ...look }))
  }
  return { boxes, bottom: top + height }
}

/** The quiet zone may use nearly all of the field; its own corners stay inside of the rounder ones of the field. */
function inner({ x, y, width, height }: Rect): Rect {
  return { x: x + INSET, y: y + INSET, width: width - 2 * INSET, height: height - 2 * INSET }
}
