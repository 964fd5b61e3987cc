import type { Rgb } from '../colour/colour.js'
import type { PassStyle } from '../design/design.js'
import { cutHero, HERO_PICTURES, type HeroPicture, missingHeroPixels } from './hero-pictures.js'
import { LOGO_PICTURES, type LogoLook, makeLogoPicture, missingPixels } from './logo-pictures.js'
import type { OpenedPicture } from './open-picture.js'
import type { PictureName, PictureSize } from './picture-size.js'
import type { Logo } from './prepare-logo.js'
import { calmUnderText, type TextColour, type TextPlace } from './scrim.js'
import { COARSE, type Photo, squeezePhotos } from './squeeze.js'
import { CARD_BUDGET } from './weigh-pictures.js'

export interface PictureOrder {
  readonly style: PassStyle
  /** Which pictures to make; those for which there is neither a logo nor a photo are passed over. */
  readonly names: readonly PictureName[]
  readonly logo?: Logo
  readonly look?: LogoLook
  /** For strip, thumbnail and the like. */
  readonly hero?: OpenedPicture
  /** For what fills the whole card; the hero when absent. */
  readonly background?: OpenedPicture
  /** Texts that stand on the pictures: their colours, the colour to calm a picture with, and where they are. */
  readonly texts?: {
    readonly colours: readonly TextColour[]
    readonly ground: Rgb
    readonly places: Partial<Record<HeroPicture, TextPlace>>
  }
  /** What all of them may weigh, in bytes. */
  readonly budget?: number
}

export interface MadePictures {
  /** `strip@2x.png` -> PNG. */
  readonly files: Map<string, Uint8Array>
  /** What the designer should know, in whole sentences. */
  readonly notes: readonly string[]
}

/** The pictures of a pass at all their scales, from one logo and one photograph, within a budget of bytes. */
export async function makePictures(order: PictureOrder): Promise<MadePictures> {
  const { style, names, logo, hero, background = hero, budget = CARD_BUDGET } = order
  const files = new Map<string, Uint8Array>()
  const notes: string[] = []
  if (logo !== undefined) {
    notes.push(...logo.notes)
    for (const image of LOGO_PICTURES.filter((name) => names.includes(name))) {
      const look = order.look ?? { square: [255, 255, 255] }
      for (const [path, png] of await makeLogoPicture(image, logo, style, look)) files.set(path, png)
    }
    const missing = names.includes('logo') ? missingPixels('logo', logo, style) : undefined
    if (missing !== undefined && logo.original !== undefined) {
      notes.push(tooSmall(`The logo ${logo.name}`, 'logo', logo.original, missing))
    }
  }

  const photos: Photo[] = []
  for (const image of HERO_PICTURES.filter((name) => names.includes(name))) {
    const source = image === 'background' || image === 'artwork' ? background : hero
    if (source === undefined) continue
    photos.push(await makePhoto(image, source, order, notes))
  }
  if (photos.length === 0) return { files, notes }
  const left = budget - [...files.values()].reduce((sum, { length }) => sum + length, 0)
  const squeezed = await squeezePhotos(photos, left)
  for (const [path, png] of squeezed.files) files.set(path, png)
  if (squeezed.bytes > left || squeezed.rung >= COARSE) {
    const which = photos.map(({ image }) => image).join(' and ')
    notes.push(
      `The ${which} had to be made coarse to stay light; a calmer picture with large plain areas looks better.`,
    )
  }
  return { files, notes }
}

async function makePhoto(
  image: HeroPicture,
  source: OpenedPicture,
  { style, texts }: PictureOrder,
  notes: string[],
): Promise<Photo> {
  const missing = missingHeroPixels(image, source, style)
  if (missing !== undefined) notes.push(tooSmall(source.name, image, source, missing))
  const cut = await cutHero(image, source, style)
  const blurred = image === 'background' && style === 'eventTicket'
  const place = texts?.places[image]
  if (texts === undefined || place === undefined) return { image, pixels: cut, blurred }
  const calmed = await calmUnderText(cut, { texts: texts.colours, colour: texts.ground, place })
  if (calmed.strength > 0) {
    const where = { left: 'at its left ', ends: 'at its top and bottom ', all: '' }[place.from]
    const percent = Math.round(calmed.strength * 100)
    notes.push(
      `The ${image} is covered ${where}with up to ${percent} % of the card's colour, so that texts on it are read.`,
    )
  }
  if (!calmed.readable) {
    notes.push(`Texts on the ${image} are hard to read; choose a calmer picture.`)
  }
  return { image, pixels: calmed.pixels, blurred }
}

function tooSmall(what: string, image: string, has: PictureSize, needs: PictureSize): string {
  return `${what} has ${has.width} x ${has.height} pixels and was enlarged; for the ${image} ${needs.width} x ${needs.height} are needed.`
}
