import type { Rgb } from '../colour/colour.js'
import type { BarcodeFormat } from '../view/types.js'

/** Points, from the top left corner of the picture. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A line of text as it is drawn. */
export interface TextLine {
  readonly text: string
  /** Left end of the text and its baseline. */
  readonly x: number
  readonly baseline: number
  readonly width: number
}

export interface TextBox {
  readonly kind: 'text'
  readonly role: TextRole
  /** Where the text comes from: `storeCard/primaryFields/0/value`, `logoText`, `barcodes/0/altText`. */
  readonly source: string
  /** The whole text, also where not all of it fits. */
  readonly text: string
  /** What the text may take up. */
  readonly rect: Rect
  readonly lines: readonly TextLine[]
  /** Points. */
  readonly size: number
  readonly weight: 400 | 500 | 600
  readonly colour: Rgb
  /** True when the phone would cut the text with an ellipsis, or leave it out. */
  readonly truncated: boolean
  /** The picture that the text lies on, when it lies on one: `strip`, `background`. */
  readonly over?: string
}
export type TextRole = 'logoText' | 'label' | 'value' | 'altText' | 'title' | 'note' | 'link'

export interface PictureBox {
  readonly kind: 'picture'
  /** `strip`, `logo`, … */
  readonly name: string
  /** Where it is drawn. */
  readonly rect: Rect
  /** `cover` cuts what does not fit, `contain` keeps all. */
  readonly fit: 'cover' | 'contain'
  readonly blur?: number
  readonly radius?: number
}

export interface BarcodeBox {
  readonly kind: 'barcode'
  readonly format: BarcodeFormat
  readonly message: string
  /** IANA name. */
  readonly messageEncoding: string
  /** The white field. */
  readonly rect: Rect
  /** The bars themselves, inside of it. */
  readonly code: Rect
}

/** A plain shape: the card itself, a divider, a button, the sign of a journey. */
export interface ShapeBox {
  readonly kind: 'shape'
  readonly role: string
  readonly rect: Rect
  /** SVG path data in points; the rectangle itself when absent. */
  readonly path?: string
  readonly fill?: Rgb
  /** The fill grows from nothing at the other edge to itself within a share of the height, and stays from there on. */
  readonly fade?: { readonly towards: 'bottom' | 'top'; readonly within: number }
  readonly opacity?: number
  readonly stroke?: Rgb
  readonly radius?: number
}

export type LayoutBox = TextBox | PictureBox | BarcodeBox | ShapeBox

/** A side of a card, laid out: what is where, in drawing order. The structure that tests compare. */
export interface Layout {
  /** Points. */
  readonly width: number
  readonly height: number
  readonly boxes: readonly LayoutBox[]
}
