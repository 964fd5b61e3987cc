import type { DrawText } from '../../faces/evaluate/plot/det-svg.js'

/** Texts as outlines of the font of the cards, so that a picture has them on machines without fonts. */
export async function outlinedText(): Promise<DrawText> {
  const { loadFonts } = await import('../../cards/fonts/fonts.js')
  const fonts = await loadFonts()
  return (text, { x, y, size, weight, anchor, fill, turn }) => {
    const width = fonts.width(text, { size, weight })
    const start = x - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    const { path } = fonts.outline(text, { size, weight, x: start, baseline: y })
    return `<path d="${path}" fill="${fill}"${turn === undefined ? '' : ` transform="rotate(${turn} ${x} ${y})"`}/>`
  }
}
