import type { BARCODE_KINDS } from '../design/design-config.js'
import type { BarcodeFormat } from '../view/types.js'

export type BarcodeKind = (typeof BARCODE_KINDS)[number]

export interface BarcodeFacts {
  readonly format: BarcodeFormat
  readonly title: string
  readonly square: boolean
  /** The iOS that knows it first: 27 for the four that came in 2026. */
  readonly since: 6 | 9 | 27
  /** Bytes up to which the code is easily read from a phone's screen. */
  readonly comfortable: number
  /** Why the message cannot be such a code at all, completing `the barcode "12a4" …`; undefined when it can. */
  problem(message: string): string | undefined
}

/** The eight barcode formats of Wallet. What each can hold: ISO/IEC 18004, 15438, 24778, 15417, 16388, 15420, 16390, EN 798. */
export const BARCODES: Readonly<Record<BarcodeKind, BarcodeFacts>> = {
  qr: { format: 'PKBarcodeFormatQR', title: 'QR', square: true, since: 6, comfortable: 300, problem: upTo(2953) },
  pdf417: {
    format: 'PKBarcodeFormatPDF417',
    title: 'PDF417',
    square: false,
    since: 6,
    comfortable: 200,
    problem: upTo(1108),
  },
  aztec: {
    format: 'PKBarcodeFormatAztec',
    title: 'Aztec',
    square: true,
    since: 6,
    comfortable: 300,
    problem: upTo(1914),
  },
  code128: {
    format: 'PKBarcodeFormatCode128',
    title: 'Code 128',
    square: false,
    since: 9,
    comfortable: 30,
    problem: only(/^[\0-\u00ff]+$/, 'has characters that Code 128 does not have: ISO 8859-1 only'),
  },
  code39: {
    format: 'PKBarcodeFormatCode39',
    title: 'Code 39',
    square: false,
    since: 27,
    comfortable: 16,
    problem: only(
      /^[0-9A-Z .$/+%-]+$/,
      'has characters that Code 39 does not have: capital letters, digits, space and - . $ / + % only',
    ),
  },
  codabar: {
    format: 'PKBarcodeFormatCodabar',
    title: 'Codabar',
    square: false,
    since: 27,
    comfortable: 20,
    problem: only(
      /^(?:[0-9$:/.+-]+|[A-D][0-9$:/.+-]+[A-D])$/i,
      'has characters that Codabar does not have: digits and - $ : / . + only, between two of A to D',
    ),
  },
  ean13: {
    format: 'PKBarcodeFormatEAN13',
    title: 'EAN-13',
    square: false,
    since: 27,
    comfortable: 13,
    problem: ean13Problem,
  },
  i2of5: {
    format: 'PKBarcodeFormatI2of5',
    title: 'Interleaved 2 of 5',
    square: false,
    since: 27,
    comfortable: 30,
    problem: only(/^(?:\d\d)+$/, 'is no even number of digits, which Interleaved 2 of 5 needs'),
  },
}

const BY_FORMAT = new Map(Object.entries(BARCODES).map(([kind, facts]) => [facts.format, { ...facts, kind }]))

/** The facts of a `format` of pass.json; undefined for a name that Wallet does not know. */
export function barcodeFacts(format: unknown): (BarcodeFacts & { readonly kind: string }) | undefined {
  return BY_FORMAT.get(format as BarcodeFormat)
}

/** Why phones could not draw the message as a code of that format; completes `the barcode "12a4" …`. */
export function barcodeProblem(format: BarcodeFormat, message: string): string | undefined {
  return barcodeFacts(format)?.problem(message)
}

/**
 * The formats that are tried when a phone does not know the wanted one, in order. Phones draw the first of the list
 * that they know and no code at all when they know none (Apple, WWDC 2026, session 209). A till that reads lines reads
 * Code 128 too; a watch shows no Code 128, hence QR at the end.
 */
export function fallbackFormats(format: BarcodeFormat): readonly BarcodeFormat[] {
  const facts = barcodeFacts(format)
  if (facts === undefined || facts.since === 6) return []
  return facts.since === 27 ? ['PKBarcodeFormatCode128', 'PKBarcodeFormatQR'] : ['PKBarcodeFormatQR']
}

/** Twelve digits and a check digit: the sum of the digits, every second one three times, is a multiple of ten. */
function ean13Problem(message: string): string | undefined {
  if (!/^\d{13}$/.test(message)) return 'is not an EAN-13, which has 13 digits'
  const sum = [...message].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0 ? undefined : 'is not an EAN-13: its last digit does not fit the others'
}

function only(pattern: RegExp, reason: string) {
  return (message: string): string | undefined =>
    message === '' ? 'is empty' : pattern.test(message) ? undefined : reason
}

function upTo(bytes: number) {
  return (message: string): string | undefined => {
    if (message === '') return 'is empty'
    const given = Buffer.byteLength(message)
    return given > bytes ? `has ${given} bytes, and the code holds ${bytes}` : undefined
  }
}
