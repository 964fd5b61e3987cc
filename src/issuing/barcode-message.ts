import { BARCODES, barcodeFacts, barcodeProblem } from '../cards/barcode/formats.js'
import type { Design } from '../cards/design/design.js'
import type { BarcodeFormat } from '../cards/view/types.js'

/** Longest barcode message, in characters: what the largest QR code holds as bytes (ISO/IEC 18004). */
const MAX_BARCODE = 2900

/** The format of the design's first barcode: the one that its maker meant. */
export function barcodeFormat({ config, passJson }: Design): BarcodeFormat | undefined {
  if (config.barcode?.format !== undefined) return BARCODES[config.barcode.format].format
  const [first]: unknown[] = Array.isArray(passJson.barcodes) ? passJson.barcodes : []
  return barcodeFacts((first as { readonly format?: unknown } | null | undefined)?.format)?.format
}

/**
 * Why a message is no barcode; completes `members.csv line 42: barcode "…" `.
 *
 * @returns `inFormat`: true when another format could hold it.
 */
export function messageProblem(
  message: string,
  format: BarcodeFormat | undefined,
): { readonly reason: string; readonly inFormat: boolean } | undefined {
  if (message === '') return { reason: 'is empty, so the card would have no barcode', inFormat: false }
  if (message.length > MAX_BARCODE)
    return { reason: `is longer than the ${MAX_BARCODE} characters of a barcode`, inFormat: false }
  const reason = format === undefined ? undefined : barcodeProblem(format, message)
  return reason === undefined ? undefined : { reason, inFormat: true }
}
