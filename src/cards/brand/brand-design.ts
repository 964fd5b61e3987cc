import { toHex } from '../colour/colour.js'
import { setTopValues } from '../design/edit-json.js'
import { readDesignConfig } from '../design/read-config.js'
import { readPass } from '../design/read-pass.js'
import { HERO_PICTURES } from '../pictures/hero-pictures.js'
import { makeLogoPicture } from '../pictures/logo-pictures.js'
import { makePictures } from '../pictures/make-pictures.js'
import type { OpenedPicture } from '../pictures/open-picture.js'
import { pictureSize, SHOWN_BY_STYLE } from '../pictures/picture-size.js'
import { type Logo, WORDMARK_ASPECT } from '../pictures/prepare-logo.js'
import { drawStampStrip } from '../pictures/prepare-variants.js'
import type { TextColour } from '../pictures/scrim.js'
import { stampSetOf } from '../pictures/stamp-set.js'
import { CARD_BUDGET, weighPictures } from '../pictures/weigh-pictures.js'
import { type BrandColours, brandColours, type ColourWishes } from './brand-colours.js'
import { logoOf, typedColour } from './brand-input.js'
import {
  colourKeys,
  heroNames,
  logoNames,
  type PassFacts,
  passColours,
  passFacts,
  textPlaces,
  withoutPictures,
  withStampColours,
} from './brand-pictures.js'
import { drawBrandPicture } from './brand-strip.js'
import { logoLook } from './logo-look.js'

export interface Brand {
  readonly logo?: OpenedPicture
  /** A photo: for the strip, the background or the thumbnail. */
  readonly hero?: OpenedPicture
  /** The background: hex, rgb(…) or a name of CSS. */
  readonly colour?: string
  readonly organization?: string
}

export interface BrandOptions {
  /** The folder that messages name. */
  readonly dir: string
  /**
   * `whole`: everything becomes the brand's own, for a template. `given`: only what is made from the logo, the photo or
   * the colour that is given, for a design that somebody has worked on.
   */
  readonly scope: 'whole' | 'given'
}

export interface BrandedDesign {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What the designer should know, in whole sentences. */
  readonly notes: readonly string[]
  readonly colours: BrandColours
}

/**
 * Makes the files of a design the client's own: colours, logo, icon and pictures. Layout of pass.json and comments of
 * design.yaml stay.
 *
 * @throws AppError PICTURE_UNUSABLE, COLOUR_UNKNOWN, DESIGN_INVALID
 */
export async function brandDesign(
  source: ReadonlyMap<string, Uint8Array>,
  brand: Brand,
  { dir, scope }: BrandOptions,
): Promise<BrandedDesign> {
  const pass = readPass(dir, source.get('pass.json') ?? new Uint8Array())
  const { config } = readDesignConfig(dir, source.get('design.yaml') ?? new Uint8Array())
  const facts = passFacts(pass.json, pass.style, source, config.stamps !== undefined)
  const whole = scope === 'whole'
  const colour = brand.colour === undefined ? undefined : typedColour(brand.colour)
  const logo = brand.logo === undefined ? undefined : await logoOf(brand.logo)
  const recolour = colour !== undefined || (whole && logo !== undefined)
  const under = underTexts(facts, brand)
  const colours = recolour
    ? brandColours(logo, { ...(colour === undefined ? {} : { colour }), ...(under === undefined ? {} : { under }) })
    : passColours(pass.json)
  const files = new Map(source)
  const notes: string[] = []
  if (colour !== undefined && toHex(colour) !== toHex(colours.background)) {
    notes.push(`Texts on a poster are light, so its background is a deeper ${toHex(colours.background)}.`)
  }

  let text = pass.text
  if (whole && brand.organization !== undefined) text = setTopValues(text, { organizationName: brand.organization })
  if (recolour) {
    text = setTopValues(text, colourKeys(pass.json, colours))
    if (facts.stamps) {
      const yaml = Buffer.from(source.get('design.yaml') ?? '').toString('utf8')
      files.set('design.yaml', Buffer.from(withStampColours(yaml, config, colours)))
    }
  }
  text = withLogoText(text, { brand, logo, whole, has: pass.json.logoText !== undefined, notes })
  if (text !== pass.text) files.set('pass.json', Buffer.from(text))

  const stamps = { config: readDesignConfig(dir, files.get('design.yaml') ?? new Uint8Array()).config, text }
  const drawn = recolour ? await drawOwn({ facts, brand, logo, colours, whole, stamps }) : new Map<string, Uint8Array>()
  const made = await makeAll({ facts, brand, logo, colours, files, drawn, notes })
  const names = new Set([...drawn.keys(), ...made.keys()].map((path) => path.replace(/(?:@\dx)?\.png$/, '')))
  const languages = withoutPictures(files, names)
  if (languages.length > 0) {
    notes.push(`The pictures are the same in all languages now; those of ${languages.join(', ')} were taken out.`)
  }
  for (const [path, png] of [...drawn, ...made]) files.set(path, png)
  return { files: sorted(files), notes, colours }
}

