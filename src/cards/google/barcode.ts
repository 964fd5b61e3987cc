import type { BarcodeFormat, ViewBarcode } from '../view/types.js'
import { listOf } from './json.js'
import type { Source } from './source.js'
import type { JsonObject } from './types.js'

const TYPES: Readonly<Record<BarcodeFormat, string>> = {
  PKBarcodeFormatQR: 'QR_CODE',
  PKBarcodeFormatPDF417: 'PDF_417',
  PKBarcodeFormatAztec: 'AZTEC',
  PKBarcodeFormatCode128: 'CODE_128',
  PKBarcodeFormatCode39: 'CODE_39',
  PKBarcodeFormatCodabar: 'CODABAR',
  PKBarcodeFormatEAN13: 'EAN_13',
  PKBarcodeFormatI2of5: 'ITF_14',
}

/** Google's name of a format; undefined when it cannot draw that message so. */
export function googleBarcode({ format, message }: ViewBarcode): string | undefined {
  if (message === '') return undefined
  // ITF-14 is Interleaved 2 of 5 with just fourteen digits.
  if (format === 'PKBarcodeFormatI2of5' && !/^\d{14}$/.test(message)) return undefined
  if (format === 'PKBarcodeFormatEAN13' && !/^\d{13}$/.test(message)) return undefined
  return TYPES[format]
}

/** The first code of the pass that Google can draw, with notes on all of them. */
export function barcodePart({ view, pass, report, texts }: Source): JsonObject {
  const single = listOf(pass.barcodes).length === 0
  const chosen = view.barcodes.find((barcode) => googleBarcode(barcode) !== undefined)
  if (!single && pass.barcode !== undefined) report.add('barcode.other', 'barcode')
  if (chosen === undefined) {
    if (pass.barcodes !== undefined || pass.barcode !== undefined)
      report.add(view.barcodes.length === 0 ? 'barcode.unknown' : 'barcode.none', single ? 'barcode' : 'barcodes')
    if (pass.barcodes !== undefined && single) report.add('barcode.unknown', 'barcodes')
    return {}
  }
  const at = view.barcodes.indexOf(chosen)
  const from = single ? 'barcode' : `barcodes/${at}`
  const to = 'object.barcode'
  const type = googleBarcode(chosen)
  report.add('barcode.type', from, { to, reason: `Drawn as ${type}.` })
  for (const [index, other] of view.barcodes.entries())
    if (index < at)
      report.add('barcode.none', `barcodes/${index}`, {
        reason: `Google cannot draw "${other.message.slice(0, 30)}" as ${other.format.slice(15)}.`,
      })
    else if (index > at) report.add('barcode.other', `barcodes/${index}`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  const plain = /^[\u0000-\u007f]*$/.test(chosen.message)
  if (!plain && !/^utf-?8$/i.test(chosen.messageEncoding))
    report.add('barcode.encoding', `${from}/messageEncoding`, { to })
  const shown = texts.words((one) => one.barcodes[at]?.altText ?? '')
  if (chosen.altText === undefined) report.add('barcode.text', `${from}/altText`, { to: `${to}.alternateText` })
  else if (shown.some((text) => text !== chosen.altText)) report.add('field.language', `${from}/altText`, { to })
  return {
    barcode: {
      type,
      value: chosen.message,
      ...(plain ? {} : { renderEncoding: 'UTF_8' }),
      ...(chosen.altText === undefined ? {} : { alternateText: chosen.altText }),
    },
  }
}
