import bwip, { type RawOptions } from 'bwip-js/node'
import type { BarcodeFormat } from '../view/types.js'
import type { Modules } from './modules.js'

interface Recipe {
  /** The name of the encoder in bwip-js. */
  readonly encoder: string
  readonly options?: Readonly<Record<string, unknown>>
  /** What the phone makes of a message before it is encoded. */
  readonly prepare?: (message: string) => string
}

const RECIPES: Readonly<Record<BarcodeFormat, Recipe>> = {
  PKBarcodeFormatQR: { encoder: 'qrcode', options: { eclevel: 'M' } },
  // Level 3 is what the standard asks for with 41 to 160 codewords; the phone's codes are about as tall.
  PKBarcodeFormatPDF417: { encoder: 'pdf417', options: { eclevel: 3 } },
  PKBarcodeFormatAztec: { encoder: 'azteccode' },
  PKBarcodeFormatCode128: { encoder: 'code128' },
  PKBarcodeFormatCode39: { encoder: 'code39' },
  PKBarcodeFormatCodabar: { encoder: 'rationalizedCodabar', prepare: withStartAndStop },
  PKBarcodeFormatEAN13: { encoder: 'ean13' },
  PKBarcodeFormatI2of5: { encoder: 'interleaved2of5' },
}

/**
 * The dark and light squares of a barcode.
 *
 * @param shape width by height of the room, which decides how many columns a PDF417 has
 */
export function encodeModules(
  format: BarcodeFormat,
  bytes: Uint8Array,
  shape: number,
): Modules | { readonly problem: string } {
  const { encoder, options, prepare } = RECIPES[format]
  const message = Buffer.from(bytes).toString('latin1')
  const request = { bcid: encoder, text: prepare?.(message) ?? message, binarytext: true, ...options }
  try {
    const first = run(request)
    return format === 'PKBarcodeFormatPDF417' ? run({ ...request, columns: bestColumns(first, shape) }) : first
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

function run(request: RawOptions & Record<string, unknown>): Modules {
  const symbol = bwip.raw(request)[0]
  if (symbol !== undefined && 'pixs' in symbol) {
    const { pixs, pixx: width, pixy: rows } = symbol
    // Rows that are several modules high, as those of PDF417 are, come once.
    const repeat = Math.round((rows * width) / pixs.length)
    const dark = Array.from({ length: rows * width }, (_, at) => {
      const row = Math.floor(at / width / repeat)
      return pixs[row * width + (at % width)] === 1
    })
    return { width, rows, dark }
  }
  if (symbol !== undefined && 'sbs' in symbol) {
    const dark = symbol.sbs.flatMap((width, index) => Array.from({ length: width }, () => index % 2 === 0))
    return { width: dark.length, rows: 1, dark }
  }
  throw new Error('The format has no drawing.')
}

const PDF417_ROW = 3
const PDF417_FIXED = 69
const PDF417_COLUMN = 17

/** The number of columns that makes the modules of a PDF417 largest. Each row is three modules high. */
function bestColumns({ width, rows }: Modules, shape: number): number {
  const codewords = ((width - PDF417_FIXED) / PDF417_COLUMN) * (rows / PDF417_ROW)
  let best = { columns: 1, size: 0 }
  for (let columns = 1; columns <= 20; columns++) {
    const high = Math.max(3, Math.ceil(codewords / columns))
    if (high > 90) continue
    const size = Math.min(shape / (PDF417_FIXED + PDF417_COLUMN * columns), 1 / (PDF417_ROW * high))
    if (size > best.size) best = { columns, size }
  }
  return best.columns
}

/** Codabar begins and ends with one of A, B, C and D. */
function withStartAndStop(message: string): string {
  const upper = message.toUpperCase()
  return /^[A-D].*[A-D]$/.test(upper) ? upper : `A${upper}A`
}

/** `bwipp.ean13badCheckDigit#6915: Incorrect EAN-13 check digit provided` without what is of no use to readers. */
function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.replace(/^bwipp?\.\S+:\s*/, '').replace(/\.$/, '')}.`
}
