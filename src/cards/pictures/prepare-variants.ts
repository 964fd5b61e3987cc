import type { Design } from '../design/design.js'
import { isFolder, writeFolder } from '../write-folder.js'
import { STRIP_SCALES, type StampSet, stampFolder, stampSetOf, stampVariant } from './stamp-set.js'
import { stampStripSvg } from './stamp-strip.js'

const STRIP_COLOURS = 16

/**
 * Draws the strips of a stamp design, one per state from no stamp to all, unless they are there already. Does nothing
 * for other designs. Each state appears at once or not at all, so two processes may do this at the same time.
 *
 * @param cacheDir where pictures are kept: `<cacheDir>/<hash of the inputs>/stamps=3/strip@2x.png`
 * @param only the one state that is needed, such as `stamps=3`; all of them when absent
 * @throws AppError DESIGN_UNREADABLE when they cannot be written
 */
export async function prepareVariants(design: Design, cacheDir: string, only?: string): Promise<void> {
  const set = stampSetOf(design)
  if (set === undefined) return
  for (let count = 0; count <= set.total; count++) {
    const variant = stampVariant(count)
    if (only !== undefined && variant !== only) continue
    const folder = stampFolder(cacheDir, set, variant)
    if (!(await isFolder(folder))) await writeFolder(folder, await drawStampStrip(set, count))
  }
}

/** The strip of one state at all scales: file name -> PNG. */
export async function drawStampStrip(set: StampSet, count: number): Promise<Map<string, Uint8Array>> {
  // Only here, so that a run whose pictures are all drawn loads no picture library.
  const { renderPng } = await import('./render-png.js')
  const drawn = STRIP_SCALES.map(
    async ([name, scale]) =>
      [name, await renderPng(stampStripSvg(set, count, scale), { colours: STRIP_COLOURS })] as const,
  )
  return new Map(await Promise.all(drawn))
}
