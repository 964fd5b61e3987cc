import { toHex } from '../colour/colour.js'
import type { Fonts } from '../fonts/fonts.js'
import type { TextBox, TextLine } from './layout-types.js'
import { drawable, isRightToLeft, RIGHT_TO_LEFT, RIGHT_TO_LEFT_RUN } from './text-line.js'

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
  const drawn = box.lines.flatMap((line) => {
    if (!RIGHT_TO_LEFT.test(line.text)) return [lineSvg(fonts, box, line)]
    return isRightToLeft(line.text) ? [wholeLine(box, line)] : mixedLine(fonts, box, line)
  })
  const path = drawn.map((part) => part.path ?? '').join('')
  const others = drawn.map((part) => part.others ?? '').join('')
  return (path === '' ? '' : `<path fill="${toHex(box.colour)}" d="${path}"/>`) + others
}

interface Drawn {
  readonly path?: string
  readonly others?: string
}

function lineSvg(fonts: Fonts, box: TextBox, { text, x, baseline }: TextLine): Drawn {
  const { path, others } = fonts.outline(text, { size: box.size, weight: box.weight, x, baseline })
  const foreign = others.filter((run) => run.text.trim() !== '')
  return { path, others: foreign.map((run) => textElement(box, run.text, { x: run.x, y: baseline })).join('') }
}

/**
 * A line that begins in a script from right to left stays whole: the viewer joins its letters and orders its words. It
 * is held where the line is, at either end of the box or in the middle, as the viewer's font may have other widths.
 */
function wholeLine(box: TextBox, { text, x, width, baseline }: TextLine): Drawn {
  const left = x - box.rect.x
  const right = box.rect.width - left - width
  const end = right < 0.5 ? 'start' : left < 0.5 ? 'end' : 'middle'
  const at = end === 'start' ? x + width : end === 'end' ? x : x + width / 2
  return { others: textElement(box, text, { x: at, y: baseline, anchor: end, direction: 'rtl' }) }
}

/** Words from right to left inside of a line from left to right. */
function mixedLine(fonts: Fonts, box: TextBox, line: TextLine): Drawn[] {
  let x = line.x
  return line.text.split(RIGHT_TO_LEFT_RUN).map((text, index) => {
    const width = fonts.width(text, box)
    const part = { text, x, width, baseline: line.baseline }
    x += width
    if (index % 2 === 0) return lineSvg(fonts, box, part)
    const at = { x: part.x + width / 2, y: line.baseline, anchor: 'middle', direction: 'rtl' } as const
    return { others: textElement(box, text, at) }
  })
}

interface TextPlace {
  readonly x: number
  readonly y: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly direction?: 'rtl'
}

function textElement(box: TextBox, text: string, { x, y, anchor, direction }: TextPlace): string {
  const place = `x="${fixed(x)}" y="${fixed(y)}"${anchor === undefined ? '' : ` text-anchor="${anchor}"`}`
  const order = direction === undefined ? '' : ` direction="${direction}"`
  const look = `font-family="${FALLBACK}" font-size="${fixed(box.size)}" font-weight="${box.weight}"`
  return `<text ${place}${order} ${look} fill="${toHex(box.colour)}">${escapeXml(text)}</text>`
}

/** Two decimals, without trailing zeros. */
export function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}
