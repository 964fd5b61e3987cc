import { type Rgb, toHex } from '../colour/colour.js'
import type { LogoLook } from '../pictures/logo-pictures.js'
import type { Logo } from '../pictures/prepare-logo.js'
import { type BrandColours, LOGO_SEEN } from './brand-colours.js'
import { logoPalette, visibility } from './palette.js'

const PLATES: readonly Rgb[] = [
  [255, 255, 255],
  [28, 28, 30],
]

/** How a logo is put on a card of these colours: free, or on a plate of its own where it would not be seen. */
export function logoLook(
  logo: Logo,
  { background }: BrandColours,
): { readonly look: LogoLook; readonly note?: string } {
  const palette = logoPalette(logo)
  const seen = visibility(palette, background)
  // A picture that fills a rectangle is its own plate.
  if ((seen.share >= LOGO_SEEN && seen.contrast >= 3) || !logo.free) return { look: { square: background } }
  // What was around it is what it was made for, or else white; the others where that does not do.
  const plates = logo.ground === undefined ? PLATES : [logo.ground, ...PLATES]
  const [plate, better] = plates
    .map((colour) => [colour, visibility(palette, colour)] as const)
    .reduce((best, next) => (best[1].share < LOGO_SEEN && next[1].share > best[1].share ? next : best))
  if (better.share < seen.share + 0.1 && better.contrast < seen.contrast + 1) {
    if (seen.share >= LOGO_SEEN) return { look: { square: background } }
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
