import { contrast, mixColours, type Rgb } from '../colour/colour.js'
import { chroma, oklabDistance, toOklab, withLightness } from '../colour/oklab.js'
import type { Logo } from '../pictures/prepare-logo.js'
import { logoPalette, type PaletteColour, visibility } from './palette.js'

/** The colours of a card, made for each other. */
export interface BrandColours {
  readonly background: Rgb
  /** Contrast with the background: 7 at least, or the most that the background allows. */
  readonly foreground: Rgb
  /** Contrast with the background: 4.5 at least. */
  readonly label: Rgb
  /** What draws the eye: stamps, drawings. Contrast with the background: 3 at least. */
  readonly accent: Rgb
  /** How much of the logo is seen on the background, 0…1; see {@link visibility}. */
  readonly logoSeen: number
}

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** Below this chroma a colour is a grey. */
const GREY = 0.035
/** A logo is seen when this share of its area is. */
export const LOGO_SEEN = 0.75
const DARK_UNDER_PHOTO = 1.5
const READABLE = { foreground: 7, label: 4.5, accent: 3 } as const

export interface ColourWishes {
  /** The background, whatever the logo. */
  readonly colour?: Rgb
  /** `dark`: the texts have to be light, since phones darken what is under them. `photo`: light texts look better. */
  readonly under?: 'dark' | 'photo'
}

/**
 * Colours for a card from the logo that stands on it. A colour that is given is the background whatever the logo;
 * otherwise the background is one of the logo's own colours, deep or light, on which the logo itself is seen.
 */
export function brandColours(
  logo: Pick<Logo, 'pixels' | 'ground'> | undefined,
  { colour, under }: ColourWishes = {},
): BrandColours {
  const palette = logo === undefined ? [] : logoPalette(logo)
  const strong = brandColour(palette, logo?.ground)
  const wanted = colour ?? chooseBackground(palette, strong, logo?.ground, under)
  const background = under === 'dark' && contrast(WHITE, wanted) < OWN_COLOUR ? withLightness(wanted, 0.36) : wanted
  const foreground = under === 'dark' ? WHITE : foregroundOn(background)
  const accent = accentOn({ background, foreground }, palette, strong)
  return {
    background,
    foreground,
    accent,
    label: labelOn({ background, foreground }, accent, under === undefined ? READABLE.label : READABLE.foreground),
    logoSeen: palette.length === 0 ? 1 : visibility(palette, background).share,
  }
}

function isGrey(colour: Rgb): boolean {
  return chroma(toOklab(colour)) < GREY
}

/** The colour that people would name: frequent and strong. Undefined where all is black, white and grey. */
function brandColour(palette: readonly PaletteColour[], ground: Rgb | undefined): Rgb | undefined {
  if (ground !== undefined && !isGrey(ground)) return ground
  const coloured = palette.filter(({ lab, share }) => chroma(lab) >= GREY && share >= 0.02)
  const rank = ({ lab, share }: PaletteColour) => share * (0.3 + 3 * chroma(lab))
  return [...coloured].sort((a, b) => rank(b) - rank(a))[0]?.colour
}

/** A background that might do, how welcome it is, and the contrast that a text on it must be able to have. */
type Candidate = readonly [colour: Rgb, weight: number, text?: number]
/** Many brands have a red or blue of this contrast with white, and want their card in it. */
const OWN_COLOUR = 4.5

function chooseBackground(
  palette: readonly PaletteColour[],
  strong: Rgb | undefined,
  ground: Rgb | undefined,
  under: ColourWishes['under'],
): Rgb {
  const own = strong ?? palette[0]?.colour ?? BLACK
  const candidates: Candidate[] = [
    ...(ground !== undefined && toOklab(ground)[0] < 0.9 ? [[ground, 2, OWN_COLOUR] as const] : []),
    ...(strong === undefined ? [] : [[strong, 1.3, OWN_COLOUR] as const]),
    ...(strong === undefined ? [] : [[withLightness(strong, 0.3, 0.12), 1.35] as const]),
    [withLightness(own, 0.972, 0.014), 1],
    [withLightness(own, 0.21, 0.02), 0.9],
    [WHITE, 0.8],
    [BLACK, 0.7],
  ]
  const dark = (candidate: Rgb) => contrast(WHITE, candidate) >= OWN_COLOUR
  const possible = under === 'dark' ? candidates.filter(([candidate]) => dark(candidate)) : candidates
  const ranked = possible.map(([candidate, weight, text = READABLE.foreground]) => {
    const seen = visibility(palette, candidate)
    const best = Math.max(contrast(WHITE, candidate), contrast(BLACK, candidate))
    const enough = seen.share >= LOGO_SEEN && seen.contrast >= READABLE.accent && best >= text
    const welcome = under !== undefined && dark(candidate) ? weight * DARK_UNDER_PHOTO : weight
    return { candidate, rank: (enough ? 100 : 50 * seen.share) + welcome * Math.min(seen.contrast, 7) }
  })
  return ranked.reduce((best, next) => (next.rank > best.rank ? next : best)).candidate
}

type Ground = Pick<BrandColours, 'background' | 'foreground'>

function foregroundOn(background: Rgb): Rgb {
  const dark = contrast(BLACK, background) > contrast(WHITE, background)
  if (!dark) return WHITE
  // A touch of the background's hue looks softer than black.
  const tinted = withLightness(background, 0.22, 0.04)
  return contrast(tinted, background) >= READABLE.foreground ? tinted : BLACK
}

function accentOn({ background, foreground }: Ground, palette: readonly PaletteColour[], strong: Rgb | undefined): Rgb {
  const apart = (colour: Rgb) => oklabDistance(toOklab(colour), toOklab(background)) > 0.2
  const own = palette.filter(({ colour, share }) => share >= 0.03 && !isGrey(colour) && apart(colour))
  const first = strong !== undefined && apart(strong) ? strong : own[0]?.colour
  const drawn = first ?? strong ?? mixColours(background, foreground, 0.6)
  return untilReadable(drawn, { background, foreground }, READABLE.accent)
}

function labelOn({ background, foreground }: Ground, accent: Rgb, least: number): Rgb {
  const soft = isGrey(accent)
    ? mixColours(background, foreground, 0.62)
    : withLightness(accent, toOklab(accent)[0], 0.13)
  return untilReadable(soft, { background, foreground }, least)
}

/** The colour itself, or lighter or darker, until it is read on the background. */
function untilReadable(colour: Rgb, { background, foreground }: Ground, least: number): Rgb {
  if (contrast(colour, background) >= least) return colour
  const [start] = toOklab(colour)
  const [end] = toOklab(foreground)
  for (let step = 1; step <= 50; step++) {
    const moved = withLightness(colour, start + ((end - start) * step) / 50)
    if (contrast(moved, background) >= least) return moved
  }
  return foreground
}
