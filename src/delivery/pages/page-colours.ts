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
    page: [246, 246, 248],
    panel: WHITE,
    text: [24, 24, 27],
    soft: [82, 82, 91],
    line: [222, 222, 227],
    tint: 0.05,
  },
  dark: {
    page: [12, 12, 14],
    panel: [28, 28, 31],
    text: [244, 244, 246],
    soft: [170, 170, 180],
    line: [58, 58, 64],
    tint: 0.07,
  },
}

/** What the page takes from a card that has no colour of its own to give. */
const PLAIN: PassColours['background'] = [39, 39, 42]

/** The variables of the style sheet for a page of a card with these colours, by day and by night. */
export function pageColours(colours: PassColours | undefined): string {
  const brand = colours === undefined ? undefined : brandOf(colours)
  return (
    `:root{color-scheme:light dark;${variables(GROUNDS.light, brand)}}` +
    `@media(prefers-color-scheme:dark){:root{${variables(GROUNDS.dark, brand)}}}`
  )
}

/** Colours of the browser's own bars. */
export function barColours(colours: PassColours | undefined): { readonly light: string; readonly dark: string } {
  const brand = colours === undefined ? undefined : brandOf(colours)
  return { light: toHex(tinted(GROUNDS.light, brand)), dark: toHex(tinted(GROUNDS.dark, brand)) }
}

function variables(ground: Ground, brand: Rgb | undefined): string {
  const page = tinted(ground, brand)
  const towards = ground === GROUNDS.light ? BLACK : WHITE
  const accent = readableOn(brand ?? PLAIN, [page, ground.panel], towards)
  const onAccent = contrast(WHITE, accent) >= READABLE ? WHITE : BLACK
  const values = {
    page,
    panel: ground.panel,
    text: ground.text,
    soft: ground.soft,
    line: ground.line,
    accent,
    onAccent,
  }
  return Object.entries(values)
    .map(([name, colour]) => `--${name}:${toHex(colour)}`)
    .join(';')
}

function tinted({ page, tint }: Ground, brand: Rgb | undefined): Rgb {
  return brand === undefined ? page : mixColours(page, brand, tint)
}

/** The first of the card's colours that is one: black, white and grey cards are told by their labels and texts. */
function brandOf({ background, label, foreground }: PassColours): Rgb | undefined {
  return [background, label, foreground].find((colour) => Math.max(...colour) - Math.min(...colour) >= 24)
}

/** The colour itself, or as much darker (or lighter) as it needs to be read on all of the grounds. */
function readableOn(colour: Rgb, grounds: readonly Rgb[], towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mixColours(colour, towards, share)
    if (grounds.every((ground) => contrast(mixed, ground) >= READABLE)) return mixed
  }
  return towards
}
