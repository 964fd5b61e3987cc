import { parseColour, type Rgb, toHex } from '../colour/colour.js'
import type { PassStyle } from '../design/design.js'
import type { DesignConfig } from '../design/design-config.js'
import { setStampColours } from '../design/edit-config.js'
import { HERO_PICTURES, type HeroPicture } from '../pictures/hero-pictures.js'
import { LOGO_PICTURES } from '../pictures/logo-pictures.js'
import { type PictureName, parsePicturePath, SHOWN_BY_STYLE } from '../pictures/picture-size.js'
import type { Region, TextPlace } from '../pictures/scrim.js'
import type { BrandColours } from './brand-colours.js'

/** What branding needs to know of a design's pass.json. */
export interface PassFacts {
  readonly style: PassStyle
  readonly poster: boolean
  /** Names of the pictures that the design has, in any language. */
  readonly present: ReadonlySet<string>
  readonly stamps: boolean
  readonly hasPrimary: boolean
}

export function passFacts(
  json: Readonly<Record<string, unknown>>,
  style: PassStyle,
  files: ReadonlyMap<string, Uint8Array>,
  stamps: boolean,
): PassFacts {
  const present = new Set([...files.keys()].flatMap((path) => parsePicturePath(path)?.name ?? []))
  const primary = (json[style] as { primaryFields?: unknown } | undefined)?.primaryFields
  const schemes = json.preferredStyleSchemes
  return {
    style,
    poster: style === 'posterGeneric' || (Array.isArray(schemes) && schemes.includes('posterEventTicket')),
    present,
    stamps,
    hasPrimary: Array.isArray(primary) && primary.length > 0,
  }
}

/** The pictures that a logo is made into. */
export function logoNames({ poster, present }: PassFacts): PictureName[] {
  return LOGO_PICTURES.filter(
    (name) => name === 'icon' || name === 'logo' || present.has(name) || (poster && name === 'primaryLogo'),
  )
}

/** The pictures that a photo is made into: those of the design, or the one that its style is known for. */
export function heroNames({ style, poster, present, stamps }: PassFacts): HeroPicture[] {
  const own = HERO_PICTURES.filter((name) => present.has(name) && SHOWN_BY_STYLE[name].includes(style))
  const usual: Readonly<Record<PassStyle, readonly HeroPicture[]>> = {
    boardingPass: [],
    coupon: ['strip'],
    eventTicket: [poster ? 'artwork' : 'background'],
    generic: ['thumbnail'],
    posterGeneric: ['background'],
    storeCard: ['strip'],
  }
  const names = own.length > 0 ? own : usual[style]
  return stamps ? names.filter((name) => name !== 'strip') : [...names]
}

const STRIP_TEXT: Region = { left: 0, top: 0.1, right: 0.55, bottom: 0.9 }
const HEADER: Region = { left: 0, top: 0, right: 1, bottom: 0.16 }
const LOWER: Region = { left: 0, top: 0.62, right: 1, bottom: 1 }
const WHOLE: Region = { left: 0, top: 0, right: 1, bottom: 1 }

/** Where texts stand on the pictures of a style. */
export function textPlaces({ style, poster, hasPrimary }: PassFacts): Partial<Record<HeroPicture, TextPlace>> {
  const ends: TextPlace = { regions: [HEADER, LOWER], from: 'ends' }
  return {
    ...(hasPrimary ? { strip: { regions: [STRIP_TEXT], from: 'left' as const } } : {}),
    background: style === 'eventTicket' && !poster ? { regions: [WHOLE], from: 'all' } : ends,
    artwork: ends,
  }
}

/** Takes the old versions of pictures out: other scales, other formats and other languages of the same names. */
export function withoutPictures(files: Map<string, Uint8Array>, names: ReadonlySet<string>): string[] {
  const languages = new Set<string>()
  for (const path of [...files.keys()]) {
    const picture = parsePicturePath(path)
    if (picture === undefined || !names.has(picture.name)) continue
    if (picture.language !== undefined) languages.add(picture.language)
    files.delete(path)
  }
  return [...languages].sort()
}

/** The keys of pass.json that hold the colours. A footer and the like get the background, where they are set. */
export function colourKeys(json: Readonly<Record<string, unknown>>, colours: BrandColours): Record<string, string> {
  const text = ([red, green, blue]: Rgb) => `rgb(${red}, ${green}, ${blue})`
  const keys: Record<string, string> = {
    backgroundColor: text(colours.background),
    foregroundColor: text(colours.foreground),
    labelColor: text(colours.label),
  }
  for (const key of ['stripColor', 'footerBackgroundColor']) {
    if (json[key] !== undefined) keys[key] = text(colours.background)
  }
  return keys
}

/** The colours that a pass has now, read for drawing on it. */
export function passColours(json: Readonly<Record<string, unknown>>): BrandColours {
  const foreground = parseColour(json.foregroundColor) ?? [0, 0, 0]
  const label = parseColour(json.labelColor) ?? foreground
  const background = parseColour(json.backgroundColor) ?? [255, 255, 255]
  return { background, foreground, label, accent: label, logoSeen: 1 }
}

/** design.yaml with the stamps in the card's colours. */
export function withStampColours(
  yaml: string,
  config: DesignConfig,
  { background, accent, label }: BrandColours,
): string {
  const own = config.stamps?.colors.background === undefined ? {} : { background: toHex(background) }
  return setStampColours(yaml, { ...own, stamp: toHex(accent), symbol: toHex(background), empty: toHex(label) })
}
