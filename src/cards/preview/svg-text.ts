import { toHex } from '../colour/colour.js'
import type { Fonts } from '../fonts/fonts.js'
import type { TextBox, TextLine } from './layout-types.js'
import { drawable, RIGHT_TO_LEFT } from './text-line.js'

/** For characters that our outlines lack: what the viewer's machine has. */
const FALLBACK = "-apple-system, 'SF Pro Text', 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"

/** A text for XML, in content and in quoted attributes alike. */
export function escapeXml(text: string): string {
  return drawable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** The lines of a box as outlines; what the outlines lack as `<text>`. */
export function textSvg(fonts: Fonts, box: TextBox): string {
  let path = ''
  let others = ''
  for (const line of box.lines) {
    if (RIGHT_TO_LEFT.test(line.text)) {
      others += wholeLine(box, line)
      continue
    }
    const { size, weight } = box
    const outline = fonts.outline(line.text, { size, weight, x: line.x, baseline: line.baseline })
    path += outline.path
    for (const run of outline.others) {
      if (run.text.trim() !== '') others += foreign(box, run.text, run.x, line.baseline, 'start')
    }
  }
  const fill = toHex(box.colour)
  return (path === '' ? '' : `<path fill="${fill}" d="${path}"/>`) + others
}

/** Scripts from right to left are joined and ordered by the viewer, so the line stays whole; centred, whatever its width. */
function wholeLine(box: TextBox, line: TextLine): string {
  return foreign(box, line.text, line.x + line.width / 2, line.baseline, 'middle')
}

function foreign(box: TextBox, text: string, x: number, y: number, anchor: 'start' | 'middle'): string {
  const place = `x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}"`
  const look = `font-family="${FALLBACK}" font-size="${fixed(box.size)}" font-weight="${box.weight}"`
  return `<text ${place} ${look} fill="${toHex(box.colour)}">${escapeXml(text)}</text>`
}

/** Two decimals, without trailing zeros. */
export function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}
