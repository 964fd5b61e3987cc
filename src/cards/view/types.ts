import type { Rgb } from '../colour/colour.js'
import type { PassStyle } from '../design/design.js'
import type { PassFiles } from '../model.js'
import type { FieldGroup } from '../styles.js'

/** A pass to look at: a card made from a design, or a .pkpass from anywhere. Nothing in it is trusted. */
export interface PassBundle {
  /** pass.json, parsed. */
  readonly passJson: Readonly<Record<string, unknown>>
  /** Everything else: pictures, `*.lproj/pass.strings`. */
  readonly files: PassFiles
}

/** What a phone would show of a pass in one language: texts translated, values formatted, pictures chosen. */
export interface PassView {
  readonly style: PassStyle
  /** The poster or semantic look, where the pass prefers it and the style has it. */
  readonly scheme?: 'posterEventTicket' | 'semanticBoardingPass'
  /** BCP 47, such as `ru`. */
  readonly locale: string
  readonly organizationName: string
  readonly description: string
  readonly logoText?: string
  readonly transitType?: TransitType
  readonly colours: PassColours
  readonly groups: Readonly<Record<FieldGroup, readonly ViewField[]>>
  /** All barcodes of the pass in its order, the deprecated single one included. */
  readonly barcodes: readonly ViewBarcode[]
  /** Name without scale and ending (`strip`) -> the file that a phone with three pixels per point takes. */
  readonly pictures: ReadonlyMap<string, ViewPicture>
  readonly voided: boolean
  /** Epoch milliseconds. */
  readonly expiresAt?: number
  /** True when `storeCard.*` asks for the way an NFC pass is drawn, with the contactless mark. */
  readonly nfc: boolean
}

export type TransitType = 'air' | 'boat' | 'bus' | 'generic' | 'train'

export interface PassColours {
  readonly background: Rgb
  readonly foreground: Rgb
  readonly label: Rgb
  /** True for those that pass.json gives; the others are what Wallet takes instead. */
  readonly given: { readonly background: boolean; readonly foreground: boolean; readonly label: boolean }
  readonly footerBackground?: Rgb
}

export interface ViewField {
  readonly key: string
  /** Translated; '' when the field has none. */
  readonly label: string
  /** Translated and formatted as the phone writes it. */
  readonly text: string
  /** The value as pass.json has it, before formatting. */
  readonly value: string | number
  readonly alignment: 'left' | 'center' | 'right' | 'natural'
  /** Links and plain text of attributedValue, or what data detectors find, in order; absent when all is plain. */
  readonly runs?: readonly TextRun[]
  /** Translated, with `%@`. */
  readonly changeMessage?: string
  /** auxiliary fields of event tickets: 0 or 1. */
  readonly row: number
  /** Where the field stands in pass.json, such as `storeCard/primaryFields/0`. */
  readonly path: string
}

export interface TextRun {
  readonly text: string
  /** https:, tel:, mailto: … of a link. */
  readonly href?: string
}

export const BARCODE_FORMATS = [
  'PKBarcodeFormatQR',
  'PKBarcodeFormatPDF417',
  'PKBarcodeFormatAztec',
  'PKBarcodeFormatCode128',
  'PKBarcodeFormatCode39',
  'PKBarcodeFormatCodabar',
  'PKBarcodeFormatEAN13',
  'PKBarcodeFormatI2of5',
] as const
export type BarcodeFormat = (typeof BARCODE_FORMATS)[number]

export interface ViewBarcode {
  readonly format: BarcodeFormat
  readonly message: string
  /** IANA name. */
  readonly messageEncoding: string
  readonly altText?: string
}

export interface ViewPicture {
  readonly file: string
  readonly bytes: Uint8Array
  readonly scale: number
}
