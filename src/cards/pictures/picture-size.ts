import type { PassStyle } from '../design/design.js'
import type { MemberImage } from '../design/design-config.js'

export interface PictureSize {
  /** Points; a picture for @2x has twice as many pixels. */
  readonly width: number
  readonly height: number
}

/** The size of a picture on a pass of that style, in points, as Wallet lays it out. */
export function pictureSize(image: MemberImage, style: PassStyle): PictureSize {
  switch (image) {
    case 'thumbnail':
      return { width: 90, height: 90 }
    case 'strip':
      return { width: 375, height: style === 'eventTicket' ? 98 : 123 }
    case 'background':
      return style === 'posterGeneric' ? { width: 345, height: 505 } : { width: 180, height: 220 }
    case 'logo':
      return { width: 160, height: 50 }
    case 'footer':
      return { width: 286, height: 15 }
  }
}
