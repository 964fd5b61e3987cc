import type { BarcodeFormat } from '../view/types.js'
import { encodeMessage } from './encode-message.js'
import { barcodeProblem } from './formats.js'
import { barModules, gridModules, type Modules } from './modules.js'

/** Any unit, from the top left corner. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface BarcodeRequest {
  readonly format: BarcodeFormat
  readonly message: string
  /** IANA name. */
  readonly messageEncoding: string
  /** The white field: the quiet zone ends with it. */
  readonly field: Area
  /** What the bars may take up, inside of the field. */
  readonly room: Area
}

export type BarcodeDrawing =
  | {
      /** SVG path data, to be filled black. */
      readonly path: string
      /** Where the bars are. */
      readonly area: Area
      /** Width of the narrowest bar. */
      readonly module: number
    }
  | { readonly problem: string }

/** Modules of white that the formats ask for at each side. */
const QUIET: Readonly<Record<BarcodeFormat, number>> = {
  PKBarcodeFormatQR: 4,
  PKBarcodeFormatPDF417: 2,
  PKBarcodeFormatAztec: 1,
  PKBarcodeFormatCode128: 10,
  PKBarcodeFormatCode39: 10,
  PKBarcodeFormatCodabar: 10,
  PKBarcodeFormatEAN13: 11,
  PKBarcodeFormatI2of5: 10,
}

/** Modules are whole multiples of this, so that they are whole pixels at the usual two pixels per point. */
const STEP = 0.5

/**
 * Draws a barcode as one path, centred in its room, as large as whole steps of half a unit allow.
 *
 * @returns a problem, as a whole sentence, for messages that the format cannot hold. Never throws for a message.
 */
export async function drawBarcode(request: BarcodeRequest): Promise<BarcodeDrawing> {
  const encoded = encodeMessage(request.message, request.messageEncoding)
  if ('problem' in encoded) return encoded
  const reason = barcodeProblem(request.format, request.message)
  if (reason !== undefined) return { problem: `The message ${reason}.` }
  const { encodeModules } = await import('./encode-modules.js')
  const modules = encodeModules(request.format, encoded.bytes, request.room.width / request.room.height)
  return 'problem' in modules ? modules : place(modules, request)
}

function place(modules: Modules, { format, field, room }: BarcodeRequest): BarcodeDrawing {
  const quiet = 2 * QUIET[format]
  const across = Math.min(room.width / modules.width, field.width / (modules.width + quiet))
  const down = modules.rows === 1 ? Number.POSITIVE_INFINITY : Math.min(room.height, field.height) / modules.rows
  const largest = Math.min(across, down)
  // A code too fine for whole steps is drawn all the same; so does the phone.
  const module = Math.floor(largest / STEP) * STEP || largest
  const width = module * modules.width
  const height = modules.rows === 1 ? room.height : module * modules.rows
  const x = snap(room.x + (room.width - width) / 2)
  const y = snap(room.y + (room.height - height) / 2)
  const draw = modules.rows === 1 ? barModules : gridModules
  const path = draw(modules, { x, y, module, height })
  return { path, area: { x, y, width, height }, module }
}

function snap(value: number): number {
  return Math.round(value / STEP) * STEP
}
