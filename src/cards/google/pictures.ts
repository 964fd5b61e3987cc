import { PICTURE_NAMES, pngSize } from '../pictures/picture-size.js'
import type { Source } from './source.js'
import type { GooglePictures, GoogleType, JsonObject } from './types.js'

/** Where pictures go by kind: the round logo and the wide one. */
const LOGOS: Readonly<Record<GoogleType, readonly [round: string, wide: string]>> = {
  loyalty: ['programLogo', 'wideProgramLogo'],
  giftCard: ['programLogo', 'wideProgramLogo'],
  offer: ['titleImage', 'wideTitleImage'],
  eventTicket: ['logo', 'wideLogo'],
  flight: ['airlineLogo', 'wideAirlineLogo'],
  transit: ['logo', 'wideLogo'],
  generic: ['logo', 'wideLogo'],
}
/** Wider than this a logo is a lettering, which a circle would cut. */
const WIDE = 2

export interface PictureParts {
  readonly class: JsonObject
  readonly object: JsonObject
  /** For the carrier of a flight, which has the logo. */
  readonly carrier: JsonObject
  readonly used: GooglePictures
}

/** Which pictures go where, and the notes on those that do not. */
export function pictureParts(source: Source, type: GoogleType): PictureParts {
  const { view, report } = source
  const used = choose(source)
  const [round, wide] = LOGOS[type]
  const side = type === 'generic' ? 'object' : 'class'
  const image = (name: string): JsonObject => ({ sourceUri: { uri: address(source, name) } })
  const logos: Record<string, unknown> = {}
  const note = (
    name: string,
    id: 'picture.logo' | 'picture.wide-logo' | 'picture.hero' | 'picture.image',
    to: string,
  ) => {
    report.add(id, fileOf(source, name), { to })
    noteHosting(source, name, to)
  }

  const logoPath = type === 'flight' ? 'class.flightHeader.carrier' : side
  if (used.logo === undefined) report.add('picture.logo-missing', '', { to: `${logoPath}.${round}` })
  else {
    logos[round] = image(used.logo)
    note(used.logo, 'picture.logo', `${logoPath}.${round}`)
  }
  if (used.wideLogo !== undefined) {
    logos[wide] = image(used.wideLogo)
    note(used.wideLogo, 'picture.wide-logo', `${logoPath}.${wide}`)
  }
  const heroSide = used.hero !== undefined && (type === 'generic' || differs(source, used.hero)) ? 'object' : 'class'
  const hero: JsonObject = used.hero === undefined ? {} : { heroImage: image(used.hero) }
  if (used.hero !== undefined) note(used.hero, 'picture.hero', `${heroSide}.heroImage`)
  const imageSides = used.images.map((name) => (differs(source, name) ? 'object' : 'class') as 'class' | 'object')
  const images = (wanted: 'class' | 'object'): JsonObject => {
    const list = used.images.filter((_, index) => imageSides[index] === wanted)
    return list.length === 0 ? {} : { imageModulesData: list.map((name) => ({ id: name, mainImage: image(name) })) }
  }
  for (const [index, name] of used.images.entries())
    note(name, 'picture.image', `${imageSides[index]}.imageModulesData`)

  const shown = new Set([used.logo, used.wideLogo, used.hero, ...used.images])
  for (const [name, { file }] of view.pictures) {
    if (shown.has(name)) continue
    if (name === 'icon') report.add('key.apple', file, { reason: 'For the lock screen and for mail.' })
    else report.add(/logo$/i.test(name) && isPicture(name) ? 'picture.unused' : 'picture.lost', file)
  }
  return {
    class: {
      ...(side === 'class' && type !== 'flight' ? logos : {}),
      ...(heroSide === 'class' ? hero : {}),
      ...images('class'),
    },
    object: { ...(side === 'object' ? logos : {}), ...(heroSide === 'object' ? hero : {}), ...images('object') },
    carrier: type === 'flight' ? logos : {},
    used,
  }
}

function choose({ view, config }: Source): GooglePictures {
  const has = (name: string | undefined): string | undefined =>
    name !== undefined && view.pictures.has(name) ? name : undefined
  const wideEnough = (name: string): boolean => {
    const size = pngSize(view.pictures.get(name)?.bytes ?? new Uint8Array())
    return size !== undefined && size.width >= WIDE * size.height
  }
  // A logo beside which Apple Wallet writes a name is a sign; alone it is the name itself.
  const lettering = ['primaryLogo', 'logo'].find(
    (name) => has(name) !== undefined && wideEnough(name) && (name === 'primaryLogo' || view.logoText === undefined),
  )
  const wideLogo = config.wideLogo === 'none' ? undefined : has(config.wideLogo ?? lettering)
  const logo = has(config.logo) ?? has('icon') ?? has('logo')
  const hero = config.hero === 'none' ? undefined : (has(config.hero) ?? heroOf(has, view.scheme))
  const images = ['thumbnail', 'venueMap'].filter((name) => has(name) !== undefined && name !== hero && name !== logo)
  return {
    ...(logo === undefined ? {} : { logo }),
    ...(wideLogo === undefined ? {} : { wideLogo }),
    ...(hero === undefined ? {} : { hero }),
    images,
  }
}

function heroOf(has: (name: string) => string | undefined, scheme: string | undefined): string | undefined {
  return (
    (scheme === 'posterEventTicket' ? has('artwork') : undefined) ?? has('strip') ?? has('artwork') ?? has('background')
  )
}

/** True for pictures that members bring along, and for strips drawn with their stamps. */
function differs({ design }: Source, name: string): boolean {
  if (design === undefined) return false
  const { stamps, pictures } = design.config
  return (name === 'strip' && stamps !== undefined) || name in pictures
}

function noteHosting(source: Source, name: string, to: string): void {
  if (source.options.pictureUrl !== undefined) return
  source.report.add(differs(source, name) ? 'picture.hosting-each' : 'picture.hosting', fileOf(source, name), { to })
}

/** Where Google will find the picture; a place that cannot exist until somebody says where. */
function address({ view, options }: Source, name: string): string {
  const file = fileOf({ view }, name)
  return options.pictureUrl?.(file) ?? `https://pictures.example/${file.split('/').map(encodeURIComponent).join('/')}`
}

/** The file that phones with three pixels per point take, which is the one to be hosted. */
function fileOf({ view }: Pick<Source, 'view'>, name: string): string {
  return view.pictures.get(name)?.file ?? name
}

function isPicture(name: string): boolean {
  return (PICTURE_NAMES as readonly string[]).includes(name)
}
