import type { Rgb } from '../colour/colour.js'
import { pictureSize, pngSize } from '../pictures/picture-size.js'
import { STYLE_LIMITS } from '../styles.js'
import type { PassView, ViewField, ViewPicture } from '../view/types.js'
import { fieldBoxes, fieldWidth, LABEL_SIZE } from './field-row.js'
import type { LayoutContext } from './layout-context.js'
import type { LayoutBox, PictureBox, ShapeBox } from './layout-types.js'
import { textLine } from './text-line.js'

/** Points. Wallet draws cards nearly as wide as the phone; Apple's measures are for 375. */
export const CARD_WIDTH = 375
export const CARD_HEIGHT = 525
export const CARD_RADIUS = 12
export const MARGIN = 16
/** Between the barcode and the lower edge. */
export const BOTTOM_MARGIN = 18
/** What logo, logo text and header fields take up at the top. */
export const HEADER_HEIGHT = 64

export const WHITE: Rgb = [255, 255, 255]
export const BLACK: Rgb = [0, 0, 0]

const HEADER_VALUE_SIZE = 18
const LOGO_TEXT_SIZE = 18
const GAP = 10
const LOGO_TEXT_GAP = 6
/** The most that header fields take of the width before they shrink. */
const HEADER_SHARE = 0.62

/** The fields of a group that phones show; they leave out the others without a word. */
export function shownFields(view: PassView, group: 'headerFields' | 'primaryFields' | 'footerFields'): ViewField[] {
  return view.groups[group].slice(0, STYLE_LIMITS[view.style][group])
}

export function cardShape(view: PassView, path?: string): ShapeBox {
  return {
    kind: 'shape',
    role: 'card',
    rect: { x: 0, y: 0, width: CARD_WIDTH, height: CARD_HEIGHT },
    fill: view.colours.background,
    ...(path === undefined ? { radius: CARD_RADIUS } : { path }),
  }
}

export interface HeaderLook {
  /** `logo`, or `primaryLogo` on posters. */
  readonly logo: string
  /** The largest that the logo is drawn. */
  readonly largest: { readonly width: number; readonly height: number }
  readonly over?: string
  readonly value?: Rgb
  readonly label?: Rgb
}

const CLASSIC_HEADER: HeaderLook = { logo: 'logo', largest: { width: 160, height: 50 } }

/** Logo and its text at the left, header fields at the right. */
export function headerBoxes(view: PassView, { fonts }: LayoutContext, look = CLASSIC_HEADER): LayoutBox[] {
  const over = look.over === undefined ? {} : { over: look.over }
  const { value = view.colours.foreground, label = view.colours.label } = look
  const fieldLook = { labelSize: LABEL_SIZE, valueSize: HEADER_VALUE_SIZE, label, value, ...over }
  const fields = shownFields(view, 'headerFields')
  const widths = fields.map((field) => fieldWidth(fonts, field, fieldLook))
  const wanted = widths.reduce((sum, width) => sum + width + GAP, -GAP)
  const share = Math.min(1, ((CARD_WIDTH - 2 * MARGIN) * HEADER_SHARE) / Math.max(wanted, 1))

  const boxes: LayoutBox[] = []
  let right = CARD_WIDTH - MARGIN
  for (const [index, field] of [...fields.entries()].reverse()) {
    const width = (widths[index] ?? 0) * share
    const align = field.alignment === 'natural' ? 'right' : field.alignment
    boxes.unshift(...fieldBoxes(fonts, field, { ...fieldLook, x: right - width, y: 14, width, align }))
    right -= width + GAP
  }

  const logo = logoBox(view, look)
  const start = logo === undefined ? MARGIN : logo.rect.x + logo.rect.width + GAP
  if (view.logoText !== undefined && view.logoText !== '') {
    const rect = { x: start, y: 0, width: Math.max(0, right - LOGO_TEXT_GAP - start), height: HEADER_HEIGHT }
    const text = { source: 'logoText', role: 'logoText', text: view.logoText, rect, colour: value } as const
    boxes.unshift(textLine(fonts, { ...text, size: LOGO_TEXT_SIZE, smallest: 0.8, weight: 500, ...over }))
  }
  return logo === undefined ? boxes : [logo, ...boxes]
}

function logoBox(view: PassView, { logo, largest }: HeaderLook): PictureBox | undefined {
  const picture = view.pictures.get(logo)
  if (picture === undefined) return undefined
  const size = shrinkTo(pictureSizeOf(picture) ?? largest, largest)
  return {
    kind: 'picture',
    name: logo,
    rect: { x: MARGIN, y: (HEADER_HEIGHT - size.height) / 2, ...size },
    fit: 'contain',
  }
}

const THUMBNAIL_RADIUS = 4
/** Apple keeps the shape of thumbnails from 2:3 to 3:2, and crops longer ones. */
const LONGEST_THUMBNAIL = 1.5

/** The small picture at the right, in the middle of the square that it may fill at the most. */
export function thumbnailBox(view: PassView, top: number): PictureBox | undefined {
  const picture = view.pictures.get('thumbnail')
  if (picture === undefined) return undefined
  const square = pictureSize('thumbnail', view.style)
  const own = pictureSizeOf(picture) ?? square
  const shape = Math.min(LONGEST_THUMBNAIL, Math.max(1 / LONGEST_THUMBNAIL, own.width / own.height))
  const width = Math.min(square.width, square.height * shape)
  const height = Math.min(square.height, square.width / shape)
  const rect = { x: CARD_WIDTH - MARGIN - width, y: top + (square.height - height) / 2, width, height }
  return { kind: 'picture', name: 'thumbnail', rect, fit: 'cover', radius: THUMBNAIL_RADIUS }
}

/** Points: pixels by the scale of the file. Undefined for what is no PNG. */
export function pictureSizeOf(picture: ViewPicture): { width: number; height: number } | undefined {
  const size = pngSize(picture.bytes)
  if (size === undefined || size.width === 0 || size.height === 0) return undefined
  return { width: size.width / picture.scale, height: size.height / picture.scale }
}

/** Shape kept, never enlarged. */
export function shrinkTo(size: { width: number; height: number }, largest: { width: number; height: number }) {
  const share = Math.min(1, largest.width / size.width, largest.height / size.height)
  return { width: size.width * share, height: size.height * share }
}
