import type { PassStyle } from '../design/design.js'

export interface PictureSize {
  /** Points; a picture for @2x has twice as many pixels. */
  readonly width: number
  readonly height: number
}

/** The pictures a pass may carry, by their name without scale and ending. */
export const PICTURE_NAMES = [
  'icon',
  'logo',
  'strip',
  'thumbnail',
  'background',
  'footer',
  'artwork',
  'primaryLogo',
  'secondaryLogo',
  'personalizationLogo',
  'venueMap',
] as const
export type PictureName = (typeof PICTURE_NAMES)[number]

/** Scales of a picture and what they add to its name. */
export const PICTURE_SCALES = [
  ['', 1],
  ['@2x', 2],
  ['@3x', 3],
] as const

/** The styles that show a picture; the schemes of posters and semantic boarding passes are named beside. */
export const SHOWN_BY_STYLE: Readonly<Record<PictureName, readonly PassStyle[]>> = {
  icon: ['boardingPass', 'coupon', 'eventTicket', 'generic', 'posterGeneric', 'storeCard'],
  logo: ['boardingPass', 'coupon', 'eventTicket', 'generic', 'posterGeneric', 'storeCard'],
  strip: ['coupon', 'eventTicket', 'storeCard'],
  thumbnail: ['eventTicket', 'generic'],
  background: ['eventTicket', 'posterGeneric'],
  footer: ['boardingPass'],
  // Only with preferredStyleSchemes posterEventTicket.
  artwork: ['eventTicket'],
  venueMap: ['eventTicket'],
  secondaryLogo: ['eventTicket'],
  // Posters and semantic boarding passes.
  primaryLogo: ['boardingPass', 'eventTicket', 'posterGeneric'],
  // Rewards enrolment, NFC only.
  personalizationLogo: ['storeCard'],
}

/**
 * The size of a picture on a pass of that style, in points, as Wallet lays it out: what a picture is made at, and (for
 * logos and footers, which keep their shape) the largest it may be. From Apple's Pass Builder of 2026 and the classic
 * design guide.
 */
export function pictureSize(image: PictureName, style: PassStyle): PictureSize {
  switch (image) {
    case 'icon':
      return { width: 38, height: 38 }
    case 'logo':
      return { width: 160, height: 50 }
    case 'strip':
      return { width: 375, height: style === 'eventTicket' ? 98 : 123 }
    case 'thumbnail':
      return { width: 90, height: 90 }
    case 'background':
      return style === 'posterGeneric' ? { width: 345, height: 505 } : { width: 180, height: 220 }
    case 'footer':
      return { width: 286, height: 15 }
    case 'artwork':
      return { width: 358, height: 448 }
    case 'primaryLogo':
      return { width: 126, height: 30 }
    case 'secondaryLogo':
      return { width: 135, height: 12 }
    case 'personalizationLogo':
      return { width: 150, height: 40 }
    case 'venueMap':
      return { width: 358, height: 300 }
  }
}

export interface PictureFile {
  readonly name: PictureName | string
  readonly scale: number
  /** `ru` for `ru.lproj/logo@2x.png`. */
  readonly language?: string
  readonly format: 'png' | 'pdf'
}

/** What the path of a picture in a pass says: `ru.lproj/logo@2x.png`. Undefined for paths that are no picture's. */
export function parsePicturePath(path: string): PictureFile | undefined {
  const found = /^(?:([^/]+)\.lproj\/)?([^/@]+?)(?:@(\d)x)?\.(png|pdf)$/i.exec(path)
  if (found === null) return undefined
  const [, language, name = '', scale = '1', format = 'png'] = found
  return {
    name,
    scale: Number(scale),
    ...(language === undefined ? {} : { language }),
    format: format.toLowerCase() === 'pdf' ? 'pdf' : 'png',
  }
}

/** A PNG says its size in the first chunk: width and height as big-endian 32-bit numbers at 16 and 20. */
export function pngSize(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 24 || bytes[0] !== 0x89 || bytes[1] !== 0x50) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
