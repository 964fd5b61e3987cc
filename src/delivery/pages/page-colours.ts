import { contrast, mixColours, type Rgb, toHex } from '../../cards/colour/colour.js'
import type { PassColours } from '../../cards/view/types.js'

/** Smallest contrast of text (WCAG 2.2, 1.4.3), with a little to spare for rounding. */
const READABLE = 4.6
const BLACK: Rgb = [0, 0, 0]
const WHITE: Rgb = [255, 255, 255]

interface Ground {
  readonly page: Rgb
  readonly panel: Rgb
  readonly text: Rgb
  readonly soft: Rgb
  readonly line: Rgb
  /** How much of the card's colour the page takes on. */
  readonly tint: number
}

const GROUNDS: Readonly<Record<'light' | 'dark', Ground>> = {
  light: {
    page: [250, 250, 251],
    panel: WHITE,
    text: [24, 24, 27],
    soft: [82, 82, 91],
    line: [222, 222, 227],
    tint: 0.04,
  },
  dark: {
    page: [12, 12, 14],
    panel: [28, 28, 31],
    text: [244, 244, 246],
    soft: [170, 170, 180],
    line: [58, 58, 64],
    tint: 0.1,
  },
}

/** Difference between the channels of a colour that is not a grey. */
const COLOURFUL = 16

/** The variables of the style sheet for a page of a card with these colours, by day and by night. */
export function pageColours(colours: PassColours | undefined): string {
  return (
    `:root{color-scheme:light dark;${variables('light', colours)}}` +
    `@media(prefers-color-scheme:dark){:root{${variables('dark', colours)}}}`
  )
}

/** Colours of the browser's own bars. */
export function barColours(colours: PassColours | undefined): { readonly light: string; readonly dark: string } {
  return { light: toHex(tinted(GROUNDS.light, colours)), dark: toHex(tinted(GROUNDS.dark, colours)) }
}

function variables(appearance: 'light' | 'dark', colours: PassColours | undefined): string {
  const ground = GROUNDS[appearance]
  const { panel, text, soft, line } = ground
  const page = tinted(ground, colours)
  const accent = accentOf(colours, [page, panel], appearance === 'light' ? BLACK : WHITE)
  const onAccent = contrast(WHITE, accent) >= READABLE ? WHITE : BLACK
  return Object.entries({ page, panel, text, soft, line, accent, onAccent })
    .map(([name, colour]) => `--${name}:${toHex(colour)}`)
    .join(';')
}

/** By night a light card would make the page as light as its panels, so it lends its shade only. */
function tinted(ground: Ground, colours: PassColours | undefined): Rgb {
  if (colours === undefined) return ground.page
  const shade = ground === GROUNDS.dark ? mixColours(colours.background, BLACK, 0.6) : colours.background
  return mixColours(ground.page, shade, ground.tint)
}

/**
 * The first of the card's colours that stands out from the page as it is; where none does the one that does most, made
 * darker or lighter. Greys do not count: a card of black and white gets its links in black and white.
 */
function accentOf(colours: PassColours | undefined, grounds: readonly Rgb[], towards: Rgb): Rgb {
  const own = colours === undefined ? [] : [colours.background, colours.label, colours.foreground]
  const colourful = own.filter((colour) => Math.max(...colour) - Math.min(...colour) >= COLOURFUL)
  const distance = (colour: Rgb): number => Math.min(...grounds.map((ground) => contrast(colour, ground)))
  const [strongest] = [...colourful].sort((a, b) => distance(b) - distance(a))
  const chosen = colourful.find((colour) => distance(colour) >= READABLE) ?? strongest
  return readableOn(chosen ?? towards, grounds, towards)
}

/** The colour itself, or as much darker (or lighter) as it needs to be read on all of the grounds. */
function readableOn(colour: Rgb, grounds: readonly Rgb[], towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mixColours(colour, towards, share)
    if (grounds.every((ground) => contrast(mixed, ground) >= READABLE)) return mixed
  }
  return towards
}