/** What the texts stand on, besides the plain background. */
function underTexts(facts: PassFacts, { hero }: Brand): ColourWishes['under'] {
  if (facts.poster) return 'dark'
  const places = textPlaces(facts)
  return hero !== undefined && heroNames(facts).some((name) => places[name] !== undefined) ? 'photo' : undefined
}

interface TextOptions {
  readonly brand: Brand
  readonly logo: Logo | undefined
  readonly whole: boolean
  readonly has: boolean
  readonly notes: string[]
}

/** A wide logo usually holds the name already; beside others the name is written. */
function withLogoText(text: string, { brand, logo, whole, has, notes }: TextOptions): string {
  const wide = logo !== undefined && logo.aspect > WORDMARK_ASPECT
  if (!wide)
    return whole && has && brand.organization !== undefined
      ? setTopValues(text, { logoText: brand.organization })
      : text
  if (!has) return text
  if (!whole) {
    notes.push('The logo is wide and probably holds the name; if so, remove "logoText" from pass.json.')
    return text
  }
  notes.push('The logo is wide and probably holds the name, so the card does not write it again (logoText).')
  return setTopValues(text, { logoText: undefined })
}

interface Work {
  readonly facts: PassFacts
  readonly brand: Brand
  readonly logo: Logo | undefined
  readonly colours: BrandColours
}

interface DrawWork extends Work {
  readonly whole: boolean
  readonly stamps: { readonly config: Parameters<typeof stampSetOf>[0]['config']; readonly text: string }
}

/** The pictures that the project draws itself, in the brand's colours. */
async function drawOwn({ facts, brand, logo, colours, whole, stamps }: DrawWork): Promise<Map<string, Uint8Array>> {
  const { style, present } = facts
  const files = new Map<string, Uint8Array>()
  const set = stampSetOf({ config: stamps.config, passJson: JSON.parse(stamps.text) as Record<string, unknown> })
  // What Pass Designer shows; on cards the strip of the member's own count takes its place.
  if (set !== undefined) for (const [path, png] of await drawStampStrip(set, 0)) files.set(path, png)
  if (!whole) return files
  for (const name of HERO_PICTURES) {
    const fromPhoto = brand.hero !== undefined && heroNames(facts).includes(name)
    if (!present.has(name) || fromPhoto || !SHOWN_BY_STYLE[name].includes(style)) continue
    if (name === 'strip' && set !== undefined) continue
    const own =
      name === 'thumbnail' && logo !== undefined
        ? makeLogoPicture('thumbnail', logo, style, logoLook(logo, colours).look)
        : drawBrandPicture(name, pictureSize(name, style), colours)
    for (const [path, png] of await own) files.set(path, png)
  }
  return files
}

interface MakeWork extends Work {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly drawn: ReadonlyMap<string, Uint8Array>
  readonly notes: string[]
}

/** The pictures that come from the logo and the photo, within what the rest of the card leaves of the budget. */
async function makeAll({
  facts,
  brand,
  logo,
  colours,
  files,
  drawn,
  notes,
}: MakeWork): Promise<Map<string, Uint8Array>> {
  const { hero } = brand
  const names = [...(logo === undefined ? [] : logoNames(facts)), ...(hero === undefined ? [] : heroNames(facts))]
  if (hero !== undefined) {
    notes.push(...hero.notes)
    if (facts.stamps) notes.push(`The strip shows the stamps, so ${hero.name} is not used for it.`)
    else if (heroNames(facts).length === 0) notes.push(`A ${facts.style} shows no photo, so ${hero.name} is not used.`)
  }
  if (names.length === 0) return new Map()
  const rest = new Map([...files, ...drawn])
  withoutPictures(rest, new Set(names))
  const look = logo === undefined ? undefined : logoLook(logo, colours)
  if (look?.note !== undefined) notes.push(look.note)
  const made = await makePictures({
    style: facts.style,
    names,
    texts: { colours: textColours(colours), ground: colours.background, places: textPlaces(facts) },
    budget: CARD_BUDGET - weighPictures(rest).total,
    ...(logo === undefined || look === undefined ? {} : { logo, look: look.look }),
    ...(hero === undefined ? {} : { hero }),
  })
  notes.push(...(brand.logo?.notes ?? []), ...made.notes)
  return made.files
}

/** Values are read everywhere; labels, which are small but known, need a little less. */
function textColours({ foreground, label }: BrandColours): TextColour[] {
  return [
    { colour: foreground, least: 4.5 },
    { colour: label, least: 3 },
  ]
}

function sorted(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The colours as `#rrggbb`, for reports. */
export function describeColours({ background, foreground, label, accent }: BrandColours): Record<string, string> {
  return { background: toHex(background), foreground: toHex(foreground), label: toHex(label), accent: toHex(accent) }
}
