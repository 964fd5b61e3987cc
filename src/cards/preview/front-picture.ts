import { loadFonts } from '../fonts/fonts.js'
import type { PassBundle } from '../view/types.js'
import { viewPass } from '../view/view-pass.js'
import { drawLayout } from './draw-layout.js'
import { CARD_HEIGHT, CARD_WIDTH } from './front-parts.js'
import { layoutFront } from './layout-front.js'

/** Size of a front in points; all fronts have it. */
export const FRONT_SIZE = { width: CARD_WIDTH, height: CARD_HEIGHT } as const

export interface FrontPictureOptions {
  /** BCP 47. */
  readonly locale: string
  /** Epoch milliseconds: relative dates count from then, and a card that has expired by then is drawn so. */
  readonly now: number
  /** Pixels per point. */
  readonly scale: number
}

/** The front of a pass as PNG, without anything around it: outside of the card's outline it is transparent. */
export async function frontPicture(
  bundle: PassBundle,
  { locale, now, scale }: FrontPictureOptions,
): Promise<Uint8Array> {
  const fonts = await loadFonts()
  const view = viewPass(bundle, { locale, now })
  const svg = await drawLayout(layoutFront(view, { fonts, now }), { fonts, pictures: view.pictures })
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg), { unlimited: true, density: 72 * scale })
    .resize(FRONT_SIZE.width * scale, FRONT_SIZE.height * scale, { fit: 'fill' })
    .png({ compressionLevel: 8 })
    .toBuffer()
}
