import type { Rgb } from '../../colour/colour.js'
import type { Fonts } from '../../fonts/fonts.js'
import type { LayoutBox } from '../../preview/layout-types.js'
import { textLine } from '../../preview/text-line.js'
import type { LookCard } from './look-card.js'
import { bottomOf, MARGIN, textBlock, WIDTH } from './look-parts.js'

const ARROW = 28
const GAP = 12

/** From where to where: two codes in large letters, or two names, with an arrow between. */
export function journeyBoxes(
  { from, to, codes }: NonNullable<LookCard['journey']>,
  fonts: Fonts,
  { colour, top }: { readonly colour: Rgb; readonly top: number },
): { readonly boxes: readonly LayoutBox[]; readonly bottom: number } {
  const width = (WIDTH - 2 * MARGIN - ARROW - 2 * GAP) / 2
  const right = WIDTH - MARGIN - width
  const arrow = (middle: number): LayoutBox => {
    const x = (WIDTH - ARROW) / 2
    const rect = { x, y: middle - 6, width: ARROW, height: 12 }
    const path = `M${x} ${middle - 0.9}h${ARROW - 4}l-4.4 -4.4 1.3 -1.3 6.6 6.6 -6.6 6.6 -1.3 -1.3 4.4 -4.4h-${ARROW - 4}z`
    return { kind: 'shape', role: 'arrow', rect, path, fill: colour, opacity: 0.8 }
  }
  if (codes) {
    const look = { size: 36, weight: 500, colour, role: 'title' } as const
    const line = (source: string, text: string, x: number, align: 'left' | 'right') =>
      textLine(fonts, { source, text, rect: { x, y: top, width, height: 44 }, align, ...look })
    const boxes = [line('origin', from, MARGIN, 'left'), arrow(top + 22), line('destination', to, right, 'right')]
    return { boxes, bottom: top + 44 }
  }
  const look = { y: top, width, size: 20, weight: 500, colour, maxLines: 2, lineHeight: 26, role: 'title' } as const
  const start = textBlock(fonts, { source: 'origin', text: from, x: MARGIN, align: 'left', ...look })
  const end = textBlock(fonts, { source: 'destination', text: to, x: right, align: 'right', ...look })
  return { boxes: [start, arrow(top + 13), end], bottom: Math.max(bottomOf(start), bottomOf(end)) }
}
