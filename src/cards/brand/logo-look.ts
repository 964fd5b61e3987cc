import { type Rgb, toHex } from '../colour/colour.js'
import type { LogoLook } from '../pictures/logo-pictures.js'
import type { Logo } from '../pictures/prepare-logo.js'
import { type BrandColours, LOGO_SEEN } from './brand-colours.js'
import { paletteOf, visibility } from './palette.js'

const PLATES: readonly Rgb[] = [
  [255, 255, 255],
  [28, 28, 30],
]

/** How a logo is put on a card of these colours: free, or on a plate of its own where it would not be seen. */
export function logoLook(
  logo: Logo,
  { background }: BrandColours,
): { readonly look: LogoLook; readonly note?: string } {
  const palette = paletteOf(logo.pixels)
  const seen = visibility(palette, background).share
  // A picture that fills a rectangle is its own plate.
  if (seen >= LOGO_SEEN || !logo.free) return { look: { square: background } }
  const [plate, better] = PLATES.map((colour) => [colour, visibility(palette, colour).share] as const).reduce(
    (best, next) => (next[1] > best[1] ? next : best),
  )
  if (better < seen + 0.1) {
    return {
      look: { square: background },
      note: `Parts of the logo have little contrast with ${toHex(background)}, the card's background.`,
    }
  }
  return {
    look: { square: background, plate },
    note: `The logo would hardly be seen on ${toHex(background)}, so it stands on a plate of ${toHex(plate)}; a version of it for that background looks better.`,
  }
}
