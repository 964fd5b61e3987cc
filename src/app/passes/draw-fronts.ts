import { loadFonts } from '../../cards/fonts/fonts.js'
import { layoutFront } from '../../cards/preview/layout-front.js'
import { previewImage } from '../../cards/preview/preview-image.js'
import type { PassBundle } from '../../cards/view/types.js'
import { viewPass } from '../../cards/view/view-pass.js'

export interface DrawnFront {
  /** Stands below it. */
  readonly title: string
  readonly bundle: PassBundle
}

/** Draws fronts beside one another as one PNG. */
export async function drawFronts(
  fronts: readonly DrawnFront[],
  options: { readonly locale: string; readonly now: number },
): Promise<Uint8Array> {
  const fonts = await loadFonts()
  const sides = fronts.map(({ bundle }) => {
    const view = viewPass(bundle, options)
    return { layout: layoutFront(view, { fonts }), pictures: view.pictures }
  })
  return previewImage(sides, { appearance: 'light', captions: fronts.map(({ title }) => title) })
}
