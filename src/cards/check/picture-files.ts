import type { PassStyle } from '../design/design.js'
import {
  PICTURE_NAMES,
  type PictureName,
  type PictureSize,
  parsePicturePath,
  pictureSize,
  pngSize,
  SHOWN_BY_STYLE,
} from '../pictures/picture-size.js'
import type { Subject } from './subject.js'

export interface PictureSite {
  readonly path: string
  readonly name: PictureName
  readonly scale: number
  readonly language: string | undefined
  readonly format: 'png' | 'pdf'
  /** Pixels; undefined for PDF and for what cannot be read. */
  readonly size: PictureSize | undefined
}

/** The pictures of a pass that have a name Wallet knows. */
export function picturesOf({ files }: Pick<Subject, 'files'>): PictureSite[] {
  return [...files].flatMap(([path, bytes]) => {
    const picture = parsePicturePath(path)
    if (picture === undefined || !isPictureName(picture.name)) return []
    const { name, scale, language, format } = picture
    return [{ path, name, scale, language, format, size: format === 'png' ? pngSize(bytes) : undefined }]
  })
}

export function isPictureName(name: string): name is PictureName {
  return (PICTURE_NAMES as readonly string[]).includes(name)
}

/** Pictures that need the poster or semantic look beside their style. */
const NEEDS_SCHEME: readonly PictureName[] = ['artwork', 'venueMap', 'secondaryLogo', 'primaryLogo']

/** True when some phone shows the picture on such a pass. */
export function isShown(name: PictureName, { styles, scheme }: Pick<Subject, 'styles' | 'scheme'>): boolean {
  return styles.some((style) => {
    if (!SHOWN_BY_STYLE[name].includes(style)) return false
    return !NEEDS_SCHEME.includes(name) || style === 'posterGeneric' || scheme !== undefined
  })
}

/** Whether a picture fills its place exactly, or keeps its shape inside of it. */
export function keepsShape(name: PictureName): boolean {
  return ['logo', 'footer', 'primaryLogo', 'secondaryLogo', 'personalizationLogo'].includes(name)
}

/** Fewest and most points of a picture on a style; where sources differ (icon 29 or 38, strip 98 to 144) both ends. */
export function pointsOf(
  name: PictureName,
  style: PassStyle,
): { readonly least: PictureSize; readonly most: PictureSize } {
  const usual = pictureSize(name, style)
  switch (name) {
    case 'icon':
      return { least: { width: 29, height: 29 }, most: usual }
    case 'strip':
      return { least: { width: 320, height: 84 }, most: { width: 375, height: 144 } }
    case 'thumbnail':
      // Apple's guide: from 2:3 to 3:2.
      return { least: { width: 60, height: 60 }, most: usual }
    case 'background':
      return { least: usual, most: { width: 345, height: 505 } }
    default:
      return { least: usual, most: usual }
  }
}
